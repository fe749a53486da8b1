"""What the rules say of the conversations: an input of the calibration, which weighs rules and reader together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hamdel import Checker
from hamdel.evidence.customer import Context
from hamdel.evidence.learned.inference import Message
from hamdel.model import Report, Severity
from training.corpus import Talk
from training.inputs import FAULTS

__all__ = ["Verdicts", "read_contexts", "read_rules"]

_SURE, _PERHAPS = 1.0, 0.5


@dataclass(frozen=True)
class Verdicts:
    """The rules' verdicts.

    Attributes:
        faults: for each sentence of each conversation, how sure a rule is of each fault (n, faults).
        absences: for each conversation, by name.
    """

    faults: npt.NDArray[np.float32]
    absences: list[dict[str, float]]


def read_contexts(messages: Sequence[str]) -> list[Context]:
    """Return what the rules read in customers' messages."""
    checker = Checker(suggestions=False, learned=False)
    return [checker.read_customer(text) for text in messages]


class _Told(Checker):
    """A checker without the learned reader, which is told what the messages say."""

    def __init__(self, contexts: Mapping[str, Context]) -> None:
        self._told = contexts
        super().__init__(suggestions=False, learned=False)

    def _read_context(self, text: str) -> tuple[Context, Message]:
        return self._told.get(text, Context()), Message()


def read_rules(talks: Sequence[Talk], contexts: Mapping[str, Context]) -> Verdicts:
    """Run the checks without the learned reader.

    Args:
        talks: the conversations.
        contexts: what each message says, as it will be known when the reader is there.
    """
    checker = _Told(contexts)
    faults, absences = [], []
    of_fault = {check.id: check.fault for check in checker.checks.values() if check.fault}
    of_absence = {check.id: check.absence for check in checker.checks.values() if check.absence}
    for talk in talks:
        report = checker.check(talk.draft, customer=talk.customer, channel=talk.channel, audience=talk.audience)
        faults.append(_fault_rows(talk, report, of_fault))
        found: dict[str, float] = {}
        for finding in report.findings:
            name = of_absence.get(finding.check)
            if name:
                found[name] = max(found.get(name, 0.0), _sureness(finding.severity))
        absences.append(found)
    return Verdicts(np.concatenate(faults), absences)


def _sureness(severity: Severity) -> float:
    return _PERHAPS if severity is Severity.SUGGESTION else _SURE


def _fault_rows(talk: Talk, report: Report, of_fault: dict[str, str]) -> npt.NDArray[np.float32]:
    sizes = [len(text) if text.endswith("\n") else len(text) + 1 for text, _ in talk.sentences]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    rows = np.zeros((len(talk.sentences), len(FAULTS)), np.float32)
    for finding in report.findings:
        fault = of_fault.get(finding.check)
        if fault and finding.end > finding.start:
            sentence = int(np.searchsorted(starts, finding.start, side="right")) - 1
            column = FAULTS.index(fault)
            rows[sentence, column] = max(rows[sentence, column], _sureness(finding.severity))
    return rows
