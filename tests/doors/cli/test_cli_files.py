"""``hamdel check`` of many files and folders, with the real checker."""

from __future__ import annotations

import base64
import json
import os
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import mini_schema
import pytest
from cli_running import Run

from hamdel.doors.cli.many import yaml_texts
from hamdel.render.files import files_json, sarif

CARD = "6037-9911-2345-6786"
RUDE = "سلام.\nتو باید صبر کنی.\n"
TU = "respect/tu-form"
GOOD = "سلام وقت بخیر.\n"


def _lines(text: str) -> list[str]:
    return [line.split(": ")[0] for line in text.splitlines() if TU in line]


@pytest.fixture
def files(run: Run) -> Path:
    Path("a.txt").write_text(RUDE, "utf-8")
    Path("sub/.git").mkdir(parents=True)
    Path("sub/b.md").write_text(RUDE, "utf-8")
    Path("sub/.git/c.txt").write_text(RUDE, "utf-8")
    Path("sub/notes.toml").write_text(RUDE, "utf-8")
    Path("good.txt").write_text(GOOD, "utf-8")
    return Path()


def test_files_and_folders_are_checked_once_each(run: Run, files: Path) -> None:
    done = run("check", "a.txt", ".", "./a.txt", "--format", "line")
    assert _lines(done.stdout) == ["a.txt:2:1", "a.txt:2:13", "sub/b.md:2:1", "sub/b.md:2:13"]
    assert done.exit_code == 1
    assert run("check", "good.txt", "sub/notes.toml", "--fail-on", "never").exit_code == 0


def test_the_sums_of_all_texts(run: Run, files: Path) -> None:
    assert "3 texts checked: 4 errors" in run("check", ".", "--lang", "en").stdout
    document = json.loads(run("check", ".", "--format", "json").stdout)
    schema = json.loads(Path(files_json.__file__).with_name("files.schema.json").read_text("utf-8"))
    assert list(mini_schema.problems(document, schema, schema)) == []
    assert [text["file"] for text in document["texts"]] == ["a.txt", "good.txt", "sub/b.md"]
    assert document["summary"]["error"] == 4


def test_one_draft_has_the_report_that_it_always_had(run: Run, files: Path) -> None:
    named, piped = (json.loads(run("check", *args, "--format", "json", stdin=RUDE).stdout) for args in (["a.txt"], []))
    assert named == piped
    assert named["schema"] == "hamdel/report/1"
    assert run("check", "a.txt").stdout == run("check", stdin=RUDE).stdout


def _trouble(name: str) -> None:
    path = Path(name)
    if name == "pipe.txt":
        os.mkfifo(path)
    elif name == "loop.txt":
        path.symlink_to(name)
    elif name == "dangling.md":
        path.symlink_to("nowhere.md")
    elif name == "huge.txt":
        path.write_bytes(b"a" * (1 << 21))
    elif name == "deep.json":
        path.write_text("[" * 100_000, "utf-8")
    elif name == "deep.yaml":
        path.write_text("[" * 5_000, "utf-8")
    else:
        path.write_bytes({
            "image.txt": b"\x89PNG\r\n", "latin.txt": b"\xe9\xff" * 40, "broken.yaml": b"a: [\n",
            "broken.json": b'{"body": ', "broken.csv": b'body\n"x\n', "packed.eml": b"Content-Type: multipart/x\n\n",
        }[name])  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes and links as there")
@pytest.mark.parametrize(
    "name",
    "pipe.txt loop.txt dangling.md huge.txt image.txt latin.txt broken.yaml deep.yaml broken.json deep.json broken.csv "
    "packed.eml".split(),
)
def test_what_cannot_be_read_is_one_line_and_the_rest_is_checked(run: Run, files: Path, name: str) -> None:
    _trouble(name)
    done = run("check", ".", "--field", "body", "--format", "line")
    assert (done.exit_code, len(_lines(done.stdout))) == (2, 4)
    told = [line for line in done.stderr.splitlines() if line.startswith("hamdel: ")]
    assert len(told) == 1
    assert name in told[0]
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may look everywhere")
def test_a_folder_that_is_closed_is_one_line(run: Run, files: Path) -> None:
    Path("closed").mkdir(mode=0)
    done = run("check", ".", "--format", "line")
    assert (done.exit_code, len(_lines(done.stdout))) == (2, 4)
    assert "closed: can't be looked into" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_that_leads_back_is_no_endless_way(run: Run, files: Path) -> None:
    Path("sub/back").symlink_to(Path().absolute(), target_is_directory=True)
    assert len(_lines(run("check", ".", "--format", "line").stdout)) == 4


