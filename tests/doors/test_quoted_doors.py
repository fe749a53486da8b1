"""Every door with a quoted message says what the same door says with ``--customer``; offsets are shifted."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from hamdel.archive.archive import Archive
from hamdel.archive.importing import import_rows
from hamdel.archive.past import InMemoryReplies
from hamdel.audit.blocks import Block
from hamdel.audit.examine import Examiner, Rules
from hamdel.checker import Checker
from hamdel.doors.cli import app
from hamdel.doors.keeper import Keeper, Place
from hamdel.doors.lsp.desk import Desk
from hamdel.doors.lsp.documents import Document
from hamdel.doors.lsp.settings import EditorSettings
from hamdel.doors.stdio.methods import Methods
from hamdel.exports import Row
from hamdel.language.parts import split
from hamdel.model import Anchor, Channel, Report, Status
from hamdel.settings.config import Config

ASKED = "سفارش ۵۴۸۲۱ من سه روزه نرسیده، خیلی عصبانی‌ام. چرا کسی جواب تو رو نمی‌ده؟"
REPLY = (
    "تو باید صبر کنی تا بسته‌ی تو از انبار مرکزی بیرون بیاید و به دست پیک برسد.\n"
    "این مشکل شماست و به ما ربطی ندارد؛ بزودي خبر مي‌دهم.\n"
    "تو باید صبر کنی تا بسته‌ی تو از انبار مرکزی بیرون بیاید و به دست پیک برسد."
)
GMAIL = "در تاریخ چهارشنبه ۳ دسامبر ۲۰۲۵ ساعت ۱۰:۳۲ علی رضایی <ali@example.com> نوشت:"
OUTLOOK = "From: Ali <ali@example.com>\nSent: Monday\nTo: support@example.ir\nSubject: سفارش"
#: Where the reply stands among what is somebody else's.
SHAPES = {
    "above": f"> {ASKED}\n\n{{}}",
    "below": f"{{}}\n\n> {ASKED}\n",
    "nested": f"> {ASKED}\n>> سلام، تو صبر کن.\n\n{{}}",
    "marked": f"\u200f\u202b> {ASKED}\n{{}}\n",
    "attributed": f"{{}}\n\n{GMAIL}\n> {ASKED}",
    "bare": f"{{}}\n\n{GMAIL}\n\n{ASKED}\n",
    "outlook": f"{{}}\n\n-----Original Message-----\n{OUTLOOK}\n\n{ASKED}",
    "persian": f"{{}}\n\n________________\nاز: علی\nتاریخ: ۱۲ آذر\nموضوع: سفارش\n\n{ASKED}",
    "windows": f"> {ASKED}\r\n\r\n{{}}\r\n",
}
PAST = ("سلام. تو باید صبر کنی تا بسته‌ی تو از انبار مرکزی بیرون بیاید و به دست پیک برسد. این مشکل شماست.",)


@pytest.fixture(scope="module")
def checker(lexicon_cache: Path) -> Checker:
    return Checker(Config())


@pytest.fixture(params=SHAPES)
def text(request: pytest.FixtureRequest) -> str:
    return SHAPES[request.param].format(REPLY)


def moved(report: Report, text: str) -> Report:
    """The report on the bare reply as one on the text that holds it."""
    by = text.index(REPLY)
    findings = []
    for finding in report.findings:
        edits = tuple(
            replace(e, changes=tuple(replace(c, start=c.start + by, end=c.end + by) for c in e.changes))
            for e in finding.edits
        )
        copy = finding.copy and replace(
            finding.copy,
            copied=tuple((a + by, b + by) for a, b in finding.copy.copied),
            own=tuple((a + by, b + by) for a, b in finding.copy.own),
        )
        placed = replace(finding, edits=edits, copy=copy)
        if finding.anchor is Anchor.SPAN:
            a, b = finding.sentence
            placed = replace(placed, start=finding.start + by, end=finding.end + by, sentence=(a + by, b + by))
        findings.append(placed)
    return replace(report, draft=text, findings=tuple(findings))


def test_check(checker: Checker, text: str) -> None:
    for about in ({}, {"past": PAST}, {"past": PAST * 3, "channel": Channel.EMAIL}, {"channel": Channel.SOCIAL}):
        bare = checker.check(REPLY, customer=ASKED, **about)  # type: ignore[arg-type]
        found = checker.check(text, **about)  # type: ignore[arg-type]
        assert found == moved(bare, text)
        assert found.scores == bare.scores
        assert any(finding.copy for finding in found.findings) == ("past" in about)
        for finding in found.findings:
            assert text[finding.start : finding.end] == finding.matched


@pytest.mark.parametrize("offered", [False, True])
def test_fix(checker: Checker, text: str, *, offered: bool) -> None:
    bare, fixed = checker.fix(REPLY, customer=ASKED, offered=offered), checker.fix(text, offered=offered)
    assert fixed.text == text.replace(REPLY, bare.text)
    assert (len(fixed.fixed), len(fixed.left)) == (len(bare.fixed), len(bare.left))


def test_improve(checker: Checker, text: str) -> None:
    bare, better = checker.improve(REPLY, customer=ASKED), checker.improve(text)
    assert better.text == text.replace(REPLY, bare.text.rstrip())
    by = text.index(REPLY)
    assert better.steps == tuple(replace(s, start=s.start + by, end=s.end + by) for s in bare.steps)
    assert len(better.report.findings) == len(bare.report.findings)
    assert better.report.draft == better.text


def test_a_situation(checker: Checker, text: str) -> None:
    bare = checker.improve(REPLY, customer=ASKED, situation="late-delivery")
    assert checker.improve(text, situation="late-delivery").text == text.replace(REPLY, bare.text)


def run(*args: str, stdin: str = "") -> str:
    result = CliRunner().invoke(app, [*args, "--no-config"], input=stdin.encode(), prog_name="hamdel")
    assert result.exit_code in (0, 1), result.output
    return result.stdout


@pytest.mark.slow
def test_the_command_line(text: str) -> None:
    for form in ("text", "line", "json"):
        bare = run("check", "-", "--customer", ASKED, "--format", form, "--all", stdin=REPLY)
        found = run("check", "-", "--format", form, "--all", stdin=text)
        in_order = sorted if form == "line" else list  # lines are sorted by place, and the whole draft is at its start
        assert in_order(unplaced(found)) == in_order(unplaced(bare))
    bare = run("improve", "-", "--customer", ASKED, "--format", "draft", stdin=REPLY)
    assert run("improve", "-", "--format", "draft", stdin=text).split() == text.replace(REPLY, bare.rstrip()).split()


def unplaced(shown: str) -> list[str]:
    """What is printed, without places in the text."""
    return [re.sub(r"[\d۰-۹]+", "#", line) for line in shown.splitlines() if not re.fullmatch(r"[\s\d\[\],]*", line)]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive", write=True) as opened:
        yield opened


def test_the_archive(archive: Archive, text: str) -> None:
    assert archive.add(text)
    (match,) = archive.search(REPLY, 99)
    assert [one.layout for one in archive.search(text, 99)] == [match.layout]
    assert archive.search(ASKED, 60) == []
    assert archive.sentence_matches(text, 99) == archive.sentence_matches(REPLY, 99)
    assert archive.sentence_matches(ASKED, 60) == []


def test_the_same_reply_archived_bare(checker: Checker, archive: Archive, text: str) -> None:
    archive.add(REPLY, time=1)
    compared = Checker(checker.config, archive)
    (copy,) = [f.copy for f in compared.check(text).findings if f.check == "repetition/near-copy"]
    assert copy
    assert (round(copy.score), copy.own_share) == (100, 0)
    assert not any(ASKED[:10] in text[slice(*span)] for span in (*copy.copied, *copy.own))


def test_different_replies_to_one_message_are_no_copies(checker: Checker, text: str) -> None:
    other = "سلام، مبلغ ۵۰۰ هزار تومان امروز به کارت شما برگشت و رسیدش را برایتان ایمیل کردیم. ممنون که صبوری کردید."
    found = checker.check(text.replace(REPLY, other), past=(text,))
    assert not any(finding.check == "repetition/near-copy" for finding in found.findings)
    assert InMemoryReplies((text,)).latest(1) == InMemoryReplies((REPLY,)).latest(1)


def test_openings(checker: Checker, text: str) -> None:
    openings = ["سلام، پیامتون رو کامل خوندم و متوجه شدم. " + end for end in ("بسته رسید.", "پول برگشت.", "وصل شد.")]
    past = tuple(text.replace(REPLY, one) for one in openings)
    draft = "پیامتون رو کامل خوندم و متوجه شدم. فردا می‌رسد."
    quoted = checker.check(text.replace(REPLY, draft), past=past)
    bare = checker.check(draft, customer=ASKED, past=openings)
    assert [f.check for f in quoted.findings] == [f.check for f in bare.findings]
    assert "repetition/opener" in {f.check for f in quoted.findings}


def test_importing(archive: Archive, tmp_path: Path, text: str) -> None:
    import_rows(archive, [Row(text), Row(f"> {ASKED}")])
    assert archive.record.last_id() == 1
    assert [round(match.score) for match in archive.search(REPLY, 99)] == [100]
    assert archive.search(ASKED, 60) == []


def test_an_audit(checker: Checker, text: str) -> None:
    examiner = Examiner(Rules(Config()))
    quoted, bare = (
        examiner.examine(Block(0, [(0, row), (1, replace(row, reply=f"> {ASKED}"))]))
        for row in (Row(text), Row(REPLY, message=ASKED))
    )
    assert quoted.replies.row(0) == bare.replies.row(0)
    assert quoted.findings.equals(bare.findings)
    assert (quoted.replies["reply"][1], quoted.replies["status"][1]) == ("", Status.NOTHING)


@pytest.mark.slow
def test_an_audit_of_a_file(tmp_path: Path, text: str) -> None:
    pages = []
    for name, rows in (("q", [["", text]]), ("b", [[ASKED, REPLY]])):
        table = tmp_path / f"{name}.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["پیام مشتری", "پاسخ"], *rows])
        run("audit", str(table), "--out", str(tmp_path / name))
        pages.append(json.loads((tmp_path / name / "summary.json").read_text("utf-8")))
    assert pages[0]["checks"] == pages[1]["checks"]


def test_stdio(tmp_path: Path, text: str) -> None:
    methods = Methods(Keeper(pause=0), Place(tmp_path, archive=tmp_path / "archive"), False, print)
    by = text.index(REPLY)

    def ask(method: str, **params: Any) -> dict[str, Any]:
        answer: dict[str, Any] = methods.call(method, params)
        return answer

    bare, found = ask("check", draft=REPLY, customer=ASKED), ask("check", draft=text)
    assert found["scores"] == bare["scores"]
    placed = [(f["check"], f["start"] + by * (f["anchor"] == "span")) for f in bare["findings"]]
    assert [(f["check"], f["start"]) for f in found["findings"]] == placed
    assert ask("fix", draft=text)["text"] == text.replace(REPLY, ask("fix", draft=REPLY, customer=ASKED)["text"])
    assert ask("archive/add", reply=text) == {"added": True}
    assert len(ask("archive/search", text=REPLY)["matches"]) == 1
    assert ask("archive/search", text=ASKED, at=60) == {"matches": []}
    assert ask("archive/add", reply=f"> {ASKED}") == {"added": False}


def test_lsp(checker: Checker, tmp_path: Path, text: str) -> None:
    desk = Desk(Keeper(pause=0), tmp_path, print)
    chosen = EditorSettings()
    found = desk.check(Document("untitled:1", text, 1), chosen)
    bare = moved(checker.check(REPLY, customer=ASKED), text)
    assert [found.place(f) for f in found.report.findings if f.anchor is Anchor.SPAN] == [
        (f.start, f.end) for f in bare.findings if f.anchor is Anchor.SPAN
    ]
    assert text[slice(*found.first_word)] == "تو"
    assert found.end == text.index(REPLY) + len(REPLY)
    end = "\r\n" if "\r\n" in text else "\n"
    assert desk.fix(found, chosen).replace(end, "\n") == checker.fix(text).text.replace("\r\n", "\n")


def test_interleaved(checker: Checker) -> None:
    text = "> کی می‌رسه؟\n\nتو صبر کن، فردا.\n\n> با پیک؟\nبله، تو مي‌بینی.\n-- \nسارا"
    parts = split(text)
    report = checker.check(text)
    assert report.customer == "کی می‌رسه؟\nبا پیک؟"
    assert report.scores == checker.check(parts.reply, customer=report.customer).scores
    for finding in report.findings:
        assert text[finding.start : finding.end] == finding.matched
        assert not any(c.start < text.index("\n> با") < c.end for edit in finding.edits for c in edit.changes)
    for better in (checker.fix(text).text, checker.fix(text, offered=True).text, checker.improve(text).text):
        assert [line for line in better.split("\n") if line.startswith(">")] == ["> کی می‌رسه؟", "> با پیک؟"]
        assert better.endswith("\n-- \nسارا")
        assert better != text


@pytest.mark.parametrize("text", [f"> {ASKED}", f"{GMAIL}\n> {ASKED}\n", f"{OUTLOOK}\n\n{ASKED}"])
def test_nothing_but_a_quote(checker: Checker, text: str, tmp_path: Path) -> None:
    report = checker.check(text)
    assert (report.status, report.findings, report.scores, report.draft) == (Status.NOTHING, (), None, text)
    assert checker.fix(text).text == checker.improve(text).text == text
    assert "فقط پیام نقل‌شدهٔ مشتری" in run("check", "-", stdin=text)
    assert "فقط پیام نقل‌شدهٔ مشتری" in run("improve", "-", stdin=text)
    assert "فقط پیام نقل‌شده هست" in run("archive", "add", "-", "--archive", str(tmp_path / "a"), stdin=text)
    started = checker.improve(text, situation="late-delivery").text
    bare = checker.improve("", customer=ASKED, situation="late-delivery").text
    assert started.replace(text.strip(), "").strip() == bare


SAID = (
    "تو صبر کن تا بررسی بشه.",
    "این مشکل شماست!!",
    "بزودي خبر مي‌دهم",
    "سلام، عزیزم خوبی؟",
    "شماره‌تو بده زنگ بزنم بهت.",
    "متأسفانه امکانش نیست.",
    "با احترام",
    "{name} عزیز",
    "",
)
ASKING = ("> سفارشم نرسیده", "\u200f> چرا؟", ">> تو صبر کن", ">")
LINES = st.lists(st.sampled_from(SAID + ASKING), min_size=2, max_size=9)


@settings(max_examples=60)
@given(LINES, st.sampled_from(("\n", "\r\n")))
def test_what_is_quoted_stays(checker: Checker, lines: list[str], end: str) -> None:
    """Whatever is quoted where, it is in the text afterwards, in its order; findings and steps are slices."""
    text = end.join(lines)
    quoted = [line for line in lines if line.strip("\u200f").startswith(">")]
    for finding in checker.check(text).findings:
        assert text[finding.start : finding.end] == finding.matched
    better = checker.improve(text)
    begun = checker.improve(text, situation="late-delivery").text
    for after in (checker.fix(text).text, checker.fix(text, offered=True).text, better.text, begun):
        assert [line for line in after.splitlines() if line.strip("\u200f").startswith(">")] == quoted
    for step in better.steps:
        assert better.text[step.start : step.end].strip(" .\r\n") == step.after.strip(" .\r\n")
