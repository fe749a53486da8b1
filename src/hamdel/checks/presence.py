"""What a good reply has, wherever it says it: the evidence that scores are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from hamdel.checks.case import Case
from hamdel.checks.formulas import Formulas
from hamdel.checks.steps import Steps
from hamdel.language.sets import greetings, word_set
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word

__all__ = ["Presence", "read_presence"]

_WARM = word_set("acts.warmth.words")
_SOFTENERS = word_set("acts.warmth.softeners")
_AGREEING = word_set("acts.answer.agreeing")
_AFTER_AGREEING = word_set("acts.answer.after_agreeing")
_NO_ACT = word_set("grammar.verb.no_act")
_SMILES = frozenset("😊🙏🌹🌷🌺🌸💐❤💚💙🌱☺🤗🙂")
_EDGE = 8  # words at each end in which warmth counts most


@dataclass(frozen=True, slots=True)
class Presence:
    """What stands in a draft.

    Attributes:
        greeting: it greets.
        warm: warmth stands at its start or its end.
        feeling: it acknowledges what the customer feels, or apologises.
        subject: it takes up what the customer wrote about.
        ownership: somebody says «من» or «ما» will do or did it.
        step: something is done, promised, asked or explained.
        soft: how many different words soften what it says («شاید», «امکان دارد», «به نظر»).
        agrees: it says that the customer is right («درست می‌فرمایید», «حق با شماست»).
        asks: it asks the customer something.
        words: how many words it has.
    """

    greeting: bool
    warm: bool
    feeling: bool
    subject: bool
    ownership: bool
    step: bool
    soft: int
    agrees: bool
    asks: bool
    words: int


@cache
def _greeting() -> Formulas:
    return Formulas(greetings())


def _confirms(word: Word) -> bool:
    """The second word of «درست می‌فرمایید», «حق با شماست», «حق دارید»."""
    return word.lemma == "فرمودن" or word.norm in _AFTER_AGREEING


def _owns(word: Word) -> bool:
    """A first person who acts: «بررسی می‌کنم», «رفع کردیم»; not «متأسفیم» or «می‌خواهیم»."""
    acts = word.finite and word.person == 1 and not word.negative and word.pos == "VERB"
    return acts and word.lemma not in _NO_ACT


def read_presence(case: Case, steps: Steps) -> Presence:
    """Return what stands in the draft of ``case``."""
    words = [word for word in case.said_words if word.kind is Kind.WORD]
    pairs = list(pairwise(words))
    edges = words[:_EDGE] + words[-_EDGE:]
    mine = {word.lemma for word in words} | {word.norm for word in words}
    return Presence(
        greeting=_greeting().within(word.norm for word in words[:_EDGE]),
        warm=any(word.norm in _WARM for word in edges) or not _SMILES.isdisjoint(case.draft.text),
        feeling=case.has_credit("empathy/no-feeling-ack"),
        subject=bool(mine & case.context.content),
        ownership=any(_owns(word) for word in words),
        step=steps.moves(case),
        soft=len({word.norm for word in words if word.norm in _SOFTENERS}),
        agrees=any(a.norm in _AGREEING and _confirms(b) for a, b in pairs),
        asks=case.asks,
        words=len(words),
    )
