"""Rules and the learned reader, weighed together: what a check reports in the end.

What both find is the surest (`reader_confirms`). What a rule finds and the
reader thinks unlikely is one severity milder. What only the reader finds is a warning or a suggestion by how many such
finds were right on conversations that it didn't see (`training/measuring.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from hamdel.checks.lacking import lacking
from hamdel.checks.later_reply import follow_up
from hamdel.evidence.case import Case, Hit
from hamdel.evidence.learned.inference import EvidenceReader, Limits
from hamdel.evidence.predicates.registry import GUARDS
from hamdel.language.sets import word_set
from hamdel.language.tokenizer import Kind
from hamdel.model import Severity, Source
from hamdel.model.evidence import Evidence
from hamdel.phrasebank import CheckDef

__all__ = ["Weigher"]

# A rule's find that is less likely than this is one severity milder: of such ones, one in five was right.
_UNLIKELY = 0.3
_LIKELY = 0.5  # the same for what a whole reply lacks, of which rules are less sure
_AGREED = 0.4  # a rule's suggestion that is likelier than this is a warning: nine in ten were right
_SURE, _PERHAPS = 1.0, 0.5
_HANGING = word_set("grammar.clause.naming")
_CLAUSE = 3  # words that a clause without a predicate needs to be marked by itself; with one it needs two
_MOST = 12  # finds of the reader in a draft whose words are looked for; each is read some times more


class Weigher:
    """Weighs what rules found.

    Args:
        reader: the learned one.
        explains: name the words that the reader's finds rest on.
    """

    def __init__(self, reader: EvidenceReader, *, explains: bool = True) -> None:
        self._reader = reader
        self._explains = explains

    def faults(self, case: Case, check: CheckDef, hits: Iterable[Hit]) -> list[Hit]:
        """Return a check's hits in a draft's sentences, those of the reader among them, by place.

        Args:
            case: the draft, with its evidence.
            check: what is looked for; it names a fault.
            hits: what the rules found.
        """
        evidence = case.evidence
        hits = list(hits)
        if evidence is None:
            return hits
        weighed: list[Hit] = []
        found: set[int] = set()
        for hit in hits:
            place = evidence.sentence_of(hit.first) if hit.last > hit.first else None
            if place is None:
                weighed.append(hit)
                continue
            found.add(place)
            known = self._confirmed(check, hit, self._chance(evidence, place, check, hit))
            weighed.append(_agreed(check, known) if case.message.traits else known)
        weighed += self._own(case, evidence, check, found)
        return sorted(weighed, key=lambda hit: (hit.first, hit.last))

    def _chance(self, evidence: Evidence, place: int, check: CheckDef, hit: Hit) -> float:
        """Return how likely a rule's find is; what the rule itself only suggests says nothing for it."""
        if (hit.severity or check.severity) is Severity.SUGGESTION:
            return float(evidence.chances[place, evidence.column(check.fault)])
        return self._reader.with_rule(evidence, place, check.fault)

    @staticmethod
    def _confirmed(check: CheckDef, hit: Hit, chance: float, least: float = _UNLIKELY) -> Hit:
        """Return a rule's find with how likely it is; milder when that is less than ``least``."""
        severity = hit.severity or check.severity
        known = replace(hit, score=chance, source=Source.BOTH)
        if chance < least:
            return replace(known, severity=severity.milder, source=Source.RULE)
        return known

    def _own(self, case: Case, evidence: Evidence, check: CheckDef, found: set[int]) -> Iterator[Hit]:
        """Yield what only the reader finds, sentence by sentence."""
        limits = self._reader.limits[check.fault]
        taught = evidence.taught.get(check.fault, ())
        for place in evidence.likely.get(check.fault, ()) if check.reader_finds else taught:
            if place in found or not _speaks(case, evidence.sentences[place]):
                continue
            chance = float(evidence.chances[place, evidence.column(check.fault)])
            first, last = evidence.sentences[place]
            words: tuple[str, ...] = ()
            if place < _MOST:
                first, last, words = self._reader.weightiest(
                    case.draft, (first, last), case.message, check.fault, named=self._explains
                )
            guards = () if place in taught else (*check.guards, *check.reader_guards)
            if any(GUARDS[name](case, first, last) for name in guards):
                continue
            yield Hit(
                *_told(case, (first, last), evidence.sentences[place]),
                severity=_severity(check, chance, limits),
                evidence=words,
                score=chance,
                source=Source.READER,
                mendable=False,  # what the file offers for listed words may not fit others
            )

    def absences(
        self, case: Case, rules: Mapping[str, Iterable[Hit]], checks: Mapping[str, CheckDef]
    ) -> dict[str, list[Hit]]:
        """Return what a whole draft lacks, by check.

        Args:
            case: the draft, with its evidence.
            rules: what the rules found, by check.
            checks: those that are about an absence, by id.
        """
        found = {name: list(hits) for name, hits in rules.items()}
        evidence = case.evidence
        if evidence is None or not case.message.traits or follow_up(case):
            return found
        verdicts = {check.absence: _sureness(check, found.get(name, [])) for name, check in checks.items()}
        chances = self._reader.absences(evidence, case.context, case.draft.text, verdicts)
        case.lacking.update(chances)
        return {
            name: self._lacking(case, check, found.get(name, []), chances[check.absence])
            for name, check in checks.items()
        }

    def _lacking(self, case: Case, check: CheckDef, hits: list[Hit], chance: float) -> list[Hit]:
        limits = self._reader.limits[check.absence]
        if hits:
            return [self._confirmed(check, hit, chance, _LIKELY) for hit in hits]
        hit = lacking(case, check) if check.reader_finds and chance >= limits.suggestion else None
        if hit is None:
            return []
        severity = hit.severity or _severity(check, chance, limits)
        return [replace(hit, severity=severity, score=chance, source=Source.READER)]


