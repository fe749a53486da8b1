"""From what networks say of files that they didn't see: calibration, thresholds, absences, scores, with figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from warnings import catch_warnings, simplefilter

import numpy as np
import numpy.typing as npt
from scipy.optimize import nnls
from scipy.stats import spearmanr
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from hamdel.evidence.customer import Context
from hamdel.evidence.learned.absences import ABSENCES, draft_features
from hamdel.evidence.learned.inference import message_cues
from hamdel.evidence.learned.ratings import RATED, tally
from hamdel.model import Emotion
from hamdel.model.evidence import EMOTIONS, Evidence, emotion_of
from training.corpus import Talk
from training.figures import average_precision, recall_at, threshold_for
from training.folds import FOLDS, Unseen, fold_of, message_folds
from training.inputs import ACTS, FAULTS
from training.material import Material
from training.rules import read_contexts, read_rules

__all__ = ["Made", "emotion_inputs", "fit_emotion", "measure", "unseen_messages"]

_Floats = npt.NDArray[np.float32]
TOLD = (*FAULTS, *ACTS)
#: One chance for all faults gives the most right finds for a number of wrong ones: at the margin each costs the same.
_SURELY, _PERHAPS = 0.7, 0.55
#: How many of a fault's own finds must be right all the same, for a warning and for a suggestion.
_WARNING, _SUGGESTION = 0.8, 0.7
_ABSENCE_WARNING, _ABSENCE_SUGGESTION = 0.8, 0.7
_NEGATIVE = (Emotion.ANGER, Emotion.WORRY, Emotion.DISAPPOINTMENT)
_SEEN = {"feel", "sorry", "thank", "apology-no-ownership"}
_SEEDS = 5


@dataclass(frozen=True)
class Made:
    """What the model needs besides the networks.

    Attributes:
        calibration: slope and shift of each label's logit.
        rules: what a rule's find adds to it.
        limits: thresholds for a warning and a suggestion.
        absences: the arrays of `hamdel.evidence.learned.absences.AbsenceReader`.
        ratings: for respect and empathy, the weights of `hamdel.evidence.learned.ratings.tally` and where it begins.
        contexts: what the rules read in the messages, in the order of their rows.
        emotions: the labels of the messages, -1 where there is none.
        figures: of each fault and absence on unseen files, what `hamdel explain` tells; see `_figures`.
    """

    calibration: Mapping[str, tuple[float, float]]
    rules: Mapping[str, float]
    limits: Mapping[str, tuple[float, float]]
    absences: Mapping[str, _Floats]
    ratings: Mapping[str, list[float]]
    contexts: list[Context]
    emotions: npt.NDArray[np.int64]
    figures: Mapping[str, dict[str, float]] = field(default_factory=dict)


def emotion_inputs(vectors: _Floats, contexts: list[Context]) -> _Floats:
    """Return what an emotion is read from: a message's vector, and the rules' cues."""
    return np.concatenate([vectors, np.stack([message_cues(context) for context in contexts])], axis=1)


def fit_emotion(inputs: _Floats, labels: npt.NDArray[np.int64]) -> Any:
    """Return a softmax regression for the messages whose emotion is known."""
    known = labels >= 0
    return LogisticRegression(C=0.1, max_iter=2000).fit(inputs[known], labels[known])


def _unseen_emotions(
    unseen: Unseen, contexts: list[Context], labels: npt.NDArray[np.int64], folds: npt.NDArray[np.int64]
) -> _Floats:
    """Return how likely each emotion is of each message, from models that didn't see its file."""
    chances = np.zeros((len(labels), len(EMOTIONS)), np.float32)
    for fold in range(FOLDS):
        inputs, out = emotion_inputs(unseen.vectors[fold], contexts), folds == fold
        model = fit_emotion(inputs, np.where(out, -1, labels))
        chances[out] = model.predict_proba(inputs[out])
    return chances


