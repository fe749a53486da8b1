"""Why the learned reader found something, in a line: the words that weigh most, and a labelled sentence like it."""

from __future__ import annotations

from hamdel.model import Anchor, Finding, Lang, Source
from hamdel.render.text.figures import percent

__all__ = ["because"]

_TEXTS = {
    Lang.FA: {
        "why": "چون: {parts}",
        "quoted": "«{text}»",
        "like": "شبیه جملهٔ آموزشی «{text}»",
        "whole": "همهٔ پاسخ، کنار پیام مشتری، چنین خوانده می‌شود (احتمال {chance})",
        "comma": "، ",
        "between": " — ",
    },
    Lang.EN: {
        "why": "Why: {parts}",
        "quoted": "“{text}”",
        "like": "like the training sentence “{text}”",
        "whole": "the whole reply, beside the customer's message, reads so ({chance} likely)",
        "comma": ", ",
        "between": " — ",
    },
}
_LONGEST = 40  # characters of a word that are shown


def because(finding: Finding, lang: Lang) -> str:
    """Return why, as a text without a line's end; empty for what a rule found, whose message says it.

    Args:
        finding: with personal data masked, if they are to be.
        lang: the language to speak; what is quoted is Persian.
    """
    if finding.source is not Source.READER:
        return ""
    texts = _TEXTS[lang]
    if finding.anchor is Anchor.DOCUMENT:
        parts = [texts["whole"].format(chance=percent(finding.score, lang))]
    else:
        words = (texts["quoted"].format(text=_short(word)) for word in finding.evidence)
        like = texts["like"].format(text=finding.nearest) if finding.nearest else ""
        parts = [part for part in (texts["comma"].join(words), like) if part]
    return texts["why"].format(parts=texts["between"].join(parts)) if parts else ""


def _short(word: str) -> str:
    return word if len(word) <= _LONGEST else f"{word[: _LONGEST - 1]}…"