def _agreed(check: CheckDef, hit: Hit) -> Hit:
    """Return what a rule suggests and the reader finds likely, too, as a warning, where the check's file says so."""
    sure = check.reader_confirms and hit.score is not None and hit.score >= _AGREED
    suggested = (hit.severity or check.severity) is Severity.SUGGESTION
    return replace(hit, severity=Severity.WARNING) if sure and suggested else hit


def _severity(check: CheckDef, chance: float, limits: Limits) -> Severity:
    """Return what the reader's find is shown as: never an error, for nobody listed its words."""
    if chance < limits.warning:
        return Severity.SUGGESTION
    return max(check.severity, Severity.WARNING, key=lambda severity: severity.rank)


def _sureness(check: CheckDef, hits: list[Hit]) -> float:
    """Return how sure the rules are, as the network learned it."""
    severities = [hit.severity or check.severity for hit in hits]
    if not severities:
        return 0.0
    return _PERHAPS if all(severity is Severity.SUGGESTION for severity in severities) else _SURE


def _told(case: Case, clause: tuple[int, int], sentence: tuple[int, int]) -> tuple[int, int]:
    """Return the tokens that are marked: a sentence for a clause that says too little by itself.

    «معمولاً» alone blames nobody, «نیست» alone waves nothing off, and «که بلد نبودید» hangs on what is before it.
    """
    words = [word for word in case.draft.words[slice(*clause)] if word.kind is Kind.WORD]
    whole = len(words) >= _CLAUSE or (len(words) > 1 and any(word.predicate for word in words))
    hanging = bool(words) and words[0].norm in _HANGING and clause[0] > sentence[0]
    return case.draft.trimmed(*sentence) if hanging or not whole else clause


def _speaks(case: Case, sentence: tuple[int, int]) -> bool:
    """Tell whether a sentence has words of the writer's own: what is quoted in it isn't the reply's."""
    words, silent = case.draft.words, case.draft.silent
    return any(words[i].kind is Kind.WORD and not silent[i] for i in range(*sentence))
