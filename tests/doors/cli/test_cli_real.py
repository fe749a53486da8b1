"""``hamdel check`` with the real checker: odd input, a bad reply and a good one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_running import Run


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (b"", "nothing-to-check"),
        (b" \n\t \r\n", "nothing-to-check"),
        ("😀🌹👍🏽".encode(), "nothing-to-check"),
        (b"salam, sefareshetoon ersal shod", "not-persian"),
        (b"Hello, your order has shipped.", "not-persian"),
        ("سلام\0 وقت بخیر".encode(), "checked"),
        ("سلام، وقت بخير".encode("cp1256"), "checked"),
        ("سلام، وقت بخیر".encode("utf-16"), "checked"),
        ("سلام، وقت بخیر".encode("utf-16-le"), "checked"),
        ("سلام".encode("utf-8-sig"), "checked"),
    ],
)
def test_odd_drafts_get_an_honest_answer(run: Run, draft: bytes, expected: str) -> None:
    done = run("check", "--format", "json", "--fail-on", "never", stdin=draft)
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(done.stdout)["status"] == expected


def test_nothing_to_check_says_so_and_is_clean(run: Run) -> None:
    done = run("check", stdin=b"  ")
    assert done.exit_code == 0
    assert "چیزی برای بررسی نبود" in done.stdout


def test_a_bad_reply_is_found_and_a_good_one_is_not(run: Run) -> None:
    done = run("check", "--format", "json", stdin="سلام. شما اشتباه کردید و صفحه را بستید.".encode())
    assert done.exit_code == 1
    assert "respect/blame" in {one["check"] for one in json.loads(done.stdout)["findings"]}
    good = "سلام، وقت بخیر. درخواست شما ثبت شد و فردا ساعت ۱۰ نتیجه را همین‌جا می‌نویسم."
    assert run("check", stdin=good.encode()).exit_code == 0


def test_settings_that_name_an_unknown_check_stop_the_check(run: Run) -> None:
    Path("hamdel.toml").write_text('[checks]\ndisable = ["respect/blam"]', "utf-8")
    done = run("check", stdin="سلام".encode())
    assert (done.exit_code, done.stdout) == (2, "")
    assert 'did you mean "respect/blame"?' in done.stderr


@pytest.mark.slow
def test_ten_megabytes(run: Run) -> None:
    draft = "سلام، وقت بخیر. سفارش شما فردا می‌رسد. 🌹\n".encode()
    big = draft * (10_000_000 // len(draft))
    done = run("check", "--format", "json", "--fail-on", "never", stdin=big)
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(done.stdout)["status"] == "checked"