def unseen_messages(material: Material, unseen: Unseen) -> dict[str, Context]:
    """Return what is read in each message by models that didn't see its file."""
    contexts = read_contexts(material.inputs.messages)
    emotions = _unseen_emotions(unseen, contexts, material.inputs.rows.emotions, message_folds(material.inputs))
    felt = (replace(context, felt=emotion_of(row)) for context, row in zip(contexts, emotions, strict=True))
    return dict(zip(material.inputs.messages, felt, strict=True))


def measure(material: Material, unseen: Unseen) -> Made:
    """Fit what rests on unseen files, and print the figures."""
    talks = material.talks
    labels = material.inputs.rows.emotions
    contexts = read_contexts(material.inputs.messages)
    emotions = _unseen_emotions(unseen, contexts, labels, message_folds(material.inputs))
    _say_emotions(labels, emotions)
    felt = [replace(context, felt=emotion_of(row)) for context, row in zip(contexts, emotions, strict=True)]
    of_text = dict(zip(material.inputs.messages, felt, strict=True))
    verdicts = read_rules(talks, of_text)
    truth = material.inputs.rows.labels[: len(unseen.folds), : len(TOLD)]
    logits = unseen.logits[:, : len(TOLD)]
    calibration, rules, limits, chances = _calibrated(truth, logits, verdicts.faults, unseen.folds)
    evidence = _evidence(material, unseen, chances, emotions)
    rows = [
        draft_features(one, of_text.get(talk.customer, Context()), talk.draft, rule)
        for one, talk, rule in zip(evidence, talks, verdicts.absences, strict=True)
    ]
    lacking = np.array([_lacking(talk) for talk in talks], np.float32)
    draft_folds = np.array([fold_of(sorted({talk.file for talk in talks}))[talk.file] for talk in talks])
    network, absent, absence_limits = _absences(np.stack(rows), lacking, draft_folds)
    ratings = _ratings(talks, evidence, absent, draft_folds)
    _say_alarms(talks, chances, {**limits, **absence_limits}, absent)
    figures = {name: _figures(truth[:, i], logits[:, i], _WARNING) for i, name in enumerate(FAULTS)}
    figures |= {name: _figures(lacking[:, i], absent[:, i], _ABSENCE_WARNING) for i, name in enumerate(ABSENCES)}
    return Made(calibration, rules, {**limits, **absence_limits}, network, ratings, contexts, labels, figures)


def _figures(truth: _Floats, scores: _Floats, precision: float) -> dict[str, float]:
    """Return the average precision, and the recall at the precision that a warning needs."""
    average, recall = average_precision(truth, scores), recall_at(truth, scores, precision)
    return {"average_precision": round(average, 3), "precision": precision, "recall": round(recall, 3)}


def _say_emotions(labels: npt.NDArray[np.int64], chances: _Floats) -> None:
    known = labels >= 0
    truth, found = labels[known], chances[known]
    negative = found[:, :3].sum(axis=1)
    right = float((found.argmax(axis=1) == truth).mean())
    told = ((negative > 0.5) == (truth < 3)).mean()
    ranked = average_precision(truth < 3, negative)
    print(f"emotion: {right:.3f} of six right, {told:.3f} negative or not; negative: AP {ranked:.3f}")


def _calibrated(
    truth: _Floats, logits: _Floats, rules: _Floats, folds: npt.NDArray[np.int64]
) -> tuple[dict[str, tuple[float, float]], dict[str, float], dict[str, tuple[float, float]], _Floats]:
    """Fit Platt's sigmoid (1999) for each label, with a rule's find beside it for faults."""
    chances = np.zeros_like(logits)
    calibration, added, limits = {}, {}, {}
    with_rule = np.zeros((len(logits), len(FAULTS)), np.float32)
    for column, label in enumerate(TOLD):
        inputs = logits[:, column : column + 1]
        if label in FAULTS:
            inputs = np.concatenate([inputs, (rules[:, column : column + 1] >= 1).astype(np.float32)], axis=1)
        model = LogisticRegression(C=100).fit(inputs, truth[:, column])
        slope, shift = float(model.coef_[0, 0]), float(model.intercept_[0])
        calibration[label] = slope, shift
        chances[:, column] = 1 / (1 + np.exp(-(slope * logits[:, column] + shift)))
        if label in FAULTS:
            added[label] = max(0.0, float(model.coef_[0, 1]))
            both = 1 / (1 + np.exp(-(slope * logits[:, column] + shift + added[label] * (rules[:, column] >= 1))))
            with_rule[:, column] = both
            limits[label] = _limits(truth[:, column], chances[:, column], _WARNING, _SUGGESTION)
    _say_labels(truth, logits, with_rule)
    return calibration, added, limits, chances


