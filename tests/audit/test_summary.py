"""From the tables of an audit to what is told of it."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from audit_frames import START, findings, replies, team

from hamdel.audit.advice import advise
from hamdel.audit.clusters import Limits
from hamdel.audit.formulas import overused
from hamdel.audit.periods import day_starts, span_of
from hamdel.audit.proportions import share
from hamdel.audit.summary import Settings, summarise
from hamdel.checker import Checker
from hamdel.model import Lang, Severity
from hamdel.model.audit import AdviceKind, CheckResult, Summary
from hamdel.model.measures import Span
from hamdel.settings.config import Config


@pytest.fixture(scope="module")
def summary(checker: Checker) -> Summary:
    return summarise(*team(), Settings(checker))


def check_of(summary: Summary, name: str) -> CheckResult:
    return next(one for one in summary.checks if one.check == name)


def test_every_rate_is_counted_over_the_replies(summary: Summary) -> None:
    blame = check_of(summary, "respect/blame")
    rows = {row for row, check in team()[1].collect().select("row", "check").iter_rows() if check == "respect/blame"}
    assert (blame.share.count, blame.share.of, blame.findings) == (len(rows), 600, len(rows))
    for groups in (blame.agents, blame.channels, blame.periods):
        assert sum(one.count for one in groups.values()) == len(rows)
        assert sum(one.of for one in groups.values()) == 600
    agents = team()[0].collect().select("row", "agent").rows()
    assert blame.agents["سارا"] == share(
        sum(row in rows and name == "سارا" for row, name in agents), blame.agents["سارا"].of
    )
    assert summary.families["respect"].count == len(rows)
    assert summary.severities[Severity.WARNING].count >= len(rows)
    assert summary.severities[Severity.ERROR].count == 0
    assert summary.checks[0] is blame


def test_checks_that_never_fired_are_told_too(summary: Summary, checker: Checker) -> None:
    assert {one.check for one in summary.checks} == set(checker.enabled)
    assert check_of(summary, "respect/threat").share == share(0, 600)
    assert check_of(summary, "respect/threat").severity is Severity.ERROR


def test_a_rise_is_seen_and_chance_is_not(summary: Summary) -> None:
    trend = check_of(summary, "respect/blame").trend
    assert trend is not None
    assert not trend.change.chance
    assert trend.change.value == pytest.approx((trend.last.rate or 0) - (trend.first.rate or 0))
    assert trend.change.value > 0.1
    vague = check_of(summary, "clarity/vague-time").trend
    assert vague is not None
    assert vague.change.chance


def test_months_are_of_the_jalali_calendar(summary: Summary) -> None:
    assert summary.span is Span.MONTH
    assert [one.start for one in summary.periods][:2] == [datetime.date(2024, 3, 20), datetime.date(2024, 4, 20)]
    assert summary.first == datetime.date(2024, 3, 20)
    assert sum(one.replies for one in summary.periods) == 600


def test_what_goes_with_an_outcome(summary: Summary) -> None:
    csat, reopened = check_of(summary, "respect/blame").associations
    assert (csat.outcome, reopened.outcome) == ("csat", "reopened")
    assert csat.effect.low < -1 < csat.effect.high  # type: ignore[operator]
    assert not csat.effect.chance
    assert reopened.effect.chance
    assert summary.outcomes == ("csat", "reopened")


def test_agents_go_by_name_and_only_what_is_no_chance_is_told(summary: Summary, checker: Checker) -> None:
    assert [one.name for one in summary.agents] == sorted(("سارا", "رضا", "علی"))
    differs = {one.name: {each.check: each.change.value for each in one.differences} for one in summary.agents}
    assert differs["سارا"]["respect/blame"] > 0.1
    assert not any("clarity/vague-time" in some for some in differs.values())
    ranked = summarise(*team(), Settings(checker, limits=None, rank_agents=True))
    assert ranked.ranked
    assert ranked.agents[0].name == "سارا"


def test_what_matters_most_and_three_things_to_do(summary: Summary) -> None:
    assert summary.headline.check == "respect/blame"
    assert summary.headline.kind in (AdviceKind.RISING, AdviceKind.OUTCOME)
    assert len(summary.advice) == 3
    assert summary.advice[0] == summary.headline
    assert AdviceKind.COPIES in {one.kind for one in summary.advice}


def test_few_replies_give_no_verdict(checker: Checker) -> None:
    few = summarise(replies([{"reply": "سلام"}] * 5), findings([(0, "respect/blame", "warning")]), Settings(checker))
    assert few.headline.kind is AdviceKind.AGAIN
    assert [one.kind for one in few.advice] == [AdviceKind.READ, AdviceKind.AGAIN]
    assert few.checks[0].share.thin
    assert (few.span, few.periods, few.first) == (None, (), None)


def test_no_findings_and_nothing_to_check(checker: Checker) -> None:
    rows = [{"reply": "", "status": "nothing-to-check"}] * 3 + [{"reply": "خوب"}]
    none = summarise(replies(rows), findings([]), Settings(checker))
    assert (none.replies, none.checked) == (4, 1)
    assert none.findings == dict.fromkeys(Severity, 0)
    assert all(not one.share.count for one in none.checks)


def test_nothing_at_all(checker: Checker) -> None:
    rows = [{"reply": "", "status": "nothing-to-check", "respect": None, "empathy": None, "originality": None}]
    none = summarise(replies(rows), findings([]), Settings(checker))
    assert (none.checked, none.agents, none.reading) == (0, (), ())
    assert none.checks[0].share.rate is None


def test_examples_are_checked_again_for_a_better_wording(checker: Checker) -> None:
    reply = "سلام. تو باید صبر کنی تا سفارشت برسد."
    found = checker.check(reply).findings[0]
    frame = findings([(0, found.check, "error")]).with_columns(start=found.start, end=found.end)
    summary = summarise(replies([{"reply": reply}]), frame, Settings(checker, limits=None))
    (example,) = check_of(summary, found.check).examples
    assert example.text[example.start : example.end] == found.matched
    assert example.message == found.message
    assert example.suggestions == found.suggestions[:2]


def test_an_example_that_masking_hides_has_a_message_all_the_same(checker: Checker) -> None:
    rows = [{"reply": "رمز شما ******** است"}]
    summary = summarise(replies(rows), findings([(0, "respect/privacy-leak", "error")]), Settings(checker, limits=None))
    (example,) = check_of(summary, "respect/privacy-leak").examples
    assert example.message


def test_the_same_tables_give_the_same_summary(checker: Checker) -> None:
    assert summarise(*team(200), Settings(checker)) == summarise(*team(200), Settings(checker, Limits(workers=3)))


def test_the_reading_list_has_no_text_twice(summary: Summary) -> None:
    assert {one.why for one in summary.reading} == {"best", "worst", "random"}
    rows = [one.row for one in summary.reading]
    assert len(rows) == len(set(rows))


def test_good_replies_are_read_as_good_where_there_are_few(checker: Checker) -> None:
    texts = ["این پاسخ مشتری را سرزنش می‌کند و چیزی نمی‌گوید", "این پاسخ به مشکل مشتری می‌رسد و راه را می‌گوید"]
    rows = [{"reply": text, "layout": text, "respect": mark} for mark, text in zip((40.0, 90.0), texts, strict=True)]
    found = findings([(0, "respect/blame", "warning")])
    few = summarise(replies(rows), found, Settings(checker, limits=None))
    assert [(one.why, one.row) for one in few.reading] == [("worst", 0), ("best", 1)]
    alone = summarise(replies(rows[:1]), found, Settings(checker, limits=None))
    assert [one.why for one in alone.reading] == ["worst"]
    clean = summarise(replies(rows), findings([]), Settings(checker, limits=None))
    assert "worst" not in {one.why for one in clean.reading}


def test_english_reports_have_english_titles() -> None:
    checker = Checker(Config(lang=Lang.EN))
    summary = summarise(*team(), Settings(checker, limits=None))
    assert check_of(summary, "respect/blame").title == "Blaming the customer"
    assert summary.periods[0].start == datetime.date(2024, 3, 1)


@pytest.mark.parametrize(("days", "span"), [(1, "day"), (20, "day"), (21, "week"), (119, "week"), (120, "month")])
def test_the_time_is_cut_into_a_few_periods(days: int, span: str) -> None:
    first = START.date()
    assert span_of(first, first + datetime.timedelta(days - 1)) == span


def test_weeks_begin_on_saturday() -> None:
    starts = day_starts([datetime.date(2024, 3, 22), datetime.date(2024, 3, 23)], Span.WEEK, Lang.FA)
    assert list(starts.values()) == [datetime.date(2024, 3, 16), datetime.date(2024, 3, 23)]


def test_openings_count_without_names_and_greetings() -> None:
    texts = ["ممنون از پیامتون سارا جان", "ممنون از پیامتون رضا جان", "سلام", ""]
    frame = replies([{"reply": "x", "opening": text, "agent": name} for text in texts * 5 for name in ("الف", "")])
    (one,) = overused(frame, "opening")
    assert (one.share.count, one.share.of, one.agents) == (20, 30, 1)
    assert one.text.startswith("ممنون از پیامتون")


def test_errors_come_before_what_is_more_frequent() -> None:
    blame = CheckResult("respect/blame", "سرزنش", "", Severity.WARNING, share(90, 1000), 90)
    threat = CheckResult("respect/threat", "تهدید", "", Severity.ERROR, share(60, 1000), 60)
    headline, advice = advise([blame, threat], None, ())
    assert headline.kind is AdviceKind.STOP
    assert [one.check for one in advice] == ["respect/threat", "respect/blame", ""]
    thin = replace(threat, share=share(20, 29))
    assert advise([thin], None, ())[0].kind is AdviceKind.AGAIN
