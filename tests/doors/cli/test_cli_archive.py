"""``hamdel archive``: what each command does, says and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_running import FakeChecker, Run

from hamdel.archive.archive import Archive

ORDER = "سلام مینا جان، سفارش ۵۵۰۱ شما فردا تحویل پست می‌شود و سه روز کاری بعد به دستتان می‌رسد."
EXPORT = f"""شناسه مشتری,پاسخ,کارشناس,تاریخ
09121234567,"{ORDER}",sara@example.ir,۱۴۰۳/۰۲/۲۳ ۱۴:۳۰
c2,"سلام، مبلغ ۵۰۰ هزار تومان طی ۷۲ ساعت به کارت شما برمی‌گردد.",رضا,1403/03/01
c3,,رضا,1403/03/01
c3,سلام,رضا,1403/03/01
"""


@pytest.fixture
def export(run: Run) -> Path:
    path = Path("export.csv")  # `run` has changed to an empty folder
    path.write_text(EXPORT, "utf-8")
    return path


def said(text: str) -> str:
    """What is printed, without the marks that keep directions apart."""
    return text.translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069\u200e\u200f")))


def test_import_says_which_columns_and_what_became_of_the_rows(run: Run, export: Path) -> None:
    result = run("archive", "import", str(export), "--archive", "a")
    assert result.exit_code == 0
    assert said(result.stdout).splitlines() == [
        "پاسخ ← «پاسخ»، کارشناس ← «کارشناس»، شناسهٔ مشتری ← «شناسه مشتری»، زمان ← «تاریخ»",
        "این ستون‌ها پیدا نشد: کانال (با --channel نامشان را بدهید)",
        "export.csv: ۳ ردیف: ۲ پاسخ تازه، ۰ تکراری، ۱ بی‌محتوا، ۱ ردیف نادرست",
        'کنار گذاشته شد: export.csv:4: در ستون «پاسخ» متنی نیست',
    ]
    again = run("archive", "import", str(export), "--archive", "a", "--lang", "en")
    assert "3 rows: 0 new, 2 known, 1 courtesy only, 1 rejected" in said(again.stdout)


def test_an_export_without_a_usable_row_is_no_success(run: Run) -> None:
    Path("dates.csv").write_text("پاسخ,تاریخ\n" + "سفارش رسید,2024/25/12\n" * 30, "utf-8")
    result = run("archive", "import", "dates.csv", "--archive", "a")
    assert result.exit_code == 1
    assert "و ۱۰ ردیف نادرست دیگر" in result.stdout


@pytest.mark.parametrize("typed", ["۰۹۱۲۱۲۳۴۵۶۷", "+98 912 123 4567", "9121234567", " 0912-123-4567 "])
def test_a_customer_is_the_same_however_the_id_is_typed(run: Run, export: Path, typed: str) -> None:
    run("archive", "import", str(export), "--archive", "a")
    assert "پاک شد: ۱ پاسخ" in run("archive", "forget", "--archive", "a", "--customer", typed, "--yes").stdout


def test_columns_can_be_named(run: Run) -> None:
    Path("odd.csv").write_text(f"x,y\n1,{ORDER.replace('،', '')}\n", "utf-8")
    refused = run("archive", "import", "odd.csv", "--archive", "a")
    assert refused.exit_code == 2
    assert "--reply" in refused.stderr
    assert run("archive", "import", "odd.csv", "--archive", "a", "--reply", "y", "--customer", "x").exit_code == 0
    with Archive(Path("a")) as archive:
        assert archive.record.uses(1).count == 1


def test_add_and_search(run: Run) -> None:
    options = ("--archive", "a", "--customer-id", "c1", "--agent", "سارا", "--time", "1403/02/23")
    assert said(run("archive", "add", *options, stdin=ORDER).stdout) == "به بایگانی اضافه شد.\n"
    assert "از قبل" in run("archive", "add", *options, stdin=ORDER).stdout
    assert "تعارف" in run("archive", "add", "--archive", "a", stdin="سلام، وقت بخیر").stdout
    found = run(
        "archive", "search", "سفارش ۱۲ شما شنبه تحویل پست می‌شود و دو روز کاری بعد به دستتان می‌رسد", "--archive", "a"
    )
    assert said(found.stdout).splitlines()[0] == "۱۰۰٪  ۱ بار  ۲۳ اردیبهشت ۱۴۰۳"
    assert "هیچ" not in found.stdout
    assert "نیست" in run("archive", "search", "آدرس شما عوض شد و تأیید هم شد", "--archive", "a").stdout


def test_search_as_json_and_by_sentence(run: Run) -> None:
    run(
        "archive",
        "add",
        "--archive",
        "a",
        "--time",
        "2024-05-12",
        stdin=f"{ORDER} هزینهٔ ارسال این سفارش هم رایگان است.",
    )
    text = "هزینهٔ ارسال این سفارش هم رایگان است. و بقیهٔ این متن چیز دیگری است که کسی نگفته."
    whole = json.loads(run("archive", "search", text, "--archive", "a", "--format", "json").stdout)
    assert whole == []
    (hit,) = json.loads(run("archive", "search", text, "--archive", "a", "--sentences", "--format", "json").stdout)
    assert (hit["score"], hit["count"], hit["reply"]) == (100.0, 1, "هزینه ارسال این سفارش هم رایگان است")
    assert hit["first"] == hit["last"] == 1_715_459_400


def test_stats(run: Run, export: Path) -> None:
    run("archive", "import", str(export), "--archive", "a")
    text = said(run("archive", "stats", "--archive", "a").stdout)
    assert "روی هم ۲ پاسخ، ۲ متن متفاوت، ۲ مشتری" in text
    assert "از ۲۳ اردیبهشت ۱۴۰۳ تا ۱ خرداد ۱۴۰۳" in text
    assert "sara" not in text
    data = json.loads(run("archive", "stats", "--archive", "a", "--format", "json").stdout)
    assert (data["replies"], data["texts"], data["undated"]) == (2, 2, 0)
    assert [agent["label"] for agent in data["agents"]] == ["s***@***", "رضا"]


def test_forget_asks_and_forgets(run: Run, export: Path) -> None:
    run("archive", "import", str(export), "--archive", "a")
    unsure = run("archive", "forget", "--archive", "a", "--customer", "c2")
    assert unsure.exit_code == 2
    assert "--yes" in unsure.stderr
    assert "پاک شد: ۱ پاسخ" in run("archive", "forget", "--archive", "a", "--customer", "c2", "--yes").stdout
    nobody = run("archive", "forget", "--archive", "a", "--customer", "c2", "--yes")
    assert (nobody.exit_code, "در بایگانی نیست" in nobody.stdout) == (1, True)
    assert "پاک شد: ۱ پاسخ" in run("archive", "forget", "--archive", "a", "--before", "1404/01/01", "--yes").stdout
    assert "خالی" in run("archive", "stats", "--archive", "a").stdout


def test_verify_and_compact(run: Run, export: Path) -> None:
    run("archive", "import", str(export), "--archive", "a")
    assert run("archive", "compact", "--archive", "a").exit_code == 0
    sound = run("archive", "verify", "--archive", "a")
    assert (sound.exit_code, sound.stdout) == (0, "بایگانی سالم است.\n")
    (segment,) = Path("a").glob("segment-*.bin")
    data = bytearray(segment.read_bytes())
    data[-1] ^= 1
    segment.write_bytes(data)
    damaged = run("archive", "verify", "--archive", "a")
    assert damaged.exit_code == 1
    assert "hamdel archive compact" in damaged.stdout
    run("archive", "compact", "--archive", "a")
    assert run("archive", "verify", "--archive", "a").exit_code == 0


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["search", "x", "--archive", "none"], "none: no archive here"),
        (["stats", "--archive", "none"], "none: no archive here"),
        (["forget", "--archive", "none"], "nothing to forget; name --customer, --agent or --before"),
        (["forget", "--archive", "none", "--before", "soon"], 'can\'t read the date "soon"'),
        (["import", "gone.csv", "--archive", "none"], "gone.csv: no such file"),
        (["import", "x.doc", "--archive", "none"], "x.doc: unknown format"),
        (["add", "gone.txt", "--archive", "none"], "gone.txt: no such file"),
        (["compact", "--archive", "x.doc"], "x.doc: is a file, and an archive is a folder"),
        (["add", "--archive", "x.doc"], "x.doc: is a file, and an archive is a folder"),
    ],
)
def test_refusals_are_one_line(run: Run, args: list[str], message: str) -> None:
    Path("x.doc").write_text("متن", "utf-8")
    result = run("archive", *args, stdin="سفارش شما رسید")
    assert result.exit_code == 2
    assert result.stderr.startswith("hamdel: ")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_check_opens_the_archive_that_is_there(run: Run, checker: FakeChecker, monkeypatch: pytest.MonkeyPatch) -> None:
    run("check", stdin="x")
    assert checker.archive is None
    missing = run("check", "--archive", "none", stdin="x")
    assert missing.exit_code == 2
    assert "none: no archive here" in missing.stderr
    run("archive", "add", "--archive", "a", stdin=ORDER)
    run("check", "--archive", "a", stdin="x")
    assert checker.archive.folder == Path("a")
    monkeypatch.setenv("HAMDEL_ARCHIVE", "a")
    run("check", stdin="x")
    assert checker.archive.folder == Path("a")
    run("check", "--no-archive", stdin="x")
    assert checker.archive is None
    Path("past.txt").write_text("یک", "utf-8")
    run("check", "--past", "past.txt", stdin="x")
    assert checker.archive is None
