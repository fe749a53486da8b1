"""Which files are left out together, and what networks say of files that they didn't see.

Files are independent voices; all figures are for files that were left out. Those that came earlier keep their places,
so that figures can be compared with older ones; later files follow in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from training.corpus import SAID
from training.inputs import Inputs
from training.network import Network, train
from training.rows import Rows

__all__ = ["FOLDS", "Unseen", "fold_of", "leave_out", "message_folds", "networks"]

FOLDS = 5
#: The files as they came, and the fold of the first one of each round.
_ROUNDS = (
    (
        0,
        "talks-apps talks-business talks-consumer talks-contrast talks-everyday talks-issues talks-mediocre "
        "talks-prose talks-public",
    ),
    (
        3,
        "talks-bazaar talks-cold talks-letters talks-maintainer talks-press talks-sideways talks-sly talks-teacher "
        "talks-thread talks-threads talks-voices talks-worn",
    ),
)
#: Three small networks read better than one large one of the same size.
NETWORKS, SIZE, HIDDEN = 3, 48, 96

_Floats = npt.NDArray[np.float32]


def fold_of(files: Sequence[str]) -> dict[str, int]:
    """Return for each file of conversations in which fold it is left out."""
    found: dict[str, int] = {}
    for shift, names in _ROUNDS:
        found |= {name: (i + shift) % FOLDS for i, name in enumerate(names.split())}
    later = sorted({name for name in files if name.startswith("talks-")} - found.keys())
    return found | {name: i % FOLDS for i, name in enumerate(later)}


@dataclass(frozen=True)
class Unseen:
    """What networks say of conversations that they didn't see.

    Attributes:
        logits: of each sentence of the conversations (n, labels).
        folds: in which fold each sentence was left out (n).
        vectors: of each message, from the networks of each fold (folds, messages, size).
    """

    logits: _Floats
    folds: npt.NDArray[np.int64]
    vectors: _Floats


def message_folds(inputs: Inputs) -> npt.NDArray[np.int64]:
    """Return in which fold each customer's message is left out; those of other files follow in turn."""
    places = fold_of(sorted(set(inputs.message_files)))
    return np.array([places.get(name, i % FOLDS) for i, name in enumerate(inputs.message_files)])


def networks(rows: Rows, chosen: npt.NDArray[np.bool_]) -> list[Network]:
    """Return the networks that learned from the chosen sentences."""
    return [train(rows, chosen, size=SIZE, hidden=HIDDEN, seed=seed) for seed in range(NETWORKS)]


def leave_out(inputs: Inputs, say: Callable[[str], None]) -> Unseen:
    """Train without each fold in turn.

    Args:
        inputs: the corpus as numbers.
        say: is told how far it is.
    """
    rows = inputs.rows
    places = fold_of(sorted(set(inputs.files.tolist())))
    folds = np.array([places.get(name.removeprefix(SAID), -1) for name in inputs.files.tolist()])
    logits = np.zeros((len(folds), rows.labels.shape[1]), np.float32)
    messages, theirs = rows.features[len(folds) :], message_folds(inputs)
    vectors = np.zeros((FOLDS, messages.shape[0], NETWORKS * SIZE), np.float32)
    for fold in range(FOLDS):
        out = folds == fold
        seen = replace(rows, emotions=np.where(theirs == fold, -1, rows.emotions))
        trained = networks(seen, ~out)
        logits[out] = np.mean([network.predict(rows, out) for network in trained], axis=0)
        vectors[fold] = np.concatenate([messages @ network.vectors for network in trained], axis=1)
        say(f"fold {fold + 1} of {FOLDS}")
    count = int(np.char.startswith(inputs.files, "talks-").sum())
    return Unseen(logits[:count], folds[:count], vectors)