def _limits(truth: _Floats, chances: _Floats, warning: float, suggestion: float) -> tuple[float, float]:
    sure = max(threshold_for(truth, chances, warning), _SURELY)
    return sure, min(sure, max(threshold_for(truth, chances, suggestion), _PERHAPS))


def _say_labels(truth: _Floats, logits: _Floats, with_rule: _Floats) -> None:
    rows = []
    for column, label in enumerate(TOLD):
        y, s = truth[:, column], logits[:, column]
        figures = average_precision(y, s), recall_at(y, s, 0.9), recall_at(y, s, 0.75)
        rows.append(figures)
        both = average_precision(y, with_rule[:, column]) if label in FAULTS else float("nan")
        told = f"AP {figures[0]:.3f} (with rules {both:.3f})"
        print(f"{label:24s} {int(y.sum()):5d}  {told}  recall at 0.9 {figures[1]:.2f}, at 0.75 {figures[2]:.2f}")
    faults, acts = np.array(rows[: len(FAULTS)]), np.array(rows[len(FAULTS) :])
    means = faults.mean(axis=0)
    print(f"faults: mean AP {means[0]:.3f}, recall at 0.9 {means[1]:.3f}, at 0.75 {means[2]:.3f}")
    print(f"acts: mean AP {acts[:, 0].mean():.3f}")


def _evidence(material: Material, unseen: Unseen, chances: _Floats, emotions: _Floats) -> list[Evidence]:
    rows = material.inputs.rows
    count, found, start = len(rows.talk), [], 0
    for talk in material.talks:
        part = slice(start, start + len(talk.sentences))
        message = int(rows.message[start])
        found.append(
            Evidence(
                sentences=tuple((i, i + 1) for i in range(len(talk.sentences))),
                labels=TOLD,
                chances=chances[part],
                likely={},
                logits=unseen.logits[part, : len(TOLD)],
                facts=rows.facts[part],
                emotions=emotions[message - count] if message >= 0 else np.zeros(len(EMOTIONS), np.float32),
            )
        )
        start = part.stop
    return found


def _lacking(talk: Talk) -> list[bool]:
    """Return what a conversation's reply lacks; whether the feeling was seen follows from the sentences' labels."""
    said = frozenset().union(*(labels for _, labels in talk.sentences))
    upset = Emotion(talk.emotion) in _NEGATIVE
    derived = upset and said.isdisjoint(_SEEN)
    return [derived, *(name in talk.absences for name in ABSENCES[1:])]


def _absences(
    rows: _Floats, truth: _Floats, folds: npt.NDArray[np.int64]
) -> tuple[dict[str, _Floats], _Floats, dict[str, tuple[float, float]]]:
    """Return a network for the absences, what it says of unseen files, and its thresholds."""
    chances = np.zeros_like(truth)
    for fold in range(FOLDS):
        out = folds == fold
        chances[out] = _say_absent(_fit_absences(rows[~out], truth[~out]), rows[out])
    limits = {}
    for column, name in enumerate(ABSENCES):
        y, s = truth[:, column], chances[:, column]
        limits[name] = _limits(y, s, _ABSENCE_WARNING, _ABSENCE_SUGGESTION)
        figures = f"AP {average_precision(y, s):.3f}  recall at 0.85 {recall_at(y, s, 0.85):.2f}"
        print(f"{name:24s} {int(y.sum()):5d}  {figures}")
    return _fit_absences(rows, truth), chances, limits


