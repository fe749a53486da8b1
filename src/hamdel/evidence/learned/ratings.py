"""What a reply's ratings are made of: its acts count for it, its faults and what it lacks against it.

The weights are fitted on people's ratings of conversations, under the one condition that no act may count against a
reply and no fault for it (non-negative least squares: Lawson and Hanson 1974); `training/measuring.py` fits them.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log

from hamdel.evidence.learned.absences import ABSENCES
from hamdel.model.evidence import Evidence

__all__ = ["RATED", "tally"]

_FAULTS = (
    "blame dismissal contempt threat profanity as-i-said blunt-refusal refusal-no-alternative internal-excuse "
    "deflection vague-time over-promise non-apology apology-no-ownership canned-empathy upsell over-taarof "
    "over-familiar bare-imperative tu-form"
).split()
_ACTS = "greet close thank feel sorry problem answer done commit ask instruct offer".split()
#: What is counted, and whether it counts for or against a reply. A refusal counts neither way.
RATED = (
    *((act, 1) for act in _ACTS),
    ("explained", 1),
    *((fault, -1) for fault in _FAULTS),
    *((absence, -1) for absence in ABSENCES),
)
_LONG = 2.0


def tally(evidence: Evidence, absences: Mapping[str, float], draft: str) -> dict[str, float]:
    """Return how much of each thing a reply has, by name, in the order of `RATED`.

    Args:
        evidence: of the draft.
        absences: how likely each absence is, 0 to 1.
        draft: its text.

    Returns:
        Of acts and faults how likely it is that some sentence has it; how far the reply explains itself, 0 to 2.
    """
    said = dict(zip(evidence.labels, evidence.some.tolist(), strict=True))
    said["explained"] = min(log(1 + len(draft) / 40), _LONG)
    return {name: said[name] if name in said else absences.get(name, 0.0) for name, _ in RATED}
