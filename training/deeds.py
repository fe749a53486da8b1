"""How far an audit's shares of what replies do are from those that people labelled, on files that were left out.

An audit counts, of the replies where it is called for, how many see the feeling, own the fault, name a bound and
answer (`hamdel.audit.deeds`). Here the same is counted twice, of the labels and of what networks say of files that they
didn't see. Where something is called for that no label says (a problem, a question), and what is a time, the rules
decide on both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from hamdel.audit.deeds import EVASIVE
from hamdel.evidence.analysing import make_analyzer
from hamdel.evidence.customer import Context
from hamdel.language.times import Bound, times_in
from hamdel.model import Emotion
from hamdel.model.evidence import EMOTIONS, NEGATIVES
from training.corpus import Talk
from training.folds import Unseen
from training.inputs import ACTS, FAULTS
from training.material import Material

__all__ = ["Counted", "calibrated", "count_deeds", "figures_of"]

_TOLD = (*FAULTS, *ACTS)
_LIKELY = 0.5
_NEGATIVE = frozenset(EMOTIONS[:NEGATIVES])
_ANSWERS = frozenset(("answer", "instruct", "done", "refuse"))
_FEWEST = 30  # replies of a file in which something is called for, for its share to say something

_Chances = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Counted:
    """One deed in one reply.

    Attributes:
        file: the voice.
        called, done: as people labelled it.
        found_called, found_done: as it is read.
    """

    file: str
    called: bool
    done: bool
    found_called: bool
    found_done: bool


@dataclass(frozen=True)
class _Reply:
    """What is known of a reply, labelled or read: of each sentence its labels, and of the message its emotion."""

    said: Sequence[frozenset[str]]
    emotion: Emotion
    context: Context
    timed: Sequence[bool]

    @property
    def acts(self) -> frozenset[str]:
        return frozenset().union(*self.said)


_Judged = tuple[bool, bool]


def _feel(reply: _Reply) -> _Judged:
    return reply.emotion in _NEGATIVE, "feel" in reply.acts


def _own(reply: _Reply) -> _Judged:
    problem = bool(reply.context.problem) or reply.context.blames_us
    return problem, "sorry" in reply.acts and reply.acts.isdisjoint(EVASIVE)


def _bound(reply: _Reply) -> _Judged:
    promises = ["commit" in labels for labels in reply.said]
    return any(promises), any(one and timed for one, timed in zip(promises, reply.timed, strict=True))


def _answer(reply: _Reply) -> _Judged:
    return bool(reply.context.questions), not reply.acts.isdisjoint(_ANSWERS)


_DEEDS: dict[str, Callable[[_Reply], _Judged]] = {"feel": _feel, "own": _own, "bound": _bound, "answer": _answer}


def calibrated(material: Material, unseen: Unseen) -> _Chances:
    """Return how likely each label is of each sentence, by Platt's sigmoid of the other folds.

    Args:
        material: the corpus.
        unseen: what networks say of files that they didn't see.
    """
    truth = material.inputs.rows.labels[: len(unseen.folds), : len(_TOLD)]
    chances = np.zeros(truth.shape)
    for fold in np.unique(unseen.folds):
        out = unseen.folds == fold
        for column in range(len(_TOLD)):
            logits = unseen.logits[:, column : column + 1]
            model = LogisticRegression(C=100).fit(logits[~out], truth[~out, column] > 0)
            chances[out, column] = model.predict_proba(logits[out])[:, 1]
    return chances


def count_deeds(
    talks: Sequence[Talk], chances: _Chances, contexts: Mapping[str, Context]
) -> dict[str, list[Counted]]:
    """Return each deed in each reply, labelled and read.

    Args:
        talks: the conversations.
        chances: of each sentence of theirs, how likely each label is.
        contexts: what is read in each message, its emotion by models that didn't see it.
    """
    found: dict[str, list[Counted]] = {name: [] for name in _DEEDS}
    analyse, start = make_analyzer(), 0
    for talk in talks:
        context = contexts.get(talk.customer, Context())
        emotion = context.emotion if context.emotion is not Emotion.NEUTRAL else context.felt
        own = chances[start : start + len(talk.sentences)]
        start += len(own)
        timed = [any(time.bound is Bound.EXACT for time in times_in(analyse(text))) for text, _ in talk.sentences]
        labelled = _Reply([labels for _, labels in talk.sentences], Emotion(talk.emotion), context, timed)
        read = _Reply([frozenset(_likely(row)) for row in own], emotion, context, timed)
        for name, judge in _DEEDS.items():
            found[name].append(Counted(talk.file, *judge(labelled), *judge(read)))
    return found


def _likely(row: _Chances) -> Iterator[str]:
    return (label for label, chance in zip(_TOLD, row, strict=True) if chance >= _LIKELY)


def figures_of(counted: Sequence[Counted]) -> dict[str, float]:
    """Return precision and recall of a deed where it is called for, both shares, and how far they are apart by file.

    Args:
        counted: one deed in all replies.
    """
    called = [one for one in counted if one.called]
    hits = sum(one.done and one.found_done for one in called)
    labelled, read = _share(counted, found=False), _share(counted, found=True)
    voices = [[one for one in counted if one.file == file] for file in sorted({one.file for one in counted})]
    enough = [own for own in voices if sum(one.called for one in own) >= _FEWEST]
    apart = [abs(_share(own, found=True) - _share(own, found=False)) for own in enough]
    return {
        "replies": len(called),
        "precision": hits / max(1, sum(one.found_done for one in called)),
        "recall": hits / max(1, sum(one.done for one in called)),
        "labelled": labelled,
        "read": read,
        "bias": read - labelled,
        "by_file": float(np.mean(apart)) if apart else float("nan"),
        "nine_in_ten": float(np.quantile(apart, 0.9)) if apart else float("nan"),
        "files": len(apart),
    }


def _share(counted: Sequence[Counted], *, found: bool) -> float:
    called = [one.found_done if found else one.done for one in counted if (one.found_called if found else one.called)]
    return sum(called) / max(1, len(called))
