"""Runs the checks that are on: one matcher each, found by the name that the check's file gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from hamdel.checks.absence import FeelingAck, NextStep, ProblemAck
from hamdel.checks.address import TuForms
from hamdel.checks.answers import UnansweredQuestion
from hamdel.checks.apology import OverApology
from hamdel.checks.case import Case, Hit
from hamdel.checks.details import IgnoredDetail
from hamdel.checks.greeting import MissingClosing, MissingGreeting
from hamdel.checks.guards import GUARDS
from hamdel.checks.honorific import Honorifics
from hamdel.checks.imperative import BareImperative
from hamdel.checks.jargon import Jargon
from hamdel.checks.length import LongSentence
from hamdel.checks.mismatch import RegisterMismatch
from hamdel.checks.names import NameMissing, NameMisspelled
from hamdel.checks.near_copy import NearCopy
from hamdel.checks.negative_first import negative_first
from hamdel.checks.passive import agentless
from hamdel.checks.phrase import phrase_hits
from hamdel.checks.punctuation import LatinPunct
from hamdel.checks.repetition import InsideDraft, Opener
from hamdel.checks.steps import Steps
from hamdel.checks.surface import ArabicLetters, Placeholders, Privacy, Profanity, Shouting
from hamdel.language.analysis import Analyzer
from hamdel.phrasebank import CheckDef, load_table, load_words, require_known
from hamdel.resources import phrasebank_dir

__all__ = ["ALWAYS", "MATCHERS", "Engine"]

Matcher = Callable[[Case], Iterable[Hit]]


@dataclass(slots=True)
class _Tools:
    """What a matcher may be built with."""

    checks: Mapping[str, CheckDef]
    analyzer: Analyzer
    forms: TuForms | None = None


def _tu_hits(tools: _Tools, which: int) -> Matcher:
    """Return one side of what `TuForms` finds; both checks share it, and it looks only once."""
    if tools.forms is None:
        tools.forms = TuForms(tools.checks["respect/tu-form"])
    forms = tools.forms
    return lambda case: forms.hits(case)[which]


def _synonyms() -> Mapping[str, list[str]]:
    """Sets of words that name the same thing; the loader remembers the file."""
    return load_table(phrasebank_dir() / "lexicon" / "synonyms.toml")


def _steps(tools: _Tools) -> Steps:
    return Steps(tools.checks["clarity/no-next-step"])


def _problem_ack(check: CheckDef, tools: _Tools) -> Matcher:
    return ProblemAck(check, _synonyms(), _steps(tools))


MATCHERS: dict[str, Callable[[CheckDef, _Tools], Matcher]] = {
    "phrase": lambda check, _: partial(phrase_hits, check),
    "tu-form": lambda _, tools: _tu_hits(tools, 0),
    "tv-mix": lambda _, tools: _tu_hits(tools, 1),
    "unanswered-question": lambda check, tools: UnansweredQuestion(check, _synonyms(), _steps(tools)),
    "ignored-detail": lambda check, _: IgnoredDetail(check),
    "bare-imperative": lambda check, _: BareImperative(check),
    "honorific": lambda check, _: Honorifics(check, load_words(phrasebank_dir() / "lexicon" / "names.txt")),
    "jargon": lambda check, _: Jargon(check),
    "register-mismatch": lambda check, _: RegisterMismatch(check),
    "negative-first": lambda check, _: partial(negative_first, check),
    "agentless": lambda check, _: partial(agentless, check),
    "shouting": lambda check, _: Shouting(check),
    "placeholder": lambda check, _: Placeholders(check),
    "privacy": lambda _, __: Privacy(),
    "profanity": lambda check, tools: Profanity(check, tools.analyzer),
    "arabic-letters": lambda check, _: ArabicLetters(check),
    "near-copy": lambda check, _: NearCopy(check),
    "missing-greeting": lambda check, _: MissingGreeting(check),
    "missing-closing": lambda check, _: MissingClosing(check),
    "name-missing": lambda _, __: NameMissing(),
    "name-misspelled": lambda check, _: NameMisspelled(check),
    "long-sentence": lambda check, _: LongSentence(check),
    "over-apology": lambda check, _: OverApology(check),
    "inside-draft": lambda check, _: InsideDraft(check),
    "opener": lambda check, tools: Opener(check, tools.analyzer),
    "latin-punct": lambda _, __: LatinPunct(),
    "feeling-ack": lambda check, _: FeelingAck(check),
    "problem-ack": _problem_ack,
    "next-step": lambda check, _: NextStep(Steps(check)),
}
#: What can be read in any script; the rest stays silent on Finglish and English.
ALWAYS = frozenset(("shouting", "placeholder", "privacy", "profanity"))
#: These look at what others found, so they run last.
_LATE = ("feeling-ack", "problem-ack", "next-step", "unanswered-question")


class Engine:
    """The checks that are on, ready to run.

    Args:
        checks: definitions by id, all that exist.
        enabled: ids of those to run.
        analyzer: for matchers that read word lists.

    Raises:
        PhrasebankError: a check names a matcher or predicate that doesn't exist.
    """

    def __init__(self, checks: Mapping[str, CheckDef], enabled: Iterable[str], analyzer: Analyzer) -> None:
        tools = _Tools(checks, analyzer)
        wanted = [checks[name] for name in enabled]
        for check in wanted:
            require_known(check, MATCHERS.keys(), GUARDS.keys(), GUARDS.keys())
        wanted.sort(key=lambda check: check.matcher in _LATE)
        self._run = [(check, MATCHERS[check.matcher](check, tools)) for check in wanted]

    def run(self, case: Case, persian: bool = True) -> list[tuple[CheckDef, Hit]]:
        """Return all hits.

        Args:
            case: the draft under examination.
            persian: False runs only what needs no Persian.
        """
        found = []
        for check, matcher in self._run:
            if persian or check.matcher in ALWAYS:
                hits = list(matcher(case))
                if hits:
                    case.found[check.id] = hits
                    found += [(check, hit) for hit in hits]
        return found
