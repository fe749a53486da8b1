"""Runs the checks that are on: one matcher each, found by the name that the check's file gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

from hamdel.archive.approved import Approved
from hamdel.base.deadline import bounded, look
from hamdel.base.resources import phrasebank_dir
from hamdel.checks.clarity.agentless import agentless
from hamdel.checks.clarity.channel_limits import ChannelLimits
from hamdel.checks.clarity.exploring import Exploring
from hamdel.checks.clarity.ignored_detail import IgnoredDetail
from hamdel.checks.clarity.jargon import Jargon
from hamdel.checks.clarity.long_sentence import LongSentence
from hamdel.checks.clarity.negative_first import negative_first
from hamdel.checks.clarity.next_step import NextStep
from hamdel.checks.clarity.unanswered_question import UnansweredQuestion
from hamdel.checks.empathy.feeling_ack import FeelingAck
from hamdel.checks.empathy.over_apology import OverApology
from hamdel.checks.empathy.problem_ack import ProblemAck
from hamdel.checks.empathy.thanks_missing import ThanksMissing
from hamdel.checks.phrase import phrase_hits
from hamdel.checks.repetition.inside_draft import InsideDraft
from hamdel.checks.repetition.looping import Looping
from hamdel.checks.repetition.near_copy import NearCopy
from hamdel.checks.repetition.opener import Opener
from hamdel.checks.respect.bare_imperative import BareImperative
from hamdel.checks.respect.honorific import Honorifics
from hamdel.checks.respect.missing_closing import MissingClosing
from hamdel.checks.respect.missing_greeting import MissingGreeting
from hamdel.checks.respect.name_missing import NameMissing
from hamdel.checks.respect.name_misspelled import NameMisspelled
from hamdel.checks.respect.placeholder import Placeholders
from hamdel.checks.respect.privacy import Privacy
from hamdel.checks.respect.profanity import Profanity
from hamdel.checks.respect.register_mismatch import RegisterMismatch
from hamdel.checks.respect.shouting import Shouting
from hamdel.checks.respect.tu_form import TuForms
from hamdel.checks.typography.arabic_letters import ArabicLetters
from hamdel.checks.typography.latin_punct import LatinPunct
from hamdel.checks.weighing import Weigher
from hamdel.evidence.acts.steps import Steps
from hamdel.evidence.acts.synonyms import Synonyms
from hamdel.evidence.case import Case, Hit
from hamdel.evidence.predicates.registry import GUARDS
from hamdel.language.analysis import Analyzer
from hamdel.model.policy import Role
from hamdel.phrasebank import CheckDef, load_table, load_words, require_known
from hamdel.phrasebank.roles import depths, only

__all__ = ["MATCHERS", "Engine", "Kit"]

Matcher = Callable[[Case], Iterable[Hit]]


class Kit(NamedTuple):
    """What matchers are made with.

    Attributes:
        analyzer: for matchers that read word lists.
        steps: for matchers that ask what moves a case on.
        approved: files and folders of templates that aren't copies.
        limit: how long a reply may be, in characters, or the name of the place that says so; empty for the channel's.
    """

    analyzer: Analyzer
    steps: Steps
    approved: tuple[Path, ...] = ()
    limit: int | str = ""


class _Tools:
    """What matchers share; made when the first of them is built that needs it."""

    def __init__(self, checks: Mapping[str, CheckDef], kit: Kit) -> None:
        self.analyzer = kit.analyzer
        self.limit = kit.limit
        self.steps = kit.steps
        self.approved = Approved(kit.approved)
        self._checks = checks

    @cached_property
    def forms(self) -> TuForms:
        return TuForms(only(self._checks, Role.FAMILIAR), self.analyzer.lookup)

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
    "looping": lambda check, tools: Looping(check, tools.approved),
    "channel-limits": lambda check, tools: ChannelLimits(check, tools.limit),
    "missing-greeting": lambda check, _: MissingGreeting(check),
    "missing-closing": lambda check, _: MissingClosing(check),
    "name-missing": lambda _, __: NameMissing(),
    "name-misspelled": lambda check, _: NameMisspelled(check),
    "long-sentence": lambda check, _: LongSentence(check),
    "over-apology": lambda check, _: OverApology(check),
    "inside-draft": lambda check, _: InsideDraft(check),
    "opener": lambda check, _: Opener(check),
    "latin-punct": lambda _, __: LatinPunct(),
    "exploring": lambda check, _: Exploring(check),
    "thanks-missing": lambda check, _: ThanksMissing(check),
    "feeling-ack": lambda check, _: FeelingAck(check),
    "problem-ack": lambda check, tools: ProblemAck(check, tools.synonyms, tools.steps),
    "next-step": lambda check, _: NextStep(check, Steps(check)),  # a team's own check may bring its own words
}


class Engine:
    """The checks that are on, ready to run.

    Args:
        checks: definitions by id, all that exist.
        enabled: ids of those to run.
        kit: what their matchers are made with.
        weigher: weighs rules and the learned reader together; None to go by the rules alone.

    All checks run, those that are off too: others may rest on what they find, and mustn't change when they go.

    Raises:
        PhrasebankError: a check names a matcher or predicate that doesn't exist, or checks rest on each other.
        ConfigError: the limit names no place.
    """

    def __init__(
        self,
        checks: Mapping[str, CheckDef],
        enabled: Iterable[str],
        kit: Kit,
        weigher: Weigher | None = None,
    ) -> None:
        tools = _Tools(checks, kit)
        for check in checks.values():
            require_known(check, MATCHERS.keys(), GUARDS.keys(), GUARDS.keys())
        self._enabled = frozenset(enabled)
        self._read = {role for check in checks.values() for role in check.policy.reads}
        depth = depths(checks)
        ordered = sorted(checks.values(), key=lambda check: (bool(check.absence), depth[check.id]))
        self._run = [(check, MATCHERS[check.matcher](check, tools)) for check in ordered if self._matters(check)]
        self._any_script = [place for place, (check, _) in enumerate(self._run) if check.policy.any_script]
        # Most checks look for phrases, and most drafts have few of them: such a check runs only where it is called for.
        called = [check.matcher == "phrase" and not check.absence for check, _ in self._run]
        self._always = [place for place, on_call in enumerate(called) if not on_call]
        self._places = {check.id: place for place, (check, _) in enumerate(self._run)}
        self._by_fault: dict[str, list[int]] = {}
        for place, (check, _) in enumerate(self._run):
            if check.fault:
                self._by_fault.setdefault(check.fault, []).append(place)
        self._checks = checks
        self._absences = {check.id: check for check in ordered if check.absence}
        self._weigher = weigher

    def _matters(self, check: CheckDef) -> bool:
        """A check that is off and that nothing rests on needn't run."""
        rests = bool(check.fault or check.absence) or not self._read.isdisjoint(check.policy.roles)
        return check.id in self._enabled or rests

    def run(self, case: Case, persian: bool = True) -> list[tuple[CheckDef, Hit]]:
        """Return all hits.

        Args:
            case: the draft under examination.
            persian: False runs only what needs no Persian.
        """
        absent: dict[str, list[Hit]] = {}
        likely = case.evidence.likely if case.evidence and self._weigher else {}
        watch = bounded()
        for place in self._due(case.hits, likely) if persian else self._any_script:
            check, matcher = self._run[place]
            hits = list(_watched(matcher(case)) if watch else matcher(case))
            if check.absence:
                absent[check.id] = hits
            elif hits or check.fault in likely:
                self._note(case, check.id, self._weighed(case, check, hits))
        if self._weigher:
            absent = self._weigher.absences(case, absent, self._absences)
        for name, hits in absent.items():
            self._note(case, name, hits)
        return [(self._checks[name], hit) for name, hits in case.found.items() if name in self._enabled for hit in hits]

    def _due(self, said: Iterable[str], likely: Iterable[str]) -> list[int]:
        """Return which checks run on a draft, in their order.

        Args:
            said: ids of checks whose phrases are in the draft.
            likely: faults that the learned reader finds likely enough.
        """
        called = {self._places[name] for name in said if name in self._places}
        for fault in likely:
            called.update(self._by_fault.get(fault, ()))
        called.difference_update(self._always)
        return sorted([*self._always, *called]) if called else self._always

    def _weighed(self, case: Case, check: CheckDef, hits: list[Hit]) -> list[Hit]:
        return self._weigher.faults(case, check, hits) if self._weigher and check.fault else hits

    @staticmethod
    def _note(case: Case, name: str, hits: list[Hit]) -> None:
        if hits:
            case.found[name] = hits


def _watched(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yield hits as long as there is time."""
    look()
    for hit in hits:
        look()
        yield hit
