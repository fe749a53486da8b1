"""What `hamdel audit` shows when it is done: a few lines, for the page has the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from hamdel.model import Lang, Severity
from hamdel.model.audit import Exceeded, Summary
from hamdel.render.audit.audit_words import wording
from hamdel.render.text.bidi import isolated, ltr, visible
from hamdel.render.text.figures import percent, whole
from hamdel.render.text.pieces import Line, Piece, Role

__all__ = ["sample_drawn", "shown"]

_TEXTS = {
    Lang.FA: {
        "reasons": "ردیف‌های کنار گذاشته‌شده: {reasons}",
        "comma": "، ",
        "replies": "بررسی شد: {replies} پاسخ؛ کنار گذاشته شد: {rejected} ردیف ({file})",
        "error": "پاسخ‌های دارای خطا: {rate} ({count})",
        "warning": "پاسخ‌های دارای هشدار: {rate} ({count})",
        "passed": "از حد گذشت: {limit} (اکنون {value})",
        "page": "گزارش: {path}",
        "sample": "نمونه: {n} پاسخ در {path} است.",
        "label": "در هر سطر expected را پر کنید ([] یعنی ایرادی ندارد)؛ بعد: {command}",
    },
    Lang.EN: {
        "reasons": "Rows rejected: {reasons}",
        "comma": ", ",
        "replies": "{replies} replies checked, {rejected} rows rejected ({file})",
        "error": "Replies with errors: {rate} ({count})",
        "warning": "Replies with warnings: {rate} ({count})",
        "passed": "Beyond the limit: {limit} (it is {value})",
        "page": "Report: {path}",
        "sample": "{n} replies are in {path}.",
        "label": "Fill in expected in each line ([] when nothing is wrong); then: {command}",
    },
}


def shown(summary: Summary, passed: Sequence[Exceeded], folder: Path, rejected: Mapping[str, int]) -> Iterator[Line]:
    """Yield the headline, how many replies there are, how grave it is, what passed its limit and where the page is.

    Args:
        summary: the audit.
        passed: limits that were passed.
        folder: where everything is.
        rejected: how many rows couldn't be used, by the words that count them, with ``{n}`` in them.
    """
    lang = summary.lang
    texts = _TEXTS[lang]
    yield isolated(Piece(wording(lang).headline(summary), Role.HEADING))
    counts = {"replies": whole(summary.replies, lang), "rejected": whole(sum(rejected.values()), lang)}
    yield isolated(Piece(texts["replies"].format(**counts, file=ltr("rejected.jsonl"))))
    if rejected:
        reasons = texts["comma"].join(words.format(n=whole(count, lang)) for words, count in rejected.items())
        yield isolated(Piece(texts["reasons"].format(reasons=reasons), Role.QUIET))
    for severity in (Severity.ERROR, Severity.WARNING):
        share = summary.severities[severity]
        words = texts[severity].format(rate=percent(share.rate, lang), count=whole(share.count, lang))
        yield isolated(Piece(words, Role[severity.name]))
    for one in passed:
        value = percent(one.value, lang) if one.condition.is_share else whole(int(one.value), lang)
        yield isolated(Piece(texts["passed"].format(limit=ltr(one.condition.text), value=value), Role.ERROR))
    yield isolated(Piece(texts["page"].format(path=ltr(visible(str(folder / "report.html")))), Role.QUIET))


def sample_drawn(path: Path, count: int, lang: Lang) -> Iterator[Line]:
    """Yield where a sample is and what to do with it.

    Args:
        path: of the sample.
        count: how many replies are in it.
        lang: the language.
    """
    texts, name = _TEXTS[lang], visible(str(path))
    yield isolated(Piece(texts["sample"].format(n=whole(count, lang), path=ltr(name))))
    yield isolated(Piece(texts["label"].format(command=ltr(f"hamdel evaluate {name}")), Role.QUIET))
