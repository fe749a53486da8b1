"""Effects and robust intervals equal those of statsmodels, on data with known effects."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
import statsmodels.api as sm

from hamdel.audit.association import associate
from hamdel.model.measures import Association

EFFECT = -0.8


def replies(seed: int, *, thread_size: int = 1, effect: float = EFFECT, count: int = 900) -> tuple[np.ndarray, ...]:
    """Outcome, finding, stratum and thread: bad agents have more findings and lower marks, whatever they write."""
    random = np.random.default_rng(seed)
    strata = random.integers(0, 6, count)
    threads = np.arange(count) // thread_size
    found = random.random(count) < 0.1 + 0.12 * strata
    shared = random.normal(0, 1, count)[threads]
    outcome = 4 - 0.5 * strata + effect * found + shared + random.normal(0, 0.3, count)
    return outcome, found, strata, threads


def reference(outcome: np.ndarray, found: np.ndarray, strata: np.ndarray, **fit: object) -> tuple[float, ...]:
    dummies = (strata[:, None] == np.unique(strata)).astype(float)
    model = sm.OLS(outcome, np.column_stack([found.astype(float), dummies]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # statsmodels on its own internals
        fitted = model.fit(**fit)
    return fitted.params[0], *fitted.conf_int()[0], fitted.pvalues[0]


def figures(one: Association) -> tuple[float | None, ...]:
    return one.effect.value, one.effect.low, one.effect.high, one.effect.p


def test_without_threads_the_interval_is_hc1() -> None:
    outcome, found, strata, threads = replies(1)
    ours = figures(associate("csat", outcome, found, strata, threads))
    assert ours == pytest.approx(reference(outcome, found, strata, cov_type="HC1"), rel=1e-8)


def test_with_threads_the_interval_is_that_of_clusters() -> None:
    outcome, found, strata, threads = replies(2, thread_size=3)
    ours = figures(associate("csat", outcome, found, strata, threads))
    fit = {"cov_type": "cluster", "cov_kwds": {"groups": threads}}
    assert ours == pytest.approx(reference(outcome, found, strata, **fit), rel=1e-8)


def test_the_interval_holds_the_true_effect_as_often_as_it_should() -> None:
    held = 0
    for seed in range(300):
        one = associate("csat", *replies(seed, thread_size=2, count=300))
        held += one.effect.low <= EFFECT <= one.effect.high  # type: ignore[operator]
    assert 0.91 <= held / 300 <= 0.98


def test_no_effect_is_not_taken_from_who_answers() -> None:
    chance = [associate("csat", *replies(seed, effect=0.0)).effect.chance for seed in range(200)]
    assert sum(chance) / 200 >= 0.9  # 95 % are expected
    outcome, found, *_ = replies(3, effect=0.0)
    assert outcome[found].mean() < outcome[~found].mean() - 0.4  # unadjusted, it would look like one


def test_a_yes_or_no_outcome_gives_a_difference_in_probability() -> None:
    random = np.random.default_rng(5)
    found = random.random(4000) < 0.3
    reopened = (random.random(4000) < 0.1 + 0.2 * found).astype(float)
    one = associate("outcome_reopened", reopened, found, np.zeros(4000, int), np.arange(4000))
    assert one.yes_no
    assert not associate("x", reopened * 2, found, np.zeros(4000, int), np.arange(4000)).yes_no
    assert one.effect.value == pytest.approx(reopened[found].mean() - reopened[~found].mean())
    assert one.effect.low < 0.2 < one.effect.high  # type: ignore[operator]


def test_agents_without_both_kinds_of_replies_tell_nothing() -> None:
    found = np.array([True] * 50 + [False] * 50)
    one = associate("csat", np.arange(100.0), found, np.repeat([0, 1], 50), np.arange(100))
    assert (one.effect.value, one.found, one.others) == (None, 0, 0)
    assert one.thin


def test_nothing_is_known_of_no_replies() -> None:
    none = np.empty(0, int)
    assert associate("csat", none.astype(float), none.astype(bool), none, none).effect.value is None
