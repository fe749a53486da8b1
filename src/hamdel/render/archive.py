"""What `hamdel archive` shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hamdel.model import Lang
from hamdel.model.history import ArchiveStats, Match
from hamdel.render.text.bidi import isolated, ltr, visible
from hamdel.render.text.dates import period
from hamdel.render.text.figures import percent, whole
from hamdel.render.text.pieces import Line, Piece, Role

__all__ = ["matches", "said", "statistics", "to_dict"]

_MOST_AGENTS = 10
_TEXTS = {
    Lang.FA: {
        "none": "پاسخ مشابهی در بایگانی نیست.",
        "used": "{n} بار",
        "replies": "روی هم {replies} پاسخ، {texts} متن متفاوت، {customers} مشتری",
        "empty": "بایگانی خالی است.",
        "undated": "بدون تاریخ: {n} پاسخ",
        "MB": "حجم: {n} مگابایت",
        "KB": "حجم: {n} کیلوبایت",
        "agents": "پاسخ‌ها به تفکیک کارشناس:",
        "more": "و {n} نفر دیگر",
        "most": "متن‌هایی که بیشتر از همه فرستاده شده‌اند:",
        "imported": "{file}: {rows} ردیف: {new} پاسخ تازه، {known} تکراری، {courtesy} بی‌محتوا، {rejected} ردیف نادرست",
        "rejected": "کنار گذاشته شد: {place}: {reason}",
        "added": "به بایگانی اضافه شد.",
        "known": "این پاسخ از قبل در بایگانی بود.",
        "courtesy": "این متن جز سلام و تعارف چیزی ندارد و بایگانی نشد.",
        "quoted": "در این متن فقط پیام نقل‌شده هست و پاسخی نیست؛ چیزی بایگانی نشد.",
        "forget": "برای همیشه پاک می‌شود: {n} پاسخ. ادامه می‌دهید؟",
        "forgotten": "پاک شد: {n} پاسخ",
        "kept": "چیزی پاک نشد.",
        "unknown": "پاسخی با این مشخصات در بایگانی نیست؛ چیزی پاک نشد.",
        "more_rejected": "و {n} ردیف نادرست دیگر",
        "sound": "بایگانی سالم است.",
        "compacted": "بایگانی فشرده شد.",
    },
    Lang.EN: {
        "none": "Nothing similar in the archive.",
        "used": "{n} times",
        "replies": "{replies} replies, {texts} different texts, {customers} customers",
        "empty": "The archive is empty.",
        "undated": "{n} replies without a date",
        "MB": "{n} MB",
        "KB": "{n} KB",
        "agents": "Replies by agent:",
        "more": "and {n} more",
        "most": "Texts that were sent most often:",
        "imported": "{file}: {rows} rows: {new} new, {known} known, {courtesy} courtesy only, {rejected} rejected",
        "rejected": "Rejected: {place}: {reason}",
        "added": "Added to the archive.",
        "known": "The archive has this reply already.",
        "courtesy": "Nothing but greeting and courtesy: not archived.",
        "quoted": "There is only a quoted message here and no reply: not archived.",
        "forget": "{n} replies will be removed for good. Go on?",
        "forgotten": "{n} replies removed.",
        "kept": "Nothing removed.",
        "unknown": "No such reply in the archive; nothing removed.",
        "more_rejected": "and {n} more rejected rows",
        "sound": "The archive is sound.",
        "compacted": "The archive is compact.",
    },
}


def said(what: str, lang: Lang, **values: int | str) -> str:
    """Return a sentence about what was done.

    Args:
        what: its name.
        lang: the language.
        values: what to put into it; numbers in the language's digits.
    """
    shown = {
        name: whole(value, lang) if isinstance(value, int) else ltr(visible(value)) for name, value in values.items()
    }
    return _TEXTS[lang][what].format(**shown)


def matches(found: Sequence[Match], lang: Lang) -> Iterator[Line]:
    """Yield earlier replies, each with its likeness, how often and when it was sent."""
    if not found:
        yield isolated(Piece(_TEXTS[lang]["none"], Role.GOOD))
    for match in found:
        yield isolated(
            Piece(percent(match.score / 100, lang), Role.HEADING),
            Piece("  "),
            Piece(_uses(match, lang), Role.QUIET),
        )
        yield isolated(Piece("  "), Piece(visible(match.text)))


def _uses(match: Match, lang: Lang) -> str:
    texts, uses = _TEXTS[lang], match.uses
    count = texts["used"].format(n=whole(uses.count, lang))
    if not uses.last:
        return count
    return f"{count}  {period(uses.first, uses.last, lang)}"


def statistics(stats: ArchiveStats, lang: Lang) -> Iterator[Line]:
    """Yield what an archive holds."""
    texts = _TEXTS[lang]
    yield isolated(Piece(ltr(visible(stats.folder)), Role.QUIET))
    if not stats.replies:
        yield isolated(Piece(texts["empty"]))
        return
    counts = {name: whole(getattr(stats, name), lang) for name in ("replies", "texts", "customers")}
    yield isolated(Piece(texts["replies"].format(**counts), Role.HEADING))
    if stats.last:
        yield isolated(Piece(period(stats.first, stats.last, lang)))
    if stats.undated:
        yield isolated(Piece(texts["undated"].format(n=whole(stats.undated, lang))))
    unit, bytes_of = ("MB", 1e6) if stats.size >= 1e6 else ("KB", 1e3)
    yield isolated(Piece(texts[unit].format(n=whole(round(stats.size / bytes_of), lang)), Role.QUIET))
    yield from _agents(stats, lang)
    if stats.most_used:
        yield isolated(Piece(texts["most"], Role.HEADING))
        for match in stats.most_used:
            yield isolated(Piece("  "), Piece(_uses(match, lang), Role.QUIET), Piece("  "), Piece(visible(match.text)))


def _agents(stats: ArchiveStats, lang: Lang) -> Iterator[Line]:
    texts = _TEXTS[lang]
    if stats.agents:
        yield isolated(Piece(texts["agents"], Role.HEADING))
    for agent in stats.agents[:_MOST_AGENTS]:
        yield isolated(Piece("  "), Piece(visible(agent.label)), Piece("  "), Piece(whole(agent.count, lang)))
    if len(stats.agents) > _MOST_AGENTS:
        yield isolated(Piece("  "), Piece(texts["more"].format(n=whole(len(stats.agents) - _MOST_AGENTS, lang))))


def to_dict(match: Match) -> dict[str, object]:
    """Return an earlier reply as plain values, for JSON."""
    return {
        "score": match.score,
        "reply": match.text,
        "count": match.uses.count,
        "agents": match.uses.agents,
        "first": match.uses.first or None,
        "last": match.uses.last or None,
    }
