"""Values for templates, and what is wrong with the look of a Persian text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from hamdel import Checker
from hamdel.language.analysis import Analyzer
from hamdel.language.register import register
from hamdel.language.tokenizer import Kind
from hamdel.model import Audience, Channel, Emotion, Finding, Register, Severity, Source

AUDIENCES = tuple(map(str, Audience))
CHANNELS = tuple(map(str, Channel))
EMOTIONS = tuple(map(str, Emotion))
#: Whole contexts; nothing in them is formal or colloquial by itself.
FULL: tuple[dict[str, str], ...] = (
    {
        "name": "مریم صادقی",
        "order": "۵۴۸۲۱",
        "problem": "بسته نرسیده",
        "time": "فردا ساعت ۱۷",
        "product": "گوشی",
        "date": "پنجشنبه",
        "amount": "۲۵۰ هزار تومان",
        "reason": "بسته در مرکز پست مانده",
        "option": "ارسال دوباره",
        "action": "با پیک تماس می‌گیرم",
        "link": "example.ir/track",
        "signer": "سارا کریمی",
        "answer": "ارسال به همهٔ شهرها رایگان",
        "question": "ارسال رایگان",
        "meaning": "فایل نصب",
    },
    {
        "name": "رضا نوری",
        "order": "۷۷۱۲۰",
        "problem": "مبلغ دو بار کم شده",
        "time": "شنبه ساعت ۱۲",
        "product": "هدفون",
        "date": "۲۳ اردیبهشت ۱۴۰۳",
        "amount": "یک میلیون تومان",
        "reason": "پرداخت دوم از درگاه برگشت نخورده بود",
        "option": "برگشت مبلغ به کارت",
        "action": "پرداخت دوم را لغو می‌کنم",
        "link": "example.ir/pay",
        "signer": "مهدی افشار",
        "answer": "تا دو روز کاری",
        "question": "زمان برگشت پول",
        "meaning": "شمارهٔ رهگیری",
    },
    {
        "name": "شرکت پارس",
        "order": "۹۰۱۴۳",
        "problem": "پنل از صبح باز نمی‌شود",
        "time": "امروز ساعت ۱۶",
        "product": "پنل پیامک",
        "date": "شنبه",
        "amount": "۱۲ میلیون تومان",
        "reason": "گواهی امنیتی تمام شده بود",
        "option": "دسترسی موقت",
        "action": "گواهی را تمدید می‌کنم",
        "link": "status.example.ir",
        "signer": "واحد پشتیبانی",
        "answer": "نسخهٔ تازه",
        "question": "نسخهٔ پنل",
        "meaning": "نشانی اینترنتی",
    },
)
_ARABIC = re.compile("[يكىة٠-٩]")
_LATIN = re.compile("[A-Za-z0-9,;?\"']")
_SPACED_PREFIX = re.compile(r"(?<![\u0621-\u06cc])ن?می (?=[\u0621-\u06cc])")
_BEFORE_MARK = re.compile(r"\s[.،؛؟!:»]")
_AFTER_MARK = re.compile(r"[.،؛؟!][\u0621-\u06cc]")


_AGREED = re.compile(r"\[(?:قول|گفتهٔ) شما: ([^\]]*)\]")


def agreed(text: str) -> str:
    """Return a text whose promises and claims the agent has made their own."""
    return _AGREED.sub(r"\1", text)


def typography(text: str, given: Iterable[str] = ()) -> list[str]:
    """Return what a typesetter would mark; ``given`` are values that aren't ours."""
    for value in sorted(filter(None, given), key=len, reverse=True):
        text = text.replace(value, "")
    faults = {
        "Arabic letter": _ARABIC.search(text),
        "Latin letter, digit or mark": _LATIN.search(text),
        "«می » with a space": _SPACED_PREFIX.search(text),
        "space before a mark": _BEFORE_MARK.search(text) if not given else None,
        "no space after a mark": _AFTER_MARK.search(text),
        "two spaces": re.search("  ", text) if not given else None,
    }
    return [name for name, found in faults.items() if found]


def marks_of(analyzer: Analyzer, text: str, wanted: Register) -> list[str]:
    """Return the words of ``text`` that mark a register; a verb for «شما» is right in both."""
    words = (word for word in analyzer(re.sub(r"«[^»]*»|\[[^\]]*\]", " ", text)).words)
    spoken = (word for word in words if not (word.finite and word.person == 2 and "Style=Coll" not in word.feats))
    return [word.norm for word in spoken if register([word]) is wanted]


def faults(checker: Checker, text: str, **talk: Any) -> Iterator[Finding]:
    """Yield what hamdel's rules say of ``text`` at warning or above."""
    for finding in checker.check(text, **talk).findings:
        if finding.severity is not Severity.SUGGESTION and finding.source is not Source.READER:
            yield finding


#: First persons that claim no act: states, thanks, offers, questions of what one may do.
_NO_ACT = frozenset("خواستن دانستن فهمیدن توانستن داشتن بودن شدن برآمدن پرسیدن".split())
_PERFORMED = frozenset("درک پیشنهاد خواهش تشکر آرزو عذرخواهی قدردانی خلاصه عرض حق".split())
_STANDING = re.compile("پیگیر(?:ش)?م|پیگیر هستم|دنبالش(?:م| هستم)|با من است|با منه|مسئول .*(?:من هستم|منم)")


def claims(analyzer: Analyzer, text: str, *, slotted: bool = True) -> list[str]:
    """Return what a text says that its writer did, does or will do.

    Args:
        analyzer: reads the text.
        text: without context, so that its slots are open.
        slotted: count clauses, too, that have a slot, which the agent has to fill.
    """
    draft = analyzer(text)
    parts = re.split(r"[.؟\n]", re.sub(r"\[[^\]]*\]", "[]", text))
    found = [part for part in parts if _STANDING.search(part) and (slotted or "[]" not in part)]
    for i, word in enumerate(draft.words):
        announced = word.lemma in ("نوشتن", "گفتن") and "".join(w.norm for w in draft.words[i + 1 : i + 2]) == ":"
        acts = word.finite and word.person == 1 and word.pos == "VERB" and "Mood=Ind" in word.feats
        if not acts or announced or word.lemma in _NO_ACT or (i and draft.words[i - 1].norm in _PERFORMED):
            continue
        if not slotted and any(other.kind is Kind.SLOT for other in draft.words[slice(*draft.sentence(i))]):
            continue
        clause = [other.norm for other in draft.words[slice(*draft.clause(i))]]
        if "باید" not in clause and not {"اگر", "اگه", "که"} & set(clause[:4]):
            found.append(draft.text[slice(*draft.span(*draft.clause(i)))])
    return found