MACROS = {
    "m.csv": ('name,body\nx,"سلام.\nتو باید صبر کنی."\ny,سلام\n', [3]),
    "semi.csv": ("name;body\r\nx;تو باید صبر کنی.\r\n", [2]),
    "m.json": ('[{"body": "سلام"},\n {"body": "تو باید صبر کنی.", "name": "تو باید صبر کنی."}]', [2]),
    "m.jsonl": ('{"body": "سلام\u2028"}\n{"body": "\\u062a\\u0648 باید صبر کنی."}\n', [2]),
    "m.yaml": ("macros:\n  - body: |\n      سلام.\n      تو باید صبر کنی.\n", [4]),
    "alias.yml": ("a: &a\n  body: تو باید صبر کنی.\nb: *a\nc: !Ref x\n", [2]),
    "long.json": ('{"n": ' + "9" * 6000 + ', "body": "تو باید صبر کنی."}', [1]),
    "html.json": ('{"body": "<p>سلام</p><p>تو باید صبر کنی.</p>"}', [1]),
}


@pytest.mark.parametrize("name", MACROS)
def test_texts_of_macros_are_found_in_their_lines(run: Run, name: str) -> None:
    content, lines = MACROS[name]
    Path(name).write_text(content, "utf-8", newline="")
    done = run("check", name, "--field", "body", "--format", "line")
    assert sorted({int(place.split(":")[1]) for place in _lines(done.stdout)}) == lines
    assert (done.exit_code, done.stderr) == (1, "")


def test_a_field_is_a_key_or_keys_below_keys(run: Run) -> None:
    Path("m.json").write_text('{"reply": {"fa": "تو باید صبر کنی.", "en": ["x", "تو باید صبر کنی."]}}', "utf-8")
    for field, found in (("fa", 1), ("reply.fa", 1), ("reply.en", 1), ("reply", None), ("eply.fa", None)):
        done = run("check", "m.json", "--field", field, "--format", "json")
        assert done.exit_code == (1 if found else 2)
        assert found is None or len(json.loads(done.stdout)["texts"]) in (1, 2)
    assert "m.json: has no text under eply.fa; check --field" in done.stderr


def test_macros_among_files_need_a_field(run: Run, files: Path) -> None:
    Path("m.csv").write_text("body\nx\n", "utf-8")
    done = run("check", "a.txt", "m.csv")
    assert done.exit_code == 2
    assert "m.csv: holds several texts; say with --field" in done.stderr
    missing = run("check", "m.csv", "--field", "reply")
    assert "m.csv: no column reply; it has body" in missing.stderr


@pytest.mark.parametrize("alone", [True, False])
def test_the_body_of_a_packed_mail_is_read(run: Run, files: Path, alone: bool) -> None:
    body = base64.encodebytes(RUDE.encode()).decode()
    kind = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    Path("mail.eml").write_text(f"From: a@b.example\nSubject: x\n{kind}{body}", "utf-8")
    done = run("check", "mail.eml", *([] if alone else ["good.txt"]), "--format", "line")
    assert len(_lines(done.stdout)) == 2
    Path("mail.eml").write_text(f"From: a@b.example\nSubject: x\n\n{RUDE}", "utf-8")
    assert _lines(run("check", "mail.eml", "good.txt", "--format", "line").stdout) == ["mail.eml:5:1", "mail.eml:5:13"]


def _sarif(run: Run, *args: str) -> Any:
    log = json.loads(run("check", *args, "--format", "sarif").stdout)
    if place := os.environ.get("HAMDEL_TEST_SARIF_SCHEMA"):  # OASIS's own, which isn't ours to ship
        import jsonschema_rs

        jsonschema_rs.validator_for(json.loads(Path(place).read_text("utf-8"))).validate(log)
    return log["runs"][0]


