"""Runs the checks that are on: one matcher each, found by the name that the check's file gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path

from hamdel.archive.approved import Approved
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
from hamdel.checks.placeholders import Placeholders
from hamdel.checks.punctuation import LatinPunct
from hamdel.checks.repetition import InsideDraft, Opener
from hamdel.checks.steps import Steps
from hamdel.checks.surface import ArabicLetters, Privacy, Profanity, Shouting
from hamdel.checks.synonyms import Synonyms
from hamdel.deadline import look
from hamdel.language.analysis import Analyzer
from hamdel.phrasebank import CheckDef, load_table, load_words, require_known
from hamdel.resources import phrasebank_dir

__all__ = ["MATCHERS", "Engine"]

Matcher = Callable[[Case], Iterable[Hit]]


class _Tools:
    """What matchers share; made when the first of them is built that needs it."""

    def __init__(
        self, checks: Mapping[str, CheckDef], analyzer: Analyzer, steps: Steps, approved: Iterable[Path]
    ) -> None:
        self.analyzer = analyzer
        self.steps = steps
        self.approved = Approved(approved)
        self._checks = checks

    @cached_property
    def forms(self) -> TuForms:
        return TuForms(self._checks["respect/tu-form"], self.analyzer.lookup)

    @cached_property
    def synonyms(self) -> Synonyms:
        return Synonyms(load_table(phrasebank_dir() / "lexicon" / "synonyms.toml"))


def _names(which: str) -> tuple[str, ...]:
    return load_words(phrasebank_dir() / "lexicon" / f"{which}.txt")


def _tu_hits(forms: TuForms, which: int) -> Matcher:
    """Return one side of what `TuForms` finds; it looks only once a draft."""
    return lambda case: forms.hits(case)[which]


MATCHERS: dict[str, Callable[[CheckDef, _Tools], Matcher]] = {
    "phrase": lambda check, _: partial(phrase_hits, check),
    "tu-form": lambda _, tools: _tu_hits(tools.forms, 0),
    "tv-mix": lambda _, tools: _tu_hits(tools.forms, 1),
    "unanswered-question": lambda check, tools: UnansweredQuestion(check, tools.synonyms, tools.steps),
    "ignored-detail": lambda check, _: IgnoredDetail(check),
    "bare-imperative": lambda check, tools: BareImperative(check, tools.analyzer.lookup),
    "honorific": lambda check, _: Honorifics(check, _names("names"), _names("surnames")),
    "jargon": lambda check, _: Jargon(check),
    "register-mismatch": lambda check, _: RegisterMismatch(check),
    "negative-first": lambda check, _: partial(negative_first, check),
    "agentless": lambda check, _: partial(agentless, check),
    "shouting": lambda check, tools: Shouting(check, tools.analyzer.lookup),
    "placeholder": lambda check, _: Placeholders(check, load_table(phrasebank_dir() / "lexicon" / "placeholders.toml")),
    "privacy": lambda check, _: Privacy(check),
    "profanity": lambda check, tools: Profanity(check, tools.analyzer),
    "arabic-letters": lambda check, _: ArabicLetters(check),
    "near-copy": lambda check, tools: NearCopy(check, tools.approved),
    "missing-greeting": lambda check, _: MissingGreeting(check),
    "missing-closing": lambda check, _: MissingClosing(check),
    "name-missing": lambda _, __: NameMissing(),
    "name-misspelled": lambda check, _: NameMisspelled(check),
    "long-sentence": lambda check, _: LongSentence(check),
    "over-apology": lambda check, _: OverApology(check),
    "inside-draft": lambda check, _: InsideDraft(check),
    "opener": lambda check, _: Opener(check),
    "latin-punct": lambda _, __: LatinPunct(),
    "feeling-ack": lambda check, _: FeelingAck(check),
    "problem-ack": lambda check, tools: ProblemAck(check, tools.synonyms, tools.steps),
    "next-step": lambda check, _: NextStep(check, Steps(check)),  # a team's own check may bring its own words
}
#: What can be read in any script; the rest stays silent on Finglish and English.
_ALWAYS = frozenset(("shouting", "placeholder", "privacy", "profanity"))
#: These look at what others found, so they run last.
_LATE = ("feeling-ack", "problem-ack", "next-step", "unanswered-question", "bare-imperative")


class Engine:
    """The checks that are on, ready to run.

    Args:
        checks: definitions by id, all that exist.
        enabled: ids of those to run.
        analyzer: for matchers that read word lists.
        steps: for matchers that ask what moves a case on.
        approved: files and folders of templates that aren't copies.

    Raises:
        PhrasebankError: a check names a matcher or predicate that doesn't exist.
    """

    def __init__(
        self,
        checks: Mapping[str, CheckDef],
        enabled: Iterable[str],
        analyzer: Analyzer,
        steps: Steps,
        approved: Iterable[Path] = (),
    ) -> None:
        tools = _Tools(checks, analyzer, steps, approved)
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
            if check.matcher == "phrase" and check.id not in case.hits:
                continue
            if persian or check.matcher in _ALWAYS:
                hits = list(_watched(matcher(case)))
                if hits:
                    case.found[check.id] = hits
                    found += [(check, hit) for hit in hits]
        return found


def _watched(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield hits as long as there is time."""
    look()
    for hit in hits:
        look()
        yield hit
