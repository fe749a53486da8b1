"""Rates, means, differences and trends equal those of statsmodels and scipy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import Table
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportions_ztest
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from hamdel.audit.proportions import adjusted, change_of_means, change_of_shares, mean, rising, share
from hamdel.model.measures import Change, Share

COUNTS = [(0, 1), (1, 1), (0, 40), (3, 40), (20, 40), (40, 40), (7, 100_000), (50_000, 100_000)]


@pytest.mark.parametrize(("count", "of"), COUNTS)
def test_a_share_has_wilsons_interval(count: int, of: int) -> None:
    low, high = proportion_confint(count, of, method="wilson")
    one = share(count, of)
    assert (one.low, one.high) == pytest.approx((low, high), abs=1e-12)
    assert one.rate == count / of


def test_nothing_of_nothing_is_unknown() -> None:
    none = share(0, 0)
    assert (none.rate, none.low, none.high, none.thin) == (None, 0.0, 1.0, True)
    assert change_of_shares(none, share(1, 2)).value is None


@given(st.integers(0, 300), st.integers(1, 300))
def test_an_interval_holds_its_rate(count: int, of: int) -> None:
    one = share(min(count, of), of)
    assert one.rate is not None
    assert 0 <= one.low <= one.rate <= one.high <= 1


@pytest.mark.parametrize(("before", "after"), [((56, 70), (48, 80)), ((9, 10), (3, 10)), ((5, 56), (0, 29))])
def test_a_change_of_rates_is_newcombes(before: tuple[int, int], after: tuple[int, int]) -> None:
    change = change_of_shares(share(*before), share(*after))
    low, high = confint_proportions_2indep(*after, *before, compare="diff", method="newcomb")
    _, p = proportions_ztest([after[0], before[0]], [after[1], before[1]])
    assert (change.low, change.high, change.p) == pytest.approx((low, high, p), abs=1e-9)


def test_newcombes_own_example() -> None:
    change = change_of_shares(share(48, 80), share(56, 70))  # Newcombe 1998, table II, method 10
    assert change.value == pytest.approx(0.2)
    assert (round(change.low or 0, 4), round(change.high or 0, 4)) == (0.0524, 0.3339)


def test_a_mean_has_the_normal_interval() -> None:
    values = np.random.default_rng(1).normal(60, 12, 500)
    low, high = DescrStatsW(values).zconfint_mean()
    one = mean(np.append(values, np.nan))
    assert (one.value, one.low, one.high, one.of) == pytest.approx((values.mean(), low, high, 500))


def test_a_change_of_means_is_welchs() -> None:
    random = np.random.default_rng(2)
    one, other = random.normal(60, 12, 400), random.normal(63, 9, 300)
    change = change_of_means(mean(one), mean(other))
    means = CompareMeans(DescrStatsW(other), DescrStatsW(one))
    low, high = means.zconfint_diff(usevar="unequal")
    assert (change.low, change.high) == pytest.approx((low, high))
    assert change.p == pytest.approx(means.ztest_ind(usevar="unequal")[1])


def test_few_values_have_no_interval() -> None:
    assert mean(np.array([np.nan])).value is None
    assert (mean(np.array([4.0])).value, mean(np.array([4.0])).low) == (4.0, None)
    assert change_of_means(mean(np.array([4.0])), mean(np.array([4.0, 5.0]))).value is None


def test_a_trend_is_cochrans_and_armitages() -> None:
    counts, sizes = np.array([10, 14, 19, 30]), np.array([100, 100, 90, 110])
    z, p = rising([share(int(k), int(n)) for k, n in zip(counts, sizes, strict=True)])
    table = Table(np.array([sizes - counts, counts]), shift_zeros=False)
    reference = table.test_ordinal_association(np.arange(2), np.arange(4))
    total = sizes.sum()
    assert z == pytest.approx(
        reference.zscore * math.sqrt(total / (total - 1)), rel=1e-9
    )  # that one is a permutation's
    assert p == pytest.approx(2 * stats.norm.sf(abs(z)))
    assert p < 0.01


@pytest.mark.parametrize("shares", [[], [share(0, 9)] * 3, [Share(0, 0, 0, 1)] * 3, [share(3, 9)]])
def test_no_trend_in_what_does_not_vary(shares: list[Share]) -> None:
    assert rising(shares) == (0.0, 1.0)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_many_tests_are_adjusted_as_by_benjamini_and_hochberg(ps: list[float]) -> None:
    ours = adjusted([None, *ps])
    assert ours[0] is None
    assert ours[1:] == pytest.approx(multipletests(ps, method="fdr_bh")[1].tolist())


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (Change(0.1, 0.04, 0.16, 0.001), False),
        (Change(-0.1, -0.16, -0.04, 0.001), False),
        (Change(0.1, 0.04, 0.16, 0.2), True),
        (Change(0.01, -0.02, 0.04, 0.001), True),  # the trend over all periods isn't chance, first against last may be
        (Change(None, None, None, None), True),
    ],
)
def test_what_may_be_chance(change: Change, expected: bool) -> None:
    assert change.chance is expected
