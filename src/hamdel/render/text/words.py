"""The fixed words of the text output, Persian and English."""

from __future__ import annotations

from dataclasses import dataclass

from hamdel.model import Lang, Report, Severity
from hamdel.render.text.bidi import ltr, persian_digits

__all__ = ["Words", "words"]


@dataclass(frozen=True, slots=True)
class Words:
    """All fixed texts of one language; ``{n}`` stands for a number.

    Attributes:
        severities: the name of each severity.
        counts: the same after a number.
        sums: all of them, ``{counts}``; no Persian line begins with a digit, which has no direction.
        place: of a finding, ``{line}`` and ``{column}``.
        whole: the place of a finding about the whole draft.
        clean: nothing was found.
        only_small: suggestions were found, nothing graver.
        nothing: there was nothing to check.
        quoted_only: the draft is nothing but what the customer wrote.
        not_persian: only checks that don't depend on the script ran.
        ignored: findings silenced in the draft.
        more: findings beyond those shown.
        folded: suggestions that are not shown.
        scores: the line of scores, ``{respect}``, ``{empathy}`` and ``{originality}``.
        measured: how a check did on hamdel's own texts, ``{precision}``, ``{recall}`` and ``{n}``.
        headings: of `hamdel explain`, by the name of the part.
    """

    lang: Lang
    severities: dict[Severity, str]
    counts: dict[Severity, tuple[str, str]]
    sums: str
    place: str
    whole: str
    clean: str
    only_small: str
    nothing: str
    quoted_only: str
    not_persian: str
    ignored: tuple[str, str]
    more: tuple[str, str]
    folded: tuple[str, str]
    scores: str
    measured: str
    headings: dict[str, str]
    comma: str

    def number(self, value: int) -> str:
        """A number in the language's digits."""
        return persian_digits(str(value)) if self.lang is Lang.FA else str(value)

    def count(self, forms: tuple[str, str], value: int) -> str:
        """The singular or plural form, with the number in it."""
        return forms[value != 1].format(n=self.number(value))

    def unchecked(self, report: Report) -> str:
        """Why there was nothing to check."""
        first = report.customer.partition("\n")[0]
        return self.quoted_only if first and first in report.draft else self.nothing

    def at(self, line: int, column: int) -> str:
        """A place in the draft."""
        return self.place.format(line=self.number(line), column=self.number(column))


_ALL = ltr("--all")
_IGNORE = ltr("hamdel: ignore")
_EVALUATE = ltr("hamdel evaluate")


def _same(text: str) -> tuple[str, str]:
    """Persian nouns stay singular after a number."""
    return text, text


_FA = Words(
    lang=Lang.FA,
    severities={Severity.ERROR: "خطا", Severity.WARNING: "هشدار", Severity.SUGGESTION: "پیشنهاد"},
    counts={
        Severity.ERROR: _same("{n} خطا"),
        Severity.WARNING: _same("{n} هشدار"),
        Severity.SUGGESTION: _same("{n} پیشنهاد"),
    },
    sums="یافته‌ها: {counts}",
    place="خط {line}، نویسهٔ {column}",
    whole="کل متن",
    clean="چیزی برای تغییر پیدا نشد. خسته نباشید!",
    only_small="ایراد مهمی پیدا نشد.",
    nothing="چیزی برای بررسی نبود.",
    quoted_only="در این متن فقط پیام نقل‌شدهٔ مشتری هست و پاسخی نیست؛ چیزی برای بررسی نبود.",
    not_persian="این متن به خط فارسی نیست؛ فقط بررسی‌هایی انجام شد که به خط وابسته نیستند.",
    ignored=_same(f"کنار گذاشته شد: {{n}} مورد با {_IGNORE}"),
    more=_same(f"هنوز {{n}} مورد دیگر هم هست: {_ALL}"),
    folded=_same(f"همراه با {{n}} پیشنهاد کوچک: {_ALL}"),
    scores="از ۱۰۰: احترام {respect}، همدلی {empathy}، تازگی {originality}",
    measured=(
        "{precision} از یافته‌هایش درست بود و {recall} از {n} برچسب را پیدا کرد. این عددها از متن‌های خود همدل است که "
        f"با آن‌ها ساخته شده؛ برای پاسخ‌های خودتان: {_EVALUATE}"
    ),
    headings={
        "why": "چرا",
        "sources": "منبع‌ها",
        "fire": "هشدار می‌دهد",
        "silent": "هشدار نمی‌دهد",
        "rewrite": "بازنویسی",
        "decides": "چطور تصمیم می‌گیرد",
        "measured": "دقت اندازه‌گیری‌شده",
        "customer": "مشتری",
        "past": "پاسخ قبلی",
        "file": "پرونده",
        "off": "خاموش",
    },
    comma="، ",
)

_EN = Words(
    lang=Lang.EN,
    severities={severity: severity.value for severity in Severity},
    counts={
        Severity.ERROR: ("{n} error", "{n} errors"),
        Severity.WARNING: ("{n} warning", "{n} warnings"),
        Severity.SUGGESTION: ("{n} suggestion", "{n} suggestions"),
    },
    sums="{counts}",
    place="line {line}, column {column}",
    whole="whole draft",
    clean="Nothing to change. Well written!",
    only_small="Nothing serious found.",
    nothing="There was nothing to check.",
    quoted_only="There is only the customer's quoted message here and no reply: nothing to check.",
    not_persian="This text is not in Persian script; only checks that don't depend on the script ran.",
    ignored=(
        "{n} finding was set aside by hamdel: ignore.",
        "{n} findings were set aside by hamdel: ignore.",
    ),
    more=("{n} more finding: --all", "{n} more findings: --all"),
    folded=("{n} small suggestion, too: --all", "{n} small suggestions, too: --all"),
    scores="Out of 100: respect {respect}, empathy {empathy}, originality {originality}",
    measured=(
        "{precision} of its findings were right, and it found {recall} of {n} labels. These are hamdel's own texts, "
        "with which it is developed; for your own replies: hamdel evaluate"
    ),
    headings={
        "why": "Why",
        "sources": "Sources",
        "fire": "Fires",
        "silent": "Stays silent",
        "rewrite": "Rewrite",
        "decides": "How it decides",
        "measured": "Measured precision",
        "customer": "customer",
        "past": "earlier reply",
        "file": "File",
        "off": "off",
    },
    comma=", ",
)

_WORDS = {Lang.FA: _FA, Lang.EN: _EN}


def words(lang: Lang) -> Words:
    """The fixed texts in a language."""
    return _WORDS[lang]
