"""No door prints, stores, logs or suggests personal data that it wasn't given for that, in any kind and spelling.

What stays as it was given is the user's own draft where it is what they asked for: the text of `fix` and `improve`,
and the edits of a document in an editor.
"""

from __future__ import annotations

import csv
import json
import stat
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from personal_data import SECRETS, SPELLINGS, readable, readable_in, spelled
from typer.testing import CliRunner

from hamdel.archive.archive import Archive
from hamdel.audit.examine import Rules
from hamdel.audit.manifest import make_manifest
from hamdel.checker import Checker
from hamdel.doors.cli import app
from hamdel.doors.keeper import Keeper, Place
from hamdel.doors.lsp.actions import actions
from hamdel.doors.lsp.checked import Checked
from hamdel.doors.lsp.diagnostics import diagnostics
from hamdel.doors.lsp.documents import Document
from hamdel.doors.lsp.drafts import Draft
from hamdel.doors.lsp.hover import hover
from hamdel.doors.stdio.methods import Methods
from hamdel.evaluate.cases import Case, read_cases
from hamdel.evaluate.cases import Rules as CaseRules
from hamdel.evaluate.matching import compare
from hamdel.evidence.analysing import make_analyzer
from hamdel.evidence.customer.details import read_details
from hamdel.exports import Columns
from hamdel.model import Improved, Report
from hamdel.render import archive as archive_render
from hamdel.render.report import edits_json, fixes, improvement, json_report, line, terminal
from hamdel.render.text.json_text import dumps
from hamdel.render.text.pieces import plain
from hamdel.settings.config import Config

ALL = list(spelled())
#: Every kind, each in some spellings, every spelling with some kind; all of them are tried by the slow tests.
SOME = ALL[::7]
MANY = [pytest.param(SOME, id="some"), pytest.param(ALL, id="all", marks=pytest.mark.slow)]
#: What makes checks fire at and around the text.
DRAFT = "تو باید صبر کنی!! {} و در اسرع وقت بررسی می‌شه عزیزم. تو اشتباه کردی"
ANSWER = "سلام. تو باید صبر کنی. در اسرع وقت بررسی می‌شود."

Triple = tuple[str, str, str]


@cache
def checker() -> Checker:
    return Checker(Config())


def leaks(texts: list[Triple], door: Callable[[str], str]) -> list[str]:
    return [name for name, text, value in texts if readable(value, door(text))]


@pytest.mark.parametrize("texts", MANY)
def test_check(texts: list[Triple]) -> None:
    def door(text: str) -> str:
        report = checker().check(DRAFT.format(text), customer=text)
        shown = plain(terminal.render(report, terminal.View(show_all=True)))
        return "\n".join((shown, json_report.render(report), line.render(report)))

    assert leaks(texts, door) == []


@pytest.mark.parametrize("texts", MANY)
def test_what_a_message_brings_into_a_draft(texts: list[Triple]) -> None:
    def door(text: str) -> str:
        fixed = checker().fix(ANSWER, customer=text, offered=True)
        improved = checker().improve(ANSWER, customer=text)
        begun = checker().improve("", customer=text, situation="late-delivery")
        return "\n".join((dumps(edits_json.fixed_to_dict(fixed)), shown(improved), shown(begun)))

    assert leaks(texts, door) == []


def shown(improved: Improved) -> str:
    return plain(improvement.render(improved)) + dumps(edits_json.improved_to_dict(improved))


@pytest.mark.parametrize("texts", MANY)
def test_what_is_said_of_a_fix(texts: list[Triple]) -> None:
    def door(text: str) -> str:
        fixed = checker().fix(DRAFT.format(text))
        told = edits_json.fixed_to_dict(fixed)
        return plain(fixes.left_lines(fixed, checker().config.lang)) + dumps({**told, "text": ""})

    assert leaks(texts, door) == []


@pytest.mark.parametrize("texts", MANY)
def test_editors(texts: list[Triple]) -> None:
    def door(text: str) -> str:
        draft = DRAFT.format(text)
        checked = Checked(Document("untitled:1", draft, 1), Draft(0, len(draft)), report(draft, text))
        context: Any = type("Context", (), {"diagnostics": [], "only": None})
        titles = [one.title for one in actions(checked, (0, len(draft)), context, ())]
        hovers = [str(hover(checked, finding.start)) for finding, _ in checked.shown]
        return "\n".join((*titles, *hovers, *(one.message for one in diagnostics(checked))))

    assert leaks(texts, door) == []


def report(draft: str, customer: str) -> Report:
    return checker().check(draft, customer=customer)


