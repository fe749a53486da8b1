"""Labelled replies to judged sentences: what the shipped checks say of each, beside what the team says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import log

from hamdel.checker import Checker
from hamdel.evaluate.cases import Case
from hamdel.evaluate.learning.points import Point, Verdict
from hamdel.evaluate.matching import lies_on
from hamdel.evidence.case import Case as Examined
from hamdel.identifiers import mask_identifiers
from hamdel.masking.mask import covered_spans, mask
from hamdel.model import Anchor, Conversation, Finding, Severity, Source
from hamdel.model.evidence import Evidence

__all__ = ["Judge"]

_FAR = -4.0  # a quiet sentence whose logit is lower tells nothing of thresholds
_LEAST = 1e-6


@dataclass
class _Said:
    """What a team says of one reply.

    Attributes:
        talk: the reply.
        wrong: findings that somebody objects to: check, text.
        missed: faults that nothing found: check, text.
        full: the reply was labelled as a whole: checks that it says nothing of are in ``neutral``.
        labels: of a reply that was labelled as a whole.
        neutral: checks that the labels say nothing of.
    """

    talk: Conversation
    wrong: set[tuple[str, str]] = field(default_factory=set)
    missed: set[tuple[str, str]] = field(default_factory=set)
    full: bool = False
    labels: set[tuple[str, str]] = field(default_factory=set)
    neutral: frozenset[str] = frozenset()

    def add(self, case: Case) -> None:
        """Take in a line about this reply."""
        if case.wrong is not None:
            self.wrong.add((case.about, case.wrong))
        if case.missed is not None:
            self.missed.add((case.about, case.missed))
        if case.about and case.wrong is None and case.missed is None:
            self.labels |= {(one.check, one.text) for one in case.labels}
        if not case.about:
            self.full, self.neutral = True, case.neutral
            self.labels |= {(one.check, one.text) for one in case.labels}


class Judge:
    """Reads labelled replies with the shipped checks.

    Args:
        checker: without anything that a team taught.
    """

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._checks = checker.checks

    def __call__(self, cases: Iterable[Case]) -> list[Point]:
        """Return what is said of each sentence and check.

        Args:
            cases: labelled replies and corrections; several lines may be about one reply.
        """
        replies: dict[tuple[str, str], _Said] = {}
        for case in cases:
            key = case.talk.draft, case.talk.customer
            replies.setdefault(key, _Said(case.talk)).add(case)
        return [point for number, said in enumerate(replies.values()) for point in self._points(number, said)]

    def _points(self, number: int, said: _Said) -> Iterator[Point]:
        report, examined = self._checker.examine(said.talk)
        if examined.evidence is None:
            return
        reading = _Reading(self._checker, number, said, examined, examined.evidence)
        done = set()
        for finding in report.findings:
            point = reading.finding(finding)
            if point is not None:
                done.add((point.check, reading.sentence(finding)))
                yield point
        for check, text in sorted(said.missed | (said.labels if said.full else set())):
            if not _is_found(check, text, report.findings, said.talk.draft):
                for point, place in reading.missed(check, text):
                    done.add((check, place))
                    yield point
        yield from reading.quiet(done)


def _is_found(check: str, text: str, findings: Sequence[Finding], draft: str) -> bool:
    return any(one.check == check and lies_on(one, text, draft) for one in findings)


class _Reading:
    """One reply, read."""

    def __init__(self, checker: Checker, number: int, said: _Said, examined: Examined, evidence: Evidence) -> None:
        assert checker.reader is not None
        self._reader, self._checks = checker.reader, checker.checks
        self._number, self._said = number, said
        self._draft, self._evidence = examined.draft, evidence
        self._lacking = examined.lacking
        self._spans = [self._draft.span(*sentence) for sentence in evidence.sentences]
        self._personal = self._personal_words()
        self._words = [self._wording(sentence) for sentence in evidence.sentences]
        self._whole = {word: weight for words in self._words for word, weight in words.items()}

    def _personal_words(self) -> set[int]:
        """Return the hashes of names and the like: whoever has a list of names could find them among the learned."""
        spans = covered_spans(self._said.talk.draft)
        tokens = {token for span in spans for token in self._draft.tokens(*span)}
        return {word for token in tokens for word in self._reader.wording(self._draft, (token, token + 1))}

    def _wording(self, tokens: tuple[int, int]) -> dict[int, float]:
        words = self._reader.wording(self._draft, tokens)
        return {word: weight for word, weight in words.items() if word not in self._personal}

    def sentence(self, finding: Finding) -> int | None:
        """Return which sentence a finding is in; None for the whole draft."""
        if finding.anchor is Anchor.DOCUMENT:
            return None
        return self._evidence.sentence_of(self._draft.token_at(finding.start))

    def finding(self, finding: Finding) -> Point | None:
        """Return what is said of a finding; None when nothing is."""
        verdict, explicit = self._verdict(finding)
        if verdict is None:
            return None
        place = self.sentence(finding)
        if place is None and finding.anchor is not Anchor.DOCUMENT:
            return None  # in a sentence that says nothing
        chance = finding.score
        rule = finding.source is not Source.READER
        return self._point(finding.check, verdict, place, said=explicit, chance=chance, rule=rule)

    def _verdict(self, finding: Finding) -> tuple[Verdict | None, bool]:
        said, check, draft = self._said, finding.check, self._said.talk.draft
        wrong = {text for name, text in said.wrong if name == check}
        if any(_is_meant(finding, text, draft) for text in wrong):
            return Verdict.WRONG, True
        if any(name == check and lies_on(finding, text, draft) for name, text in said.labels | said.missed):
            return Verdict.RIGHT, True
        if not said.full:
            return Verdict.RIGHT, False
        if check in said.neutral or finding.severity is Severity.SUGGESTION:
            return None, False
        return Verdict.WRONG, True

    def missed(self, check: str, text: str) -> Iterator[tuple[Point, int]]:
        """Yield what is said of the sentences of a fault that nothing found."""
        label = self._checks[check].fault if check in self._checks else ""
        if not label:
            return
        place = self._place(text, label)
        if place is not None:
            point = self._point(check, Verdict.MISSED, place, said=True)
            yield self._narrowed(point, place, text), place

    def _place(self, text: str, label: str) -> int | None:
        """Return the sentence that some words stand in; of several, or where none are named, the likeliest one."""
        start = self._said.talk.draft.index(text)
        end = start + len(text) if text else len(self._said.talk.draft)
        places = [i for i, (first, last) in enumerate(self._spans) if first < end and start < last]
        column = self._evidence.column(label)
        return max(places, key=lambda i: float(self._evidence.chances[i, column]), default=None)

    def _narrowed(self, point: Point, place: int, text: str) -> Point:
        """Return a point about the words that somebody marked, not about all of a sentence that goes on."""
        draft, (first, last) = self._said.talk.draft, self._spans[place]
        start = max(first, draft.index(text))
        end = min(last, draft.index(text) + len(text))
        if not text or end - start >= len(draft[first:last].strip()):
            return point
        tokens = self._draft.token_at(start), self._draft.token_at(end - 1) + 1
        words = self._wording(tokens)
        return replace(point, words=words, text=mask(mask_identifiers(draft)[start:end])) if words else point

    def quiet(self, done: set[tuple[str, int | None]]) -> Iterator[Point]:
        """Yield the sentences in which a fault was neither found nor missed."""
        for check in self._checks.values():
            if not check.fault or check.id in self._said.neutral:
                continue
            for place in range(len(self._spans)):
                if (check.id, place) not in done:
                    point = self._point(check.id, Verdict.QUIET, place)
                    if point.logit is not None and point.logit > _FAR:
                        yield point

    def _point(  # noqa: PLR0913 - what is known of a point
        self,
        name: str,
        verdict: Verdict,
        place: int | None,
        *,
        said: bool = False,
        chance: float | None = None,
        rule: bool = False,
    ) -> Point:
        check = self._checks[name]
        label = check.fault or check.absence
        if chance is None and check.fault and place is not None:
            chance = float(self._evidence.chances[place, self._evidence.column(check.fault)])
        limits = self._reader.limits.get(label)
        start, end = (0, len(self._said.talk.draft)) if place is None else self._spans[place]
        text = mask(mask_identifiers(self._said.talk.draft)[start:end]) if said else ""
        return Point(
            draft=self._number,
            check=name,
            verdict=verdict,
            words=self._whole if place is None else self._words[place],
            text=text,
            logit=_logit(chance) if chance is not None and limits else None,
            limits=(_logit(limits.suggestion), _logit(limits.warning)) if limits else (0.0, 0.0),
            rule=rule,
            finds=check.reader_finds,
            said=said,
            whole=place is None,
        )


def _is_meant(finding: Finding, text: str, draft: str) -> bool:
    if not text:
        return finding.anchor is Anchor.DOCUMENT
    return finding.anchor is not Anchor.DOCUMENT and lies_on(finding, text, draft)


def _logit(chance: float) -> float:
    inside = min(max(chance, _LEAST), 1 - _LEAST)
    return log(inside / (1 - inside))
