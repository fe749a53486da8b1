"""Labelled cases: reading, matching, and statistics against values by hand, scipy and scikit-learn."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamdel.errors import InputError
from hamdel.evaluate.cases import Case, Label, Rules, example_cases, read_cases
from hamdel.evaluate.matching import Counts, compare
from hamdel.evaluate.running import evaluate
from hamdel.evaluate.statistics import bootstrap, f1, interval, kappa, share, spearman
from hamdel.model import Audience, Channel, Conversation, Emotion, Finding, Report, Scores, Severity
from hamdel.model.evaluation import Evaluation, Figure
from hamdel.phrasebank import load_checks

BLAME, TU, STEP = "respect/blame", "respect/tu-form", "clarity/no-next-step"
RULES = Rules(frozenset((BLAME, TU, STEP)))
DRAFT = "تو باید صبر کنی. تو اشتباه کردی."


def read(tmp_path: Path, *lines: object, rules: Rules = RULES) -> list[Case]:
    path = tmp_path / "cases.jsonl"
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    return list(read_cases(str(path), rules))


# Reading


def test_a_full_case(tmp_path: Path) -> None:
    (case,) = read(
        tmp_path,
        {
            "id": "ours-1",
            "customer": "کجاست؟",
            "draft": DRAFT,
            "history": ["یک", "دو"],
            "audience": "business",
            "channel": "email",
            "turn": 2,
            "same_customer": True,
            "expected": [{"id": TU, "text": "تو"}, {"id": STEP, "text": ""}],
            "neutral": [BLAME],
            "respect": 4,
            "empathy": 2.5,
            "emotion": "worry",
        },
    )
    assert case.place == f"{tmp_path / 'cases.jsonl'}:1"
    assert case.talk == Conversation(
        DRAFT, "کجاست؟", ("یک", "دو"), Audience.BUSINESS, Channel.EMAIL, 2, same_customer=True
    )
    assert case.labels == (Label(TU, "تو"), Label(STEP, ""))
    assert (case.neutral, case.emotion, case.clean) == (frozenset((BLAME,)), Emotion.WORRY, False)
    assert case.ratings == {"respect": 4.0, "empathy": 2.5}


def test_the_least_case_takes_the_settings(tmp_path: Path) -> None:
    rules = Rules(RULES.known, audience=Audience.BUSINESS, channel=Channel.SOCIAL)
    empty = {
        "draft": "",
        "expected": [],
        "customer": None,
        "history": None,
        "turn": None,
        "emotion": None,
        "respect": None,
    }
    first, second = read(tmp_path, {"draft": "سلام", "expected": []}, "", "  ", empty, rules=rules)
    assert first.talk == Conversation("سلام", audience=Audience.BUSINESS, channel=Channel.SOCIAL)
    assert (first.clean, first.ratings, first.emotion) == (True, {}, None)
    assert (second.place.rpartition(":")[2], second.talk.draft) == ("4", "")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "broken JSON: Expecting property name"),
        ("[" * 100_000, "broken JSON: "),
        ("[]", "the line must be an object"),
        ({"expected": []}, '"draft" is missing'),
        ({"draft": 1, "expected": []}, '"draft" must be a text'),
        ({"draft": ""}, '"expected" is missing'),
        ({"draft": "", "expected": {}}, '"expected" must be a list'),
        ({"draft": "", "expected": [TU]}, '"expected", item 1 must be an object'),
        ({"draft": "", "expected": [{"text": ""}]}, '"expected", item 1: "id" is missing'),
        (
            {"draft": "تو", "expected": [{"id": TU, "text": "شما"}]},
            '"expected", item 1: "شما" isn\'t in the draft; copy',
        ),
        (
            {"draft": "", "expected": [{"id": "respect/blam"}]},
            'no check is called "respect/blam"; did you mean "respect/blame"?',
        ),
        ({"draft": "", "expected": [], "neutral": ["zzz"]}, 'no check is called "zzz"; `hamdel checks` lists them all'),
        ({"draft": "", "expected": [], "neutral": TU}, '"neutral" must be a list'),
        ({"draft": "", "expected": [], "history": ["", 3]}, '"history", item 2 must be a text'),
        ({"draft": "", "expected": [], "channel": "mail"}, '"channel": "mail" isn\'t known; did you mean "email"?'),
        ({"draft": "", "expected": [], "emotion": "?"}, '"emotion": "\\?" isn\'t known; one of: anger, worry, '),
        ({"draft": "", "expected": [], "respect": 0}, '"respect" must be from 1 to 5, not 0'),
        ({"draft": "", "expected": [], "empathy": True}, '"empathy" must be a number'),
        ({"draft": "", "expected": [], "same_customer": 1}, '"same_customer" must be true or false'),
        ({"draft": "", "expected": [], "turn": 0}, '"turn" must be 1 or more, not 0'),
        ({"draft": "", "expected": [], "turn": 1.5}, '"turn" must be a whole number'),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: object, message: str) -> None:
    with pytest.raises(InputError, match=rf"cases\.jsonl:2: {message}") as caught:
        read(tmp_path, {"draft": "", "expected": []}, line)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e999", "1" * 5000])
def test_odd_numbers_are_no_ratings(tmp_path: Path, value: str) -> None:
    with pytest.raises(InputError, match=r"cases\.jsonl:1: "):
        read(tmp_path, f'{{"draft": "", "expected": [], "respect": {value}}}')


def test_unknown_ids_and_checks_that_are_off_are_left_out_and_counted(tmp_path: Path) -> None:
    rules = Rules(RULES.known, off=(BLAME,), ignore_unknown=True)
    labels = [{"id": "x/y"}, {"id": BLAME}, {"id": TU}]
    (case,) = read(tmp_path, {"draft": "", "expected": labels, "neutral": ["x/y", BLAME, STEP]}, rules=rules)
    assert (case.labels, case.neutral) == ((Label(TU),), frozenset((STEP,)))
    assert (case.unknown, case.off, case.clean) == (1, 1, False)


def test_cases_are_read_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"draft": "یک", "expected": []}\nbroken\n', encoding="utf-8")
    cases = read_cases(str(path), RULES)
    assert next(cases).talk.draft == "یک"
    with pytest.raises(InputError, match=r"x\.jsonl:2: broken JSON"):
        next(cases)


def test_examples_are_cases_about_their_own_check() -> None:
    check = load_checks()[BLAME]
    cases = list(example_cases([check]))
    assert len(cases) == len(check.examples.fire) + len(check.examples.silent)
    assert {case.about for case in cases} == {BLAME}
    assert [case.clean for case in cases] == [not case.labels for case in cases]
    for case in cases:
        assert all(label.check == BLAME and label.text in case.talk.draft for label in case.labels)


# Matching


def found(check: str, text: str = "", severity: Severity = Severity.WARNING, place: int = 0) -> Finding:
    start = [at for at in range(len(DRAFT)) if DRAFT.startswith(text, at)][place] if text else 0
    return Finding(check, severity, start, start + len(text), text, "پیام.")


def compared(
    labels: list[Label], *findings: Finding, least: Severity = Severity.SUGGESTION, **case: Any
) -> dict[str, Counts]:
    outcome = compare(
        Case("x:1", Conversation(DRAFT), tuple(labels), clean=not labels, **case), Report(DRAFT, findings), least
    )
    return dict(outcome.counts)


def test_spans_agree_when_they_overlap_anywhere() -> None:
    labels = [Label(TU, "تو")]
    hit = Counts(right=1, hit=1, both=1)
    assert compared(labels, found(TU, "تو")) == {TU: hit}
    assert compared(labels, found(TU, "تو", place=1)) == {TU: hit}
    assert compared(labels, found(TU, "تو باید")) == {TU: hit}
    assert compared(labels, found(TU, "باید")) == {TU: Counts(wrong=1, missed=1, both=1)}
    assert compared(labels, found(BLAME, "تو")) == {TU: Counts(missed=1, labelled=1), BLAME: Counts(wrong=1, fired=1)}


def test_touching_spans_do_not_overlap() -> None:
    assert compared([Label(TU, "تو ")], found(TU, "باید"))[TU].wrong == 1


def test_labels_about_the_whole_draft_agree_with_any_finding() -> None:
    for finding in (found(STEP), found(STEP, "صبر")):
        assert compared([Label(STEP)], finding) == {STEP: Counts(right=1, hit=1, both=1)}


def test_one_label_many_findings_and_the_other_way_round() -> None:
    many = compared([Label(TU, DRAFT)], found(TU, "تو"), found(TU, "کنی"))[TU]
    assert (many.right, many.hit) == (2, 1)
    one = compared([Label(TU, "تو"), Label(TU, "کنی"), Label(TU, "کردی")], found(TU, "تو باید صبر کنی"))[TU]
    assert (one.right, one.hit, one.missed) == (1, 2, 1)


def test_places_of_a_label_may_overlap_each_other() -> None:
    draft = "ههه"
    case = Case("x:1", Conversation(draft), (Label(TU, "هه"),))
    report = Report(draft, (Finding(TU, Severity.WARNING, 2, 3, "ه", "پیام."),))
    assert compare(case, report).counts[TU].right == 1


def test_neutral_checks_and_unlisted_suggestions_count_neither_way() -> None:
    left_out = Counts(unjudged=1, left_out=1)
    assert compared([], found(TU, "تو"), neutral=frozenset((TU,))) == {TU: left_out}
    assert compared([], found(TU, "تو", Severity.SUGGESTION)) == {TU: left_out}
    assert compared([], neutral=frozenset((TU,))) == {TU: Counts(left_out=1)}
    assert compared([Label(TU, "تو")], found(TU, "تو", Severity.SUGGESTION)) == {TU: Counts(right=1, hit=1, both=1)}
    both = compared([Label(TU, "تو")], found(TU, "تو"), found(TU, "کنی"), neutral=frozenset((TU,)))
    assert both == {TU: Counts(right=1, unjudged=1, hit=1, both=1)}


def test_what_is_below_the_least_severity_is_not_there() -> None:
    quiet = found(TU, "تو", Severity.SUGGESTION)
    assert compared([Label(TU, "تو")], quiet, least=Severity.WARNING) == {TU: Counts(missed=1, labelled=1)}
    assert compared([], quiet, least=Severity.WARNING) == {}


def test_an_example_judges_its_own_check_only_and_suggestions_too() -> None:
    assert compared([], found(TU, "تو", Severity.SUGGESTION), found(BLAME), about=TU) == {TU: Counts(wrong=1, fired=1)}


def test_disagreements_are_masked() -> None:
    draft = "کارت 6037-9911-2345-6786 را بده"
    case = Case("x:7", Conversation(draft), (Label(TU, "6037-9911-2345-6786"), Label(STEP)))
    report = Report(draft, (Finding(BLAME, Severity.WARNING, 5, 24, "6037-9911-2345-6786", "پیام."),))
    texts = {(one.place, one.check, one.missed): one.text for one in compare(case, report).disagreements}
    assert texts == {
        ("x:7", BLAME, False): "****-****-****-6786",
        ("x:7", TU, True): "****-****-****-6786",
        ("x:7", STEP, True): "",
    }


# Statistics


def ones(count: int) -> Any:
    return np.ones((1, count))


def test_shares_and_f1_by_hand() -> None:
    assert share(np.array([3.0]), np.array([4.0]))[0] == 0.75
    assert np.isnan(share(np.array([0.0]), np.array([0.0]))[0])
    nan = math.nan
    got = f1(np.array([0.5, 1.0, nan, 0.0, nan]), np.array([1.0, 0.0, 0.0, nan, nan]))
    assert got[:4] == pytest.approx([2 / 3, 0, 0, 0])
    assert np.isnan(got[4])


def test_kappa_by_hand() -> None:
    # 20 and 15 times both agree; by chance 0.5 of 50: (0.7 - 0.5) / (1 - 0.5)
    assert kappa(*map(np.array, ([20.0], [5.0], [10.0], [15.0])))[0] == pytest.approx(0.4)
    assert kappa(*map(np.array, ([5.0], [0.0], [0.0], [5.0])))[0] == 1
    assert kappa(*map(np.array, ([0.0], [5.0], [5.0], [0.0])))[0] == -1
    assert np.isnan(kappa(*map(np.array, ([0.0], [0.0], [0.0], [9.0])))[0])
    assert np.isnan(kappa(*map(np.array, ([0.0], [0.0], [0.0], [0.0])))[0])


def test_spearman_by_hand() -> None:
    assert spearman(np.array([1.0, 2.0, 3.0]), np.array([10.0, 20.0, 30.0]), ones(3))[0] == pytest.approx(1)
    assert spearman(np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0, 1.0]), ones(3))[0] == pytest.approx(-1)
    # ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4: covariance 4.5, variances 4.5 and 5
    rho = spearman(np.array([1.0, 5.0, 5.0, 9.0]), np.array([1.0, 3.0, 2.0, 4.0]), ones(4))[0]
    assert rho == pytest.approx(4.5 / math.sqrt(4.5 * 5))
    assert np.isnan(spearman(np.array([1.0, 1.0]), np.array([1.0, 2.0]), ones(2))[0])
    assert np.isnan(spearman(np.array([]), np.array([]), np.ones((1, 0)))[0])


def test_a_weight_is_as_good_as_a_repeated_case() -> None:
    x, y, weights = np.array([1.0, 2.0, 2.0, 5.0]), np.array([3.0, 1.0, 4.0, 4.0]), np.array([[2.0, 0.0, 3.0, 1.0]])
    times = weights[0].astype(int)
    repeated = spearman(x.repeat(times), y.repeat(times), ones(6))
    assert spearman(x, y, weights) == pytest.approx(repeated)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 5)), min_size=2, max_size=40))
def test_spearman_is_that_of_scipy(pairs: list[tuple[int, int]]) -> None:
    stats = pytest.importorskip("scipy.stats")
    x, y = np.array(pairs, float).T
    ours = spearman(x, y, ones(len(x)))[0]
    if len(set(x)) == 1 or len(set(y)) == 1:
        assert np.isnan(ours)
    else:
        assert ours == pytest.approx(stats.spearmanr(x, y).statistic)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_kappa_precision_recall_and_f1_are_those_of_scikit_learn(pairs: list[tuple[bool, bool]]) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    fired, labelled = (list(column) for column in zip(*pairs, strict=True))
    result = evaluated(*((TU if label else "", [found(TU)] if fire else []) for fire, label in pairs))
    precision, recall, f_score, _ = metrics.precision_recall_fscore_support(
        labelled, fired, average="binary", zero_division=0
    )
    if not any(fired) and not any(labelled):
        assert result.checks == ()
        return
    (row,) = result.checks
    assert (row.precision.value or 0, row.recall.value or 0) == pytest.approx((precision, recall))
    assert row.f1.value == pytest.approx(f_score)
    if all(fired) and all(labelled):
        assert row.kappa.value is None
    else:
        assert row.kappa.value == pytest.approx(metrics.cohen_kappa_score(labelled, fired))


@pytest.mark.parametrize("cases", [20, 5000])
def test_bootstrap_of_a_share_has_the_percentiles_of_the_binomial(cases: int) -> None:
    stats = pytest.importorskip("scipy.stats")
    right = np.arange(cases) < cases * 0.7
    figures, resampled = bootstrap(
        cases, lambda weights: share(weights @ right[:, None], weights.sum(1, keepdims=True))
    )
    assert figures[0] == pytest.approx(0.7)
    assert resampled.shape == (1000, 1)
    low, high = interval(resampled[:, 0]) or (0.0, 0.0)
    for got, level in ((low, 0.025), (high, 0.975)):
        assert got == pytest.approx(stats.binom.ppf(level, cases, 0.7) / cases, abs=1.1 / cases + 0.002)


def test_bootstrap_draws_as_many_cases_as_there_are_and_the_same_each_time() -> None:
    sizes = bootstrap(7, lambda weights: weights.sum(axis=1, keepdims=True))[1]
    assert (sizes == 7).all()
    first, second = (bootstrap(30, lambda weights: weights[:, :3])[1] for _ in range(2))
    assert (first == second).all()
    assert first.mean() == pytest.approx(1, abs=0.05)


def test_no_interval_when_half_of_the_resamples_say_nothing() -> None:
    assert interval(np.array([math.nan, math.nan, 0.5, 0.6])) is None
    assert interval(np.array([math.nan, 0.5, 0.5])) == (0.5, 0.5)


# All of it


def evaluated(*cases: tuple[str, list[Finding]], keep: int | None = None) -> Evaluation:
    """Evaluate cases, each given as the check that labels its whole draft (or none) and what is found."""
    labelled = [
        Case(f"x:{number}", Conversation(DRAFT), (Label(label),) if label else (), clean=not label)
        for number, (label, _) in enumerate(cases)
    ]
    reports = iter([Report(DRAFT, tuple(findings)) for _, findings in cases])
    return evaluate(lambda _: next(reports), labelled, keep=keep)


def test_an_evaluation_by_hand() -> None:
    result = evaluated(
        (TU, [found(TU, "تو"), found(TU, "کنی")]),
        (TU, []),
        (BLAME, [found(BLAME), found(TU)]),
        ("", [found(TU)]),
        ("", [found(BLAME, severity=Severity.SUGGESTION)]),
        ("", []),
    )
    assert result.cases == 6
    blame, tu = result.checks
    assert (tu.check, tu.support, tu.found, tu.unjudged) == (TU, 2, 4, 0)
    assert (tu.precision.value, tu.recall.value, tu.f1.value) == (0.5, 0.5, 0.5)
    # fired and labelled 1, fired 2, labelled 1, neither 2: agreement 1/2, by chance 1/2
    assert tu.kappa.value == pytest.approx(0)
    assert (blame.check, blame.support, blame.found, blame.unjudged) == (BLAME, 1, 1, 1)
    assert (blame.precision.value, blame.kappa.value) == (1, 1)
    overall = result.overall
    assert (overall.support, overall.found, overall.kappa) == (3, 5, Figure())
    assert (overall.precision.value, overall.recall.value) == (pytest.approx(3 / 5), pytest.approx(2 / 3))
    assert overall.f1.value == pytest.approx(2 * 0.6 * (2 / 3) / (0.6 + 2 / 3))
    assert (result.alarms.cases, result.alarms.figure.value) == (3, pytest.approx(1 / 3))
    low, high = overall.precision.low, overall.precision.high
    assert low is not None
    assert high is not None
    assert 0 <= low < 0.6 < high <= 1
    assert (result.emotion.cases, result.emotion.figure) == (0, Figure())
    assert result.scores["respect"].figure == Figure()


def test_a_check_that_never_fires_has_no_precision() -> None:
    (row,) = evaluated((TU, []), ("", [])).checks
    assert (row.precision, row.recall.value, row.f1.value) == (Figure(), 0, 0)


def test_disagreements_are_counted_and_as_many_kept_as_wanted() -> None:
    cases = [("", [found(TU)])] * 5
    assert [len(evaluated(*cases, keep=keep).disagreements) for keep in (None, 0, 3)] == [5, 0, 3]
    assert evaluated(*cases, keep=3).disagreed == 5


def rated() -> Iterator[tuple[Case, Report]]:
    ratings = [(1, 20.0), (3, 60.0), (2, 40.0), (5, 90.0), (4, 95.0)]
    for number, (rating, score) in enumerate(ratings):
        emotion = Emotion.ANGER if number < 3 else None
        case = Case("x:1", Conversation(DRAFT), clean=True, emotion=emotion, ratings={"respect": rating})
        report = Report(DRAFT, emotion=Emotion.ANGER if number else Emotion.WORRY, scores=Scores(score, 50.0, 50.0))
        yield case, report
    yield Case("x:6", Conversation(""), clean=True, ratings={"respect": 3, "empathy": 3}), Report("")  # no scores


def test_scores_are_compared_with_ratings_and_emotions_counted() -> None:
    cases, reports = zip(*rated(), strict=True)
    feed = iter(reports)
    result = evaluate(lambda _: next(feed), cases)
    assert (result.scores["respect"].cases, result.scores["respect"].figure.value) == (5, pytest.approx(0.9))
    assert result.scores["empathy"].cases == 0
    assert (result.emotion.cases, result.emotion.figure.value) == (3, pytest.approx(2 / 3))
    assert result.checks == ()
    assert result.overall.precision == Figure()


def test_no_cases_are_an_error() -> None:
    with pytest.raises(InputError, match="there are no cases"):
        evaluated()