def test_evaluate(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    wanted = [(DRAFT.format(text), [{"id": "respect/blame", "text": text}]) for _, text, _ in SOME]
    lines = [json.dumps({"draft": draft, "expected": labels}) for draft, labels in wanted]
    path.write_text("\n".join(lines), encoding="utf-8")
    cases: list[Case] = list(read_cases(str(path), CaseRules(frozenset(checker().checks))))

    def outputs() -> Iterator[str]:
        for case in cases:
            outcome = compare(case, checker().check(case.talk.draft))
            yield "\n".join(one.text for one in outcome.disagreements)

    assert [name for (name, _, value), told in zip(SOME, outputs(), strict=True) if readable(value, told)] == []


@pytest.mark.parametrize("texts", MANY)
def test_archive(texts: list[Triple], tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with Archive(folder, write=True) as past:
        for number, (_, text, value) in enumerate(texts):
            past.add(f"{text}، پیگیری می‌کنیم", customer=value, agent=text, channel=text, time=number)
        found = leaks(texts, lambda text: dumps([archive_render.to_dict(one) for one in past.search(text, 50)]))
    assert found == []
    stored = b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert readable_in(texts, stored.decode("utf-8", "replace")) == []
    assert wide_open(folder) == []


def wide_open(folder: Path) -> list[Path]:
    """What others than the owner may read or write."""
    if sys.platform == "win32":
        return []
    return [path for path in (folder, *folder.rglob("*")) if stat.S_IMODE(path.stat().st_mode) & 0o077]


def exported(path: Path, texts: list[Triple]) -> Path:
    """Rows with personal data in every cell; of each second one the time or the score can't be read."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["reply", "question", "agent", "created_at", "csat", "id", "customer_id", "channel", "reopens"])
        for number, (_, text, value) in enumerate(texts):
            time = text if number % 4 == 1 else "1403/02/01"
            score = text if number % 4 == 2 else value if number % 4 == 3 and len(value) > 8 else "4"
            rows.writerow([DRAFT.format(text), text, f"سارا {text}", time, score, text, value, text, number])
    return path


def test_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = exported(tmp_path / "export.csv", SOME)
    done = CliRunner().invoke(app, ["archive", "import", str(path), "--archive", "past"])
    assert done.exit_code == 0, done.output
    assert readable_in(SOME, done.output) == []
    assert wide_open(Path("past")) == []
    told = CliRunner().invoke(app, ["archive", "stats", "--archive", "past", "--format", "json"])
    assert readable_in(SOME, told.output) == []


@pytest.mark.parametrize("keep", [False, True])
def test_audit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keep: bool) -> None:
    monkeypatch.chdir(tmp_path)
    path = exported(tmp_path / "export.csv", SOME)
    options = ["--outcome", "reopens", "--workers", "1", "--sample", "20", "--sample-out", "out/sample.jsonl"]
    kept = ["--keep-personal-data"] if keep else []
    done = CliRunner().invoke(app, ["audit", str(path), "--out", "out", *options, *kept])
    assert done.exit_code == 0, done.output
    assert wide_open(Path("out")) == []
    assert readable_in(SOME, done.output) == []
    if keep:
        return
    frames = [pl.read_parquet(file).write_csv() for file in Path("out").glob("*.parquet")]
    others = [file.read_text("utf-8-sig") for file in Path("out").iterdir() if file.suffix != ".parquet"]
    assert len(others) == 8
    assert [readable_in(SOME, text) for text in (*frames, *others)] == [[]] * (len(frames) + len(others))


def test_a_query_is_masked_and_still_told_from_another(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    path.write_bytes(b"")
    queries = (f"SELECT * FROM r WHERE phone = '09{number}51827364'" for number in (3, 1))
    one, other = (make_manifest([path], Columns(query=q), Rules(Config()), anonymous=False) for q in queries)
    assert not readable("09351827364", one.encode().decode())
    assert one.changes(other) == ["another query digest"]


def test_stdio(tmp_path: Path) -> None:
    keeper = Keeper(pause=0)
    methods = Methods(keeper, Place(tmp_path, archive=tmp_path / "archive"), False, lambda _: None)

    def door(text: str) -> str:
        draft, message = DRAFT.format(text), {"draft": ANSWER, "customer": text}
        methods.call("archive/add", {"reply": draft, "agent": text})
        answers = [
            methods.call("check", {"draft": draft, "customer": text}),
            {**methods.call("fix", {"draft": draft}), "text": ""},
            methods.call("fix", {**message, "offered": True}),
            methods.call("improve", message),
            methods.call("archive/search", {"text": draft, "at": 50}),
        ]
        return dumps(answers)

    assert leaks(SOME[::2], door) == []
    keeper.close()


def test_errors_quote_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["check", "09351827364.txt"])
    assert done.exit_code == 2
    assert not readable("09351827364", done.output)


@pytest.mark.parametrize(
    ("message", "orders"),
    [
        ("کد ملی من 0017425832 است و بسته‌ام نرسیده", ()),
        ("کد تأیید من 482913 است", ()),
        ("شماره‌ام 9351827364 است", ()),
        ("کد پستی‌ام ۱۴۱۵۷۳۵۹۱۱ است", ()),
        ("شماره حسابم 0102534876 است", ()),
        ("رمز دومم 58213 بود", ()),
        ("کد ملیم 0017425832 و سفارشم 48213 هست", ("48213",)),
        ("سفارش 5548217 نرسیده، شماره‌م 09351827364", ("5548217",)),
        ("شماره سفارش 0017425832 نرسیده", ("0017425832",)),
        ("کد پیگیری ۴۸۲۹۱۳۷۷ رو زدم", ("۴۸۲۹۱۳۷۷",)),
    ],
)
def test_no_personal_number_is_an_order(message: str, orders: tuple[str, ...]) -> None:
    assert read_details(make_analyzer()(message)).orders == orders


def test_every_kind_and_spelling_is_tried() -> None:
    assert len(SECRETS) >= 30
    assert len(SPELLINGS) >= 20
    assert {name.split("/")[0] for name, _, _ in SOME} >= {secret.name for secret in SECRETS}
    assert {name.split("/")[1] for name, _, _ in SOME if "/" in name} >= set(SPELLINGS)
