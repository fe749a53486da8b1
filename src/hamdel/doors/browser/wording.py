"""What `hamdel browser` says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from hamdel.model import Lang

__all__ = ["said"]

_SAID: Mapping[str, tuple[str, str]] = {
    "written": ("نوشته شد: {path}", "written: {path}"),
    "removed": ("برداشته شد: {path}", "removed: {path}"),
    "nothing": ("چیزی برای برداشتن نبود.", "there was nothing to remove."),
    "next": (
        "حالا افزونه را در مرورگر بگذارید و صفحهٔ کارتان را تازه کنید.\n"
        "کروم و مانندش: chrome://extensions، «Developer mode»، «Load unpacked»، و این پوشه:\n{folder}/chromium\n"
        "فایرفاکس: about:debugging، «This Firefox»، «Load Temporary Add-on»، و این پرونده:\n"
        "{folder}/firefox/manifest.json\n"
        "اگر پوشه در پنجرهٔ انتخاب دیده نمی‌شود، Ctrl+L را بزنید و نشانی‌اش را بچسبانید.",
        "now load the extension in the browser, and reload the page that you work in.\n"
        "Chrome and its like: chrome://extensions, Developer mode, Load unpacked, and this folder:\n{folder}/chromium\n"
        "Firefox: about:debugging, This Firefox, Load Temporary Add-on, and this file:\n"
        "{folder}/firefox/manifest.json\n"
        "Where the folder isn't to be seen in the window for choosing, press Ctrl+L and paste its path.",
    ),
    "launcher": ("برنامهٔ راه‌انداز: {path}", "launcher: {path}"),
    "no_launcher": (
        "برنامهٔ راه‌انداز نیست؛ «hamdel browser install» را اجرا کنید.",
        "there is no launcher; run `hamdel browser install`.",
    ),
    "answers": (
        "میزبان در {seconds} ثانیه پاسخ داد (hamdel {version}).",
        "the host answered in {seconds} seconds (hamdel {version}).",
    ),
    "silent": (
        "میزبان پاسخ نداد: {problem} «hamdel browser install» را دوباره اجرا کنید.",
        "the host doesn't answer: {problem} Run `hamdel browser install` again.",
    ),
    "known": ("{name}: آماده است ({path})", "{name}: ready ({path})"),
    "unknown": (
        "{name}: هنوز همدل را نمی‌شناسد؛ «hamdel browser install» را اجرا کنید.",
        "{name}: doesn't know hamdel yet; run `hamdel browser install`.",
    ),
    "other": (
        "{name}: {path} برنامهٔ دیگری را نام می‌برد یا کهنه است؛ «hamdel browser install» را اجرا کنید.",
        "{name}: {path} names another program or is out of date; run `hamdel browser install`.",
    ),
    "snap": (
        "{name} از snap نصب شده است. چنین مرورگری معمولاً نمی‌تواند برنامه‌ای بیرون از خودش را اجرا کند؛ اگر افزونه به "
        "همدل وصل نشد، مرورگر را با بستهٔ خود توزیع (deb یا rpm) نصب کنید.",
        "{name} was installed by snap. Such a browser usually can't start a program outside of itself; if the "
        "extension doesn't reach hamdel, install the browser from your distribution's own package (deb or rpm).",
    ),
    "flatpak": (
        "{name} از flatpak نصب شده است و اجازه ندارد برنامه‌ای بیرون از خودش را اجرا کند؛ مرورگر را با بستهٔ خود توزیع "
        "(deb یا rpm) نصب کنید.",
        "{name} was installed by flatpak, and mayn't start a program outside of itself; install the browser from your "
        "distribution's own package (deb or rpm).",
    ),
    "no_browser": (
        "مرورگری پیدا نشد؛ با --browser نامش را بگویید: {known}",
        "no browser was found; name one with --browser: {known}",
    ),
}


def said(key: str, lang: Lang, **values: object) -> str:
    """Return a sentence in a language, with its values put in."""
    persian, english = _SAID[key]
    return (persian if lang is Lang.FA else english).format(**values)
