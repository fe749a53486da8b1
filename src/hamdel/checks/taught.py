"""What a team taught about findings: which of them it calls wrong, and which checks it wants milder."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from hamdel.evidence.learned.inference import EvidenceReader
from hamdel.evidence.learned.team_file import model_digest, read_learned
from hamdel.language.analysis import Analysis
from hamdel.model import Anchor, Finding, Severity, Source
from hamdel.model.evidence import Evidence
from hamdel.model.learned import Level
from hamdel.phrasebank import CheckDef

__all__ = ["TeamFilter", "label_of", "taught"]

Wording = Callable[[Analysis, tuple[int, int]], Mapping[int, float]]

#: How much of what a rule marked must stand in the team's sentence, for the team to have said something of it.
_SPOKEN_OF = 0.5


def label_of(check: CheckDef) -> str:
    """Return what the learned reader calls what a check looks for; empty when it knows nothing of it."""
    return check.fault or check.absence


def taught(reader: EvidenceReader, path: Path, checks: Mapping[str, CheckDef]) -> tuple[str, TeamFilter | None]:
    """Teach a reader what a team's file says.

    Args:
        reader: the learned one.
        path: of the file.
        checks: all there are, by id.

    Returns:
        A line for people, empty when all is well, and what judges findings; None when the file is for another model.

    Raises:
        ConfigError: the file is damaged.
        ModelError: the model is.
    """
    learned, _ = read_learned(path)
    if learned.model != model_digest(reader.path):
        return f"{path.name}: was learned with another version of the reader, so it isn't used; learn again", None
    reader.teach(learned, {name: label_of(check) for name, check in checks.items() if label_of(check)})
    grave = {name for name, check in checks.items() if check.severity is Severity.ERROR}
    return "", TeamFilter({name: lesson.level for name, lesson in learned.lessons.items()}, grave, reader.wording)


class TeamFilter:
    """Judges findings as a team does.

    Args:
        levels: what becomes of a check's finds that rest on rules.
        grave: the checks that look for errors; what they find is never hidden as a rule's.
        wording: tokens of a draft to words, as the team's sentences have them.
    """

    def __init__(self, levels: Mapping[str, Level], grave: Collection[str], wording: Wording) -> None:
        self._levels = {
            name: Level.MILDER if name in grave else level
            for name, level in levels.items()
            if level is not Level.SHOWN
        }
        self._wording = wording

    def kept(self, findings: Iterable[Finding], evidence: Evidence, draft: Analysis) -> Iterator[Finding]:
        """Yield what the team doesn't call wrong, milder where it wants that.

        Args:
            findings: of a draft.
            evidence: of the same draft.
            draft: the draft, read.
        """
        if not (self._levels or evidence.fine or evidence.fine_whole):
            yield from findings
            return
        for finding in findings:
            if self._is_fine(finding, evidence, draft):
                continue
            level = self._levels.get(finding.check) if finding.source is not Source.READER else None
            if level is None:
                yield finding
            elif finding.severity is Severity.ERROR or level is Level.MILDER:  # what is grave is never hidden
                yield replace(finding, severity=finding.severity.milder)

    def _is_fine(self, finding: Finding, evidence: Evidence, draft: Analysis) -> bool:
        if finding.anchor is Anchor.DOCUMENT:
            return finding.check in evidence.fine_whole
        places = evidence.fine.get(finding.check)
        place = evidence.sentence_of(draft.token_at(finding.start)) if places else None
        if not places or place is None or place not in places:
            return False
        return finding.source is Source.READER or self._is_spoken_of(finding, places[place], draft)

    def _is_spoken_of(self, finding: Finding, sentence: Mapping[int, float], draft: Analysis) -> bool:
        """Whether what a rule marked is of the team's sentence: another insult in it is news, and another number."""
        marked = self._wording(draft, (draft.token_at(finding.start), draft.token_at(finding.end - 1) + 1))
        if not marked:
            return not any(map(str.isalnum, draft.text[finding.start : finding.end]))
        known = sum(weight for word, weight in marked.items() if word in sentence)
        return known >= _SPOKEN_OF * sum(marked.values())
