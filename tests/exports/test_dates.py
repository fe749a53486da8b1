"""Times as support desks, spreadsheets and Persian calendars write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamdel.exports.dates import from_datetime, parse_time

MAY_12 = 1_715_459_400  # 2024-05-12 00:00 in Iran
HALF_PAST_TWO = MAY_12 + 14 * 3600 + 30 * 60
UTC = datetime.UTC


def day_of(seconds: int | None) -> datetime.date:
    assert seconds is not None
    assert (seconds + 12_600) % 86_400 == 0
    return datetime.datetime.fromtimestamp(seconds + 12_600, UTC).date()


@pytest.mark.parametrize(
    ("jalali", "gregorian"),
    [
        ("1403/01/01", "2024-03-20"),
        ("1403/12/30", "2025-03-20"),
        ("1404/01/01", "2025-03-21"),
        ("1399/12/30", "2021-03-20"),
        ("1400/01/01", "2021-03-21"),
        ("1402/12/29", "2024-03-19"),
        ("1408/12/30", "2030-03-20"),
        ("1375/12/30", "1997-03-20"),  # this and the next ones are from ICU's PersianTest
        ("1376/01/01", "1997-03-21"),
        ("1387/01/01", "2008-03-20"),
        ("1389/10/21", "2011-01-11"),
        ("1384/06/31", "2005-09-22"),
        ("1384/07/01", "2005-09-23"),
        ("1468/12/29", "2090-03-19"),
        ("1348/10/11", "1970-01-01"),
    ],
)
def test_jalali_days(jalali: str, gregorian: str) -> None:
    assert day_of(parse_time(jalali)) == datetime.date.fromisoformat(gregorian)
    assert parse_time(jalali) == parse_time(gregorian)


def test_jalali_leap_years() -> None:
    """As in the calendar of the University of Tehran."""
    leap = [year for year in range(1350, 1430) if parse_time(f"{year}/12/30") is not None]
    assert leap == [
        *(1350, 1354, 1358, 1362, 1366, 1370, 1375, 1379, 1383, 1387),
        *(1391, 1395, 1399, 1403, 1408, 1412, 1416, 1420, 1424, 1428),
    ]


def test_jalali_days_follow_one_another() -> None:
    day = datetime.date(1970, 3, 21)
    for year in range(1349, 1480):
        for month in range(1, 13):
            for number in range(1, 32):
                time = parse_time(f"{year}-{month:02}-{number:02}")
                if time is not None:
                    assert day_of(time) == day
                    day += datetime.timedelta(1)
    assert day == datetime.date(2101, 3, 21)


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-12 14:30",
        "2024-05-12T14:30:00",
        "2024-05-12T14:30:00.000",
        "2024-05-12T14:30:00+03:30",
        "2024-05-12T11:00:00Z",
        "2024-05-12T11:00:00.123456Z",
        "2024-05-12 11:00:00 UTC",
        "2024-05-12 11:00:00+00",
        "2024-05-12 06:00:00 -0500",
        "2024/05/12 14:30",
        " 2024/5/12 14:30:00 ",
        "2024/05/12, 2:30 PM",
        "2024-05-12 02:30 ب.ظ",
        "20240512143000",
        "20240512T143000",
        "12.05.2024 14:30",
        "12 May 2024 14:30",
        "12-May-2024 14:30",
        "May 12, 2024 2:30 pm",
        "May 12th, 2024 at 14:30",
        "Sun, 12 May 2024 11:00:00 +0000",
        "Sun, 12 May 2024 11:00:00 GMT",
        "Sun May 12 2024 14:30:00 GMT+0330 (Iran Standard Time)",
        "۱۲ مه ۲۰۲۴ ۱۴:۳۰",
        "1403/02/23 14:30",
        "1403-02-23T14:30:00",
        "۱۴۰۳/۰۲/۲۳ ۱۴:۳۰",
        "١٤٠٣/٠٢/٢٣ ١٤:٣٠",
        "۱۴۰۳/۲/۲۳ - ۱۴:۳۰",
        "۱۴:۳۰ ۱۴۰۳/۰۲/۲۳",
        "۱۴:۳۰:۰۰ - ۱۴۰۳/۰۲/۲۳",
        "23/02/1403 14:30",
        "14030223143000",
        "23 اردیبهشت 1403 14:30",
        "یکشنبه ۲۳ اردیبهشت ۱۴۰۳، ساعت ۱۴:۳۰",
        "يك‌شنبه ۲۳ارديبهشت ماه سال ۱۴۰۳ ساعت ۲:۳۰ عصر",
        "۲۳م اردیبهشت ۱۴۰۳ ساعت ۱۴:۳۰",
        "23 Ordibehesht 1403 14:30",
        "1715511600",
        "1715511600.0",
        "1715511600000",
        "1715511600000000",
        "1715511600000000000",
        "۱۷۱۵۵۱۱۶۰۰",
    ],
)
def test_one_moment_in_many_spellings(text: str) -> None:
    assert parse_time(text) == HALF_PAST_TWO


@pytest.mark.parametrize(
    "text", ["2024-05-12", "2024/5/12", "12 May 2024", "۱۴۰۳/۰۲/۲۳", "23 اردیبهشت 1403", "14030223"]
)
def test_day_begins_at_midnight_in_iran(text: str) -> None:
    assert parse_time(text) == MAY_12


@pytest.mark.parametrize("name", ["امرداد", "مرداد", "Mordad"])
def test_months_have_several_names(name: str) -> None:
    assert parse_time(f"5 {name} 1403") == parse_time("1403/05/05")


def test_noon_and_midnight_of_twelve_hours() -> None:
    assert parse_time("2024-05-12 12:00 AM") == MAY_12
    assert parse_time("2024-05-12 12:00 pm") == MAY_12 + 12 * 3600


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "xx",
            "-",
            "5",
            "0",
            "12:30",
            "45424.6",
            "1403",
            "1403/02",
            "2024-13-01",
            "2024-02-30",
            "2024-05-12 25:00",
        ),
        *(
            "1403/12/31",
            "1402/12/30",
            "1403/07/31",
            "1403/13/01",
            "0000-00-00",
            "1900-01-01",
            "3000-01-01",
            "1200/01/01",
        ),
        *("2024-05-12 13:30 pm", "2024-05-12 12:60", "2024-05-12T14:30+99:00", "2024/05-12", "31 مهر 1403"),
        *("05/12/2024", "12-05-2024", "5 Foo 2024", "5 اردیبهشت 2024", "5 May 1403", "2024-05-12 next week"),
        *("٪", "²", "9" * 5000, "1" * 25, "12 May 2024 12 May 2024", "\0", "\udcff"),
    ],
)
def test_what_is_no_time_or_not_a_clear_one(text: str) -> None:
    assert parse_time(text) is None


def test_datetimes() -> None:
    assert from_datetime(datetime.datetime(2024, 5, 12, 14, 30)) == HALF_PAST_TWO
    assert from_datetime(datetime.datetime(2024, 5, 12, 11, 0, tzinfo=UTC)) == HALF_PAST_TWO
    assert from_datetime(datetime.date(2024, 5, 12)) == MAY_12
    assert from_datetime(datetime.datetime(1403, 2, 23, 14, 30)) == HALF_PAST_TWO  # a spreadsheet knows no Jalali
    assert from_datetime(datetime.datetime(1, 1, 1, tzinfo=UTC)) is None


@given(st.datetimes(datetime.datetime(1970, 1, 2), datetime.datetime(2100, 12, 31), timezones=st.just(UTC)))
def test_iso_times_come_back(time: datetime.datetime) -> None:
    assert parse_time(time.isoformat()) == int(time.timestamp())


@given(st.text() | st.text(alphabet="0123456789۰۱۴:/-. apmTZ+مهردی"))
def test_any_text_is_a_time_or_none(text: str) -> None:
    assert isinstance(parse_time(text), int | None)
