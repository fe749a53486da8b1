"""What the language server says, in both languages."""

from __future__ import annotations

from hamdel.model import Lang

__all__ = ["say"]

_TEXTS = {
    Lang.FA: {
        "fix": "اصلاح: {wording}",
        "drop": "حذف «{wording}»",
        "offer": "پیشنهاد: {wording}",
        "fix_all": "همهٔ اصلاح‌های امن",
        "ignore_here": "نادیده گرفتن {check} در همین‌جا",
        "ignore_everywhere": "خاموش کردن {check} در {file}",
        "wrong": "این درست نیست ({check})",
        "missed": "این هم ایراد دارد …",
        "which_fault": "«{text}» چه ایرادی دارد؟",
        "noted": "ثبت شد؛ `hamdel learn` از آن یاد می‌گیرد.",
        "improve": "نوشتن پاسخی بهتر",
        "better": "می‌شود نوشت:",
        "why": "چرا؟",
        "nothing_better": "همدل چیزی برای بهتر کردن این پاسخ ندارد.",
        "turned_off": "{check} در {file} خاموش شد.",
        "changed_meanwhile": "متن در این فاصله عوض شد؛ دوباره امتحان کنید.",
        "too_long": "این متن بررسی نشد: بیش از {longest} نویسه دارد.",
        "too_late": "این متن بررسی نشد: بررسی‌اش بیش از {seconds} ثانیه کار می‌برد.",
        "not_open": "این متن در ویرایشگر باز نیست: {uri}",
    },
    Lang.EN: {
        "fix": "Fix: {wording}",
        "drop": "Remove “{wording}”",
        "offer": "Suggestion: {wording}",
        "fix_all": "All safe fixes",
        "ignore_here": "Ignore {check} here",
        "ignore_everywhere": "Turn {check} off in {file}",
        "wrong": "This isn't right ({check})",
        "missed": "This has a fault, too …",
        "which_fault": "What is wrong with “{text}”?",
        "noted": "Noted; `hamdel learn` learns from it.",
        "improve": "Write a better reply",
        "better": "Better:",
        "why": "Why?",
        "nothing_better": "hamdel has nothing to improve in this reply.",
        "turned_off": "{check} is off in {file}.",
        "changed_meanwhile": "The text has changed meanwhile; try again.",
        "too_long": "Not checked: the text has more than {longest} characters.",
        "too_late": "Not checked: it takes more than {seconds} seconds of work.",
        "not_open": "No open document: {uri}",
    },
}


def say(what: str, lang: Lang, **values: str) -> str:
    """Return a text by its name, with ``values`` put in."""
    return _TEXTS[lang][what].format(**values)
