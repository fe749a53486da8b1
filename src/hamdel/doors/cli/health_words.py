"""What `hamdel doctor` says, in both languages: what was found, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hamdel.base.digits import persian_digits
from hamdel.model import Lang

__all__ = ["Told", "part_name", "told"]


class Told(NamedTuple):
    """What was found, and its mend; the mend is empty where nothing needs one."""

    found: str
    mend: str = ""


_FIGURES = ("checks", "size")
_NAMES: Mapping[str, tuple[str, str]] = {
    "python": ("پایتون", "Python"),
    "packages": ("بسته‌ها", "packages"),
    "settings": ("تنظیم‌ها", "settings"),
    "lexicon": ("واژه‌نامه", "lexicon"),
    "model": ("خوانندهٔ یادگرفته", "learned reader"),
    "kernel": ("هستهٔ C", "C kernel"),
    "archive": ("بایگانی", "archive"),
    "terminal": ("ترمینال", "terminal"),
    "browser": ("مرورگر", "browser"),
}
_EXTRA = ("افزودنی {name}", "extra {name}")
_TOLD: Mapping[str, tuple[Told, Told]] = {
    "error": (
        Told("{problem}", "همین خط می‌گوید کجا و چه کنید."),
        Told("{problem}", "This line says where, and what to do."),
    ),
    "broken": (
        Told("کار نمی‌کند: {problem}", "pip install --force-reinstall hamdel"),
        Told("doesn't work: {problem}", "pip install --force-reinstall hamdel"),
    ),
    "python": (
        Told("hamdel {hamdel}، پایتون {version}، {path}"),
        Told("hamdel {hamdel}, Python {version}, {path}"),
    ),
    "python_large": (
        Told(
            "hamdel {hamdel}، پایتون {version}، {path}",
            "کار می‌کند؛ ولی hazm 0.10، که برای پایتون ۳٫۱۱ است، حدود ۴۰۰ مگابایت بسته با خود می‌آورد و همدل "
            "روی هم ۶۵۳ مگابایت می‌شود؛ با پایتون ۳٫۱۲ فقط ۳۹۳. پایتون ۳٫۱۲ را پیشنهاد می‌کنیم.",
        ),
        Told(
            "hamdel {hamdel}, Python {version}, {path}",
            "It works, but hazm 0.10, the one for Python 3.11, brings some 400 MB of packages, and hamdel takes 653 MB "
            "in all; with Python 3.12 it is 393. We recommend Python 3.12.",
        ),
    ),
    "python_other": (
        Told("hamdel {hamdel}، پایتون {version}، {path}", "با پایتون ۳٫۱۱ تا ۳٫۱۳ نصب کنید."),
        Told("hamdel {hamdel}, Python {version}, {path}", "Install it with Python 3.11 to 3.13."),
    ),
    "packages": (Told("{names}"), Told("{names}")),
    "packages_lacking": (
        Told("نیست، یا نسخهٔ دیگری است: {names}", "pip install --upgrade hamdel"),
        Told("missing, or of another version: {names}", "pip install --upgrade hamdel"),
    ),
    "packages_unknown": (
        Told("hamdel بی نصب و از روی کدش اجرا می‌شود", "pip install ."),
        Told("hamdel runs from its sources and isn't installed", "pip install ."),
    ),
    "settings": (Told("{path}، {checks} بررسی"), Told("{path}, {checks} checks")),
    "settings_none": (
        Told("فایل تنظیمی نیست؛ پیش‌فرض‌ها در کارند، {checks} بررسی", "hamdel init"),
        Told("no settings file; the defaults are in force, {checks} checks", "hamdel init"),
    ),
    "lexicon": (Told("ساخته شده است، در {path}"), Told("built, in {path}")),
    "lexicon_none": (
        Told("هنوز ساخته نشده است؛ نخستین بررسی چند ثانیه صبر می‌خواهد", "hamdel doctor --build"),
        Told("not built yet; the first check will take some seconds", "hamdel doctor --build"),
    ),
    "lexicon_nowhere": (
        Told(
            "در {path} نمی‌شود نوشت؛ هر بررسی چند ثانیه صبر می‌خواهد",
            "پوشه‌ای را که می‌شود نوشت در HAMDEL_CACHE_DIR نام ببرید.",
        ),
        Told(
            "{path} can't be written, so every check takes some seconds", "Name a folder of yours in HAMDEL_CACHE_DIR."
        ),
    ),
    "model": (Told("درست است، {size} مگابایت"), Told("whole, {size} MB")),
    "kernel": (Told("کامپایل شده است"), Told("compiled")),
    "kernel_none": (
        Told(
            "نیست؛ numpy همان کار را کندتر می‌کند",
            "یک کامپایلر C (مثل gcc) نصب کنید و بزنید: pip install --force-reinstall --no-deps hamdel",
        ),
        Told(
            "none; numpy does the same, slower",
            "Install a C compiler, such as gcc, and run: pip install --force-reinstall --no-deps hamdel",
        ),
    ),
    "kernel_off": (
        Told("HAMDEL_KERNEL=0 آن را کنار گذاشته است", "این متغیر را بردارید."),
        Told("HAMDEL_KERNEL=0 leaves it out", "Unset this variable."),
    ),
    "archive": (Told("{path}"), Told("{path}")),
    "archive_none": (
        Told("هنوز نیست؛ پاسخ‌ها با پاسخ‌های قبلی سنجیده نمی‌شوند", "hamdel archive import خروجی.csv"),
        Told("none yet; replies aren't compared with earlier ones", "hamdel archive import export.csv"),
    ),
    "terminal_none": (Told("خروجی به ترمینال نمی‌رود"), Told("the output doesn't go to a terminal")),
    **dict.fromkeys(
        ("terminal_bare", "terminal_isolated", "terminal_turned"),
        (
            Told("{name} خودش فارسی را مرتب می‌کند؛ اگر وارونه است: --bidi visual"),
            Told("{name} orders Persian itself; if it reads reversed: --bidi visual"),
        ),
    ),
    **dict.fromkeys(
        ("terminal_cells", "terminal_words"),
        (
            Told("همدل فارسی را برای {name} مرتب می‌کند؛ برای کپی: --html یا hamdel serve --open"),
            Told("hamdel orders Persian for {name}; to copy it: --html or hamdel serve --open"),
        ),
    ),
    "terminal_plain": (
        Told("{name} متن را همان‌طور که نوشته شده می‌گیرد"),
        Told("{name} gets the text as it is written"),
    ),
    "terminal_encoding": (
        Told("خروجی به UTF-8 نیست، {encoding} است", "PYTHONUTF8=1 را در محیط بگذارید."),
        Told("the output isn't UTF-8 but {encoding}", "Set PYTHONUTF8=1."),
    ),
    "browser": (Told("میزبان افزونه پاسخ می‌دهد، {path}"), Told("the extension's host answers, {path}")),
    "browser_none": (
        Told("افزونهٔ مرورگر به همدل وصل نیست", "hamdel browser install"),
        Told("the browser extension isn't set up", "hamdel browser install"),
    ),
    "browser_wrong": (
        Told("افزونهٔ مرورگر کار نمی‌کند", "hamdel browser doctor می‌گوید چه نیست."),
        Told("the browser extension doesn't work", "hamdel browser doctor says what is missing."),
    ),
    "extra": (Told("نصب است"), Told("installed")),
    "extra_lacking": (
        Told("نصب نیست: {names}", "pip install 'hamdel[{extra}]'"),
        Told("not installed: {names}", "pip install 'hamdel[{extra}]'"),
    ),
}


def part_name(name: str, lang: Lang) -> str:
    """Return what a part is called."""
    family, _, extra = name.partition(" ")
    persian, english = _EXTRA if extra else _NAMES[family]
    return (persian if lang is Lang.FA else english).format(name=extra)


def told(key: str, lang: Lang, values: Mapping[str, str]) -> Told:
    """Return what is said, with its values put in."""
    persian, english = _TOLD[key]
    chosen = persian if lang is Lang.FA else english
    return Told(*(text.format(**_digits(values, lang)) for text in chosen))


def _digits(values: Mapping[str, str], lang: Lang) -> Mapping[str, str]:
    """Figures as people read them; versions and paths stay."""
    if lang is not Lang.FA:
        return values
    figures = {name: persian_digits(values[name]).replace(".", "٫") for name in _FIGURES if name in values}
    return {**values, **figures}