def _fit_absences(rows: _Floats, truth: _Floats) -> dict[str, _Floats]:
    """Return one wide hidden layer: some networks of 32 units side by side, their outputs' mean."""
    mean, scale = rows.mean(axis=0), 1 / (rows.std(axis=0) + 1e-3)
    alike = np.clip((rows - mean) * scale, -5, 5)
    with catch_warnings():
        simplefilter("ignore", ConvergenceWarning)  # it stops early on purpose
        fitted = [
            MLPClassifier((32,), alpha=3.0, max_iter=25, learning_rate_init=2e-3, random_state=seed).fit(alike, truth)
            for seed in range(_SEEDS)
        ]
    return {
        "mean": mean,
        "scale": scale,
        "hidden": np.concatenate([one.coefs_[0] for one in fitted], axis=1).astype(np.float32),
        "hidden_bias": np.concatenate([one.intercepts_[0] for one in fitted]).astype(np.float32),
        "out": (np.concatenate([one.coefs_[1] for one in fitted]) / _SEEDS).astype(np.float32),
        "out_bias": np.mean([one.intercepts_[1] for one in fitted], axis=0).astype(np.float32),
    }


def _say_absent(network: Mapping[str, _Floats], rows: _Floats) -> _Floats:
    alike = np.clip((rows - network["mean"]) * network["scale"], -5, 5)
    inner = np.maximum(alike @ network["hidden"] + network["hidden_bias"], 0)
    chances: _Floats = 1 / (1 + np.exp(-(inner @ network["out"] + network["out_bias"])))
    return chances


def _ratings(
    talks: list[Talk], evidence: list[Evidence], absent: _Floats, folds: npt.NDArray[np.int64]
) -> dict[str, list[float]]:
    """Fit respect and empathy, 0 to 100: acts never count against a draft, faults and absences never for it."""
    signs = np.array([sign for _, sign in RATED])
    rows = np.array(
        [list(tally(one, dict(zip(ABSENCES, row.tolist(), strict=True)), talk.draft).values())
         for one, row, talk in zip(evidence, absent, talks, strict=True)]
    )  # fmt: skip
    inputs = np.concatenate([np.ones((len(rows), 1)), rows * signs], axis=1)
    found = {}
    for name in ("respect", "empathy"):
        rated = np.array([(getattr(talk, name) - 1) * 25.0 for talk in talks])
        guess = np.zeros(len(rated))
        for fold in range(FOLDS):
            out = folds == fold
            guess[out] = inputs[out] @ nnls(inputs[~out], rated[~out])[0]
        print(f"{name}: Spearman {spearmanr(guess, rated)[0]:.3f}")
        weights = nnls(inputs, rated)[0]
        found[name] = [float(weights[0]), *(float(weight) for weight in weights[1:] * signs)]
    return found


def _say_alarms(
    talks: list[Talk],
    chances: _Floats,
    limits: Mapping[str, tuple[float, float]],
    absent: _Floats,
) -> None:
    """Print how many good replies the reader alone warns about."""
    sure = np.array([limits[fault][0] for fault in FAULTS])
    absence_sure = np.array([limits[name][0] for name in ABSENCES])
    start = alarms = good = 0
    for talk, lacking in zip(talks, absent, strict=True):
        part = chances[start : start + len(talk.sentences), : len(FAULTS)]
        start += len(talk.sentences)
        if talk.absences or any(not labels.isdisjoint(FAULTS) for _, labels in talk.sentences) or _lacking(talk)[0]:
            continue
        good += 1
        alarms += bool((part >= sure).any() or (lacking >= absence_sure).any())
    print(f"alarms: a warning on {alarms} of {good} replies without any fault ({alarms / good:.1%})")
