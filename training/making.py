"""Write the model: the features that matter, in one byte a number, and all else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from hamdel.evidence.learned.model_file import features_digest, write_model
from hamdel.evidence.learned.network import NO_ROW
from hamdel.model.evidence import EMOTIONS
from training.exemplars import Exemplar, packed
from training.inputs import LABELS
from training.material import Material
from training.measuring import TOLD, Made, emotion_inputs, fit_emotion
from training.network import Network

__all__ = ["make_model"]

#: Features whose vectors are kept: those that weigh most in the corpus. More don't fit into 8 MB. Of the others their
#: rarity is kept, which the length of a sentence's vector is made of.
_LAYERS = ("hidden", "hidden_bias", "out", "out_bias", "direct")  # the emotion is fitted anew, on all networks together
_KEPT = 41_800


def make_model(
    path: Path,
    material: Material,
    made: Made,
    networks: Sequence[Network],
    corpus: str,
    *,
    exemplars: Sequence[Exemplar],
) -> None:
    """Write a model's file.

    Args:
        path: of the file.
        material: the corpus.
        made: calibration, thresholds and the rest.
        networks: the trained ones.
        corpus: the corpus' digest.
        exemplars: sentences that findings are compared with.
    """
    vectors = np.concatenate([network.vectors for network in networks], axis=1)
    vocabulary, rows = material.inputs.vocabulary, material.inputs.rows
    idf = np.concatenate([vocabulary.grams.idf, vocabulary.phrases.idf])
    # What a feature adds up to: the length of its vector, times its weight in the corpus.
    used = np.asarray(rows.features.multiply(rows.features).sum(axis=0)).ravel() ** 0.5
    order = np.argsort(-np.linalg.norm(vectors, axis=1) * used, kind="stable")
    keep = np.zeros(len(vectors), bool)
    keep[order[:_KEPT]] = True
    row_of = np.full(len(vectors), NO_ROW, np.uint16)
    row_of[keep] = np.arange(int(keep.sum()))
    weighed = vectors[keep] * idf[keep, None]
    scale = np.maximum(np.abs(weighed).max(axis=1), 1e-9) / 127
    emotion = _emotion(material, made, vectors)
    kept = rows.features[[one.row for one in exemplars]] @ np.where(keep[:, None], vectors, 0)
    shown, places = packed(exemplars, kept)
    arrays: dict[str, npt.NDArray[Any]] = {
        "grams": vocabulary.grams.hashes,
        "phrases": vocabulary.phrases.hashes,
        "rows": row_of,
        "vectors": np.round(weighed / scale[:, None]).astype(np.int8),
        "scale": scale.astype(np.float32),
        "idf": idf.astype(np.float16),
        **{f"{name}{i}": network.dense[name] for i, network in enumerate(networks) for name in _LAYERS},
        **{f"absence_{name}": values.astype(np.float32) for name, values in made.absences.items()},
        **emotion,
        **shown,
    }
    values = {
        "features": features_digest(),
        "corpus": corpus,
        "networks": len(networks),
        "labels": LABELS,
        "told": TOLD,
        "calibration": made.calibration,
        "rules": made.rules,
        "limits": made.limits,
        "ratings": made.ratings,
        "figures": made.figures,
        "exemplars": places,
    }
    write_model(path, arrays, values)
    print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, {int(keep.sum())} features")


def _emotion(material: Material, made: Made, vectors: npt.NDArray[np.float32]) -> dict[str, npt.NDArray[np.float32]]:
    count = len(material.inputs.files)
    inputs = emotion_inputs(material.inputs.rows.features[count:] @ vectors, made.contexts)
    model = fit_emotion(inputs, made.emotions)
    assert len(model.classes_) == len(EMOTIONS)
    size, weights = vectors.shape[1], model.coef_.T.astype(np.float32)
    bias = model.intercept_.astype(np.float32)
    return {"emotion": weights[:size], "emotion_cues": weights[size:], "emotion_bias": bias}