def test_sarif_counts_code_points_and_keeps_fingerprints(run: Run, files: Path) -> None:
    Path("a.txt").write_text(f"🙂 تو باید صبر کنی. کارت {CARD}", "utf-8")
    Path("image.txt").write_bytes(b"\x89PNG\r\n")
    found = _sarif(run, ".")
    assert found["columnKind"] == "unicodeCodePoints"
    assert CARD not in json.dumps(found)
    assert found["invocations"][0]["executionSuccessful"] is False
    first = next(one for one in found["results"] if one["ruleId"] == TU)
    region = first["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 5}
    assert found["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == TU
    prints = [one["partialFingerprints"]["hamdelWords/v1"] for one in found["results"]]
    assert len(set(prints)) == len(prints)
    Path("a.txt").write_text(f"سلام.\n\n🙂 تو باید صبر کنی. کارت {CARD}", "utf-8")
    again = _sarif(run, ".")["results"]
    assert first["partialFingerprints"] in [one["partialFingerprints"] for one in again]


def test_sarif_has_no_more_results_than_are_taken(run: Run, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "_MOST", 3)
    found = _sarif(run, ".")
    assert len(found["results"]) == 3
    (note,) = found["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("1 more results")


def test_sarif_of_odd_names_and_of_nothing(run: Run) -> None:
    Path("یک #۱.txt").write_text(RUDE, "utf-8")
    uri = _sarif(run, "یک #۱.txt")["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii()
    assert not set(" #") & set(uri)
    Path("good.txt").write_text("سلام", "utf-8")
    assert _sarif(run, "good.txt")["tool"]["driver"]["name"] == "hamdel"


def test_github_names_the_worst_ten_and_tells_of_the_others(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a,b:c.txt").write_text(RUDE * 10, "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    done = run("check", "a,b:c.txt", "--format", "github", "--lang", "en")
    commands = [line for line in done.stdout.splitlines() if line.startswith("::")]
    assert len(commands) == 10
    assert commands[0].startswith(f"::error file=a%2Cb%3Ac.txt,line=2,endLine=2,title={TU},col=1,endColumn=3::")
    assert "more: see the job's summary" in done.stdout
    assert Path("summary.md").read_text("utf-8").count(f"| {TU} |") >= 20


def test_junit_fails_the_cases_with_grave_findings(run: Run, files: Path) -> None:
    Path("image.txt").write_bytes(b"\x89PNG\r\n")
    Path("good.txt").write_text(GOOD + "\x01", "utf-8")
    suite = ElementTree.fromstring(run("check", ".", "--format", "junit").stdout)
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("4", "2", "1")
    lenient = ElementTree.fromstring(run("check", "a.txt", "--format", "junit", "--fail-on", "never").stdout)
    assert lenient.get("failures") == "0"


def test_what_is_suppressed_is_hidden_until_there_is_more_of_it(run: Run, files: Path) -> None:
    assert run("check", ".", "--suppress-all").exit_code == 0
    store = json.loads(Path("hamdel-suppressions.json").read_text("utf-8"))
    assert sorted(store["files"]) == ["a.txt", "sub/b.md"]
    assert "تو" not in json.dumps(store, ensure_ascii=False)
    done = run("check", ".", "--lang", "en")
    assert done.exit_code == 0
    assert "4 findings are hidden by the suppressions file" in done.stdout
    Path("a.txt").write_text("خوش آمدید.\n" + RUDE + RUDE, "utf-8")
    assert len(_lines(run("check", ".", "--format", "line").stdout)) == 2
    alone = run("check", "a.txt", "--format", "line")
    assert (alone.exit_code, len(_lines(alone.stdout))) == (1, 2)
    assert "۲" in alone.stderr


def test_suppressions_that_are_no_longer_needed_fail_until_they_are_pruned(run: Run, files: Path) -> None:
    run("check", ".", "--suppress-all")
    Path("a.txt").write_text(GOOD, "utf-8")
    Path("sub/b.md").unlink()
    done = run("check", ".", "--lang", "en")
    assert done.exit_code == 1
    assert "2 suppressions are no longer needed" in done.stdout
    assert run("check", "good.txt").exit_code == 0
    assert run("check", ".", "--prune-suppressions").exit_code == 0
    assert json.loads(Path("hamdel-suppressions.json").read_text("utf-8"))["files"] == {}


@pytest.mark.parametrize("content", ["{", "[]", '{"schema": "x"}', '{"schema": "hamdel/suppressions/1", "files": [1]}'])
def test_a_broken_suppressions_file_is_one_line(run: Run, files: Path, content: str) -> None:
    Path("hamdel-suppressions.json").write_text(content, "utf-8")
    for names in (["a.txt"], ["."]):
        done = run("check", *names)
        assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    Path("hamdel-suppressions.json").unlink()
    gone = run("check", "a.txt", "--suppressions", "gone.json")
    assert "gone.json: no such file" in gone.stderr


def test_yaml_without_pyyaml_is_one_line_and_the_rest_is_checked(
    run: Run, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_texts, "find_spec", lambda name: None)
    Path("m.yaml").write_text("body: x", "utf-8")
    done = run("check", ".", "--field", "body", "--format", "line")
    assert (done.exit_code, len(_lines(done.stdout))) == (2, 4)
    assert "m.yaml: YAML needs PyYAML; pip install 'hamdel[yaml]'" in done.stderr


def test_yaml_that_would_take_minutes_is_refused(run: Run) -> None:
    Path("m.yaml").write_text("body: " + "x " * (1 << 19), "utf-8")
    done = run("check", "m.yaml", "--field", "body")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "save it as JSON" in done.stderr


def test_only_what_is_in_files_can_be_suppressed(run: Run, files: Path) -> None:
    done = run("check", "--suppress-all", stdin=RUDE)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--suppress-all is for findings in files" in done.stderr
    done = run("check", "-", "a.txt", "--suppress-all", "--format", "line", stdin=RUDE)
    assert _lines(done.stdout) == ["-:2:1", "-:2:13"]
    assert list(json.loads(Path("hamdel-suppressions.json").read_text("utf-8"))["files"]) == ["a.txt"]
