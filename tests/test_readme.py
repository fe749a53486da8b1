"""The README tells the truth: its commands, options, settings, examples and table are the program's own."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from hamdel import Checker
from hamdel.audit.frames import FINDINGS, REPLIES
from hamdel.base.resources import phrasebank_dir
from hamdel.checks.engine import MATCHERS
from hamdel.checks.scoring import FRESH
from hamdel.doors.cli import app
from hamdel.doors.cli.bidi_terminal import VARIABLE
from hamdel.doors.lsp.settings import KEYS, EditorSettings
from hamdel.evaluate.cases import Rules, read_cases
from hamdel.evaluate.running import evaluate
from hamdel.evidence.learned.inference import MODEL
from hamdel.evidence.learned.model_file import Model
from hamdel.evidence.learned.ratings import RATED
from hamdel.evidence.predicates.registry import GUARDS
from hamdel.phrasebank import load_check, load_checks
from hamdel.phrasebank.measured import load_measured
from hamdel.render.check.check_markdown import markdown
from hamdel.settings.config import Config, load_config
from hamdel.settings.keys import from_environment
from hamdel.wording.sandbox import FILTERS, TemplateEnvironment
from hamdel.wording.skeletons import Skeletons
from hamdel.wording.slots import LABELS, SETTINGS
from hamdel.wording.suggest import Suggester

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TABLE = re.compile(r"(?<=<!-- checks: )([^\n]*-->\n)(.*?)(?=<!-- /checks -->)", re.DOTALL)
OTHERS = {"--hidden"}  # options of other programs that the README mentions


def blocks(language: str) -> list[str]:
    return [body for name, body in FENCE.findall(README) if name == language]


def options_of(command: object) -> set[str]:
    parameters = getattr(command, "params", ())
    return {name for parameter in parameters for name in parameter.opts} | {"--help", "-h"}


GROUP = typer.main.get_command(app)
COMMANDS: dict[str, set[str]] = {name: options_of(command) for name, command in GROUP.commands.items()}  # type: ignore[attr-defined]
COMMANDS |= {f"archive {name}": options_of(one) for name, one in GROUP.commands["archive"].commands.items()}  # type: ignore[attr-defined]


def test_begins_with_two_commands() -> None:
    title, _, rest = README.partition("\n")
    assert title.startswith("# hamdel")
    assert rest.startswith("\n```sh\npython3 -m venv ")
    run, test = blocks("sh")[0].splitlines()
    assert run.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert run.endswith(" --fail-on never")
    assert test.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert test.endswith(".venv/bin/python -m pytest")


def test_the_example_is_a_conversation() -> None:
    path = blocks("sh")[0].splitlines()[0].split("hamdel check ")[1].split()[0]
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("> ")
    report = Checker(Config()).check("\n".join(lines))
    assert report.customer == lines[0][2:]
    assert len({finding.check for finding in report.findings}) >= 4


@pytest.mark.parametrize("line", [line for block in blocks("sh") for line in block.splitlines() if "hamdel " in line])
def test_commands_exist(line: str) -> None:
    words = line.split("#", maxsplit=1)[0].rpartition("hamdel ")[2].split()
    both = " ".join(words[:2])
    name = both if words[0] == "archive" or both in COMMANDS else words[0]
    assert name in COMMANDS
    assert {word for word in words if word.startswith("--")} <= COMMANDS[name]


def test_options_exist() -> None:
    tables = re.findall(r"^\| option of `hamdel (\w+)` .*?\n\n", README, re.MULTILINE | re.DOTALL)
    assert tables == ["check", "audit"]
    for command in tables:
        table = README.partition(f"| option of `hamdel {command}` ")[2].partition("\n\n")[0]
        cells = re.findall(r"^\| (`--.*?) \|", table, re.MULTILINE)
        documented = {option for cell in cells for option in re.findall(r"--[\w-]+", cell)}
        assert documented == {option for option in COMMANDS[command] if option.startswith("--")} - {"--help"}
    known = set().union(*COMMANDS.values(), OTHERS)
    assert set(re.findall(r"(?<![\w-])--[a-z][\w-]+", README)) <= known


def test_columns_of_an_audit_exist() -> None:
    for name, schema in (("replies", REPLIES), ("findings", FINDINGS)):
        row = re.search(rf"^\| `{name}\.parquet`.*? \| (.*) \|$", README, re.MULTILINE)
        assert row is not None
        listed, _, _ = row[1].partition("; the CSV")
        assert re.findall(r"`(\w+)`", listed.replace("of `reply`", "")) == list(schema)


@pytest.mark.parametrize("name", ["lsp", "stdio"])
def test_options_of_the_servers_exist(name: str) -> None:
    """The paragraph about a server lists its options."""
    section = README.partition("## Editors and programs")[2].partition("\n## ")[0]
    (listed,) = re.findall(rf"`hamdel {name}`\s+takes (.*?)\.\s", section, re.DOTALL)
    documented = set(re.findall(r"`(--[\w-]+)`", listed))
    assert documented == {one for one in COMMANDS[name] if one.startswith("--")} - {"--help", "--stdio"}


def test_settings_of_editors_exist() -> None:
    table = README.partition("| setting | values | meaning |")[2].partition("\n\n")[0]
    documented = re.findall(r"`(\w+)`", " ".join(line.split("|")[1] for line in table.splitlines()[2:]))
    assert sorted(documented) == sorted(KEYS)
    delay = re.findall(r"\| milliseconds, (\d+) \|", table)
    assert [int(one) / 1000 for one in delay] == [EditorSettings().delay]


def test_settings_exist(tmp_path: Path) -> None:
    (settings,) = (block for block in blocks("toml") if "audience" in block)
    (tmp_path / "our-checks").mkdir()
    (tmp_path / "our-templates").mkdir()
    (tmp_path / "our-macros").mkdir()
    (tmp_path / "hamdel.toml").write_text(settings, encoding="utf-8")
    config = load_config(tmp_path / "hamdel.toml", env={})
    keys = set(re.findall(r"^(\w+) =", settings, re.MULTILINE))
    documented = keys | {"severity", "enable", "disable"}
    assert documented >= {name for name in Config.__dataclass_fields__ if name != "source"}
    assert config.severity


def test_environment_variables_exist() -> None:
    names = set(re.findall(r"HAMDEL_[A-Z_]+", README)) - {"HAMDEL_CACHE_DIR", "HAMDEL_WRITE_README"}
    names.remove(VARIABLE)  # of terminals, not a setting
    assert names
    for name in names:
        assert from_environment({name: "تو" if name == "HAMDEL_ADDRESS" else _allowed(name)})


def _allowed(name: str) -> str:
    return {"HAMDEL_AUDIENCE": "business", "HAMDEL_CHANNEL": "email", "HAMDEL_LANG": "en"}.get(name, "error")


@pytest.mark.parametrize("code", blocks("python"))
def test_python_examples_run(code: str) -> None:
    exec(compile(code, "README.md", "exec"), {})


def test_own_check_works(tmp_path: Path) -> None:
    (text,) = (block for block in blocks("toml") if block.startswith("id = "))
    folder = tmp_path / "our-checks"
    (folder / "brand").mkdir(parents=True)
    path = folder / "brand" / "old-name.toml"
    path.write_text(text, encoding="utf-8")
    check = load_check(path)
    checker = Checker(Config(phrasebanks=(folder,)))
    for example, fires in ((check.examples.fire[0], True), (check.examples.silent[0], False)):
        found = checker.check(example.draft).findings
        assert any(finding.check == check.id for finding in found) is fires


def _first_cells(heading: str) -> list[str]:
    """What the table below a heading row names."""
    table = README.partition(heading)[2].partition("\n\n")[0]
    return re.findall(r"`(\w+)`", " ".join(row.split("|")[1] for row in table.splitlines()[2:]))


def test_variables_and_filters_of_templates_exist() -> None:
    documented = _first_cells("| variable | what it holds |")
    assert sorted(documented) == sorted((*LABELS, *SETTINGS))
    assert sorted(_first_cells("| filter | example |")) == sorted(FILTERS)
    ours = re.search(r"Of Jinja's own filters there are (.*?)\. Templates", README, re.DOTALL)
    assert ours
    known = {name for name in TemplateEnvironment(()).filters if not name.startswith("_")}
    assert set(re.findall(r"`(\w+)`", ours[1])) == known - FILTERS.keys()


@pytest.mark.parametrize("row", re.findall(r"^\| `(\w+)` \| (.*←.*) \|$", README, re.MULTILINE), ids=lambda row: row[0])
def test_filters_do_what_the_readme_says(tmp_path: Path, row: tuple[str, str]) -> None:
    name, examples = row
    for formal, shown in zip((True, False), examples.split("؛ محاوره: "), strict=False):
        for example in shown.split("، "):
            before, _, after = example.rpartition(" ← ")
            before = before or examples.partition(" ← ")[0]
            (tmp_path / "suggestions").mkdir(exist_ok=True)
            (tmp_path / "suggestions" / "a.j2").write_text(f"{{{{ matched | {name} }}}}", encoding="utf-8")
            assert Suggester((tmp_path,)).suggest("a", {"matched": before, "formal": formal}) == (after,)


def test_the_template_works(tmp_path: Path) -> None:
    (text,) = blocks("jinja")
    (tmp_path / "replies").mkdir()
    (tmp_path / "replies" / "lost-key.j2").write_text(text, encoding="utf-8")
    skeletons = Skeletons((tmp_path,))
    assert skeletons.title("lost-key", "fa") == "کلید گم‌شده"
    values = {"problem": "کلیدم گم شده", "time": "فردا", "product": "بسته", "formal": True, "channel": "chat"}
    assert skeletons.render("lost-key", values) == (
        "سلام، وقت شما بخیر.\nنوشتید «کلیدم گم شده»؛ کلید تازه فرداست.\nبستهٔ شما را تا آن روز نگه می‌داریم."
    )


def test_labelled_replies_can_be_evaluated(tmp_path: Path) -> None:
    (lines,) = blocks("json")
    path = tmp_path / "labelled.jsonl"
    path.write_text(lines, encoding="utf-8")
    checker = Checker(Config())
    result = evaluate(checker.check_conversation, read_cases(str(path), Rules(frozenset(checker.checks))))
    assert (result.cases, result.overall.precision.value, result.overall.recall.value) == (2, 1, 1)
    table = README.partition("| key | what it holds |")[2].partition("\n\n")[0]
    documented = re.findall(r"`(\w+)`", " ".join(row.split("|")[1] for row in table.splitlines()[2:]))
    assert set(documented) == {key for line in lines.splitlines() for key in json.loads(line)}


def test_checks_are_named_right() -> None:
    known = set(load_checks(examples=False)) | {"brand/old-name"}
    families = "|".join(sorted({name.partition("/")[0] for name in known}))
    assert set(re.findall(rf"(?<![\w/<])(?:{families})/[a-z][a-z-]+", README)) <= known


def test_guards_and_matchers_are_listed() -> None:
    for name in (*GUARDS, *MATCHERS):
        assert f"`{name}`" in CONTRIBUTING, name


def test_layers_are_listed() -> None:
    table = "\n".join(re.findall(r"^\| (`.*?) \|", CONTRIBUTING, re.MULTILINE))
    modules = {path.stem for path in (ROOT / "src" / "hamdel").iterdir() if path.suffix in ("", ".py")}
    assert set(re.findall(r"`(\w+)`", table)) == {name for name in modules if not name.startswith("_")}


def assert_written(part: re.Pattern[str], expected: str) -> None:
    """See that a part of the README, its opening comment aside, is as expected; write it so when asked to."""
    path = ROOT / "README.md"
    text = path.read_text(encoding="utf-8")
    if os.environ.get("HAMDEL_WRITE_README"):
        text = part.sub(lambda match: match[1] + expected, text)
        path.write_text(text, encoding="utf-8")
    written = part.search(text)
    assert written is not None
    assert written[2] == expected, "write it anew: HAMDEL_WRITE_README=1 pytest tests/test_readme.py"


def test_table_of_checks_is_current() -> None:
    measured = load_measured(phrasebank_dir() / "measured.toml")
    assert_written(TABLE, f"\n{markdown(load_checks(examples=False).values(), measured)}\n")


SCORES = re.compile(r"(<!-- scores -->\n)(.*?)(?=\n<!-- /scores -->)", re.DOTALL)
PARTS = {
    "greet": "it greets",
    "close": "it ends warmly or formally",
    "thank": "it thanks",
    "feel": "it sees the feeling",
    "sorry": "it apologises or owns the fault",
    "problem": "it shows that the problem was read",
    "answer": "it answers or explains",
    "done": "something was done already",
    "commit": "it says what we do next, and by when",
    "ask": "it asks for what is needed",
    "instruct": "it tells how",
    "offer": "it offers an option",
    "explained": "it explains itself (length)",
}


def _score_rows() -> Iterator[tuple[str, ...]]:
    weights = Model(MODEL).values["ratings"]
    checks = {check.fault or check.absence: check.id for check in load_checks(examples=False).values()}
    yield "part", "respect", "empathy", "originality"
    yield "---", "---", "---", "---"
    yield "start", str(round(weights["respect"][0])), str(round(weights["empathy"][0])), str(FRESH)
    for place, (name, _) in enumerate(RATED, 1):
        points = [round(weights[score][place] * (2 if name == "explained" else 1)) for score in ("respect", "empathy")]
        if any(points):
            cells = [f"up to {point:+}".replace("-", "−") for point in points]
            yield PARTS.get(name) or f"`{checks[name]}`", *cells, ""
    yield "it takes up what the customer wrote about", "", "", "+10"
    yield "likeness to an earlier reply", "", "", "−2.25 for each % above 60"
    costs = {check.id: check.policy.originality for check in load_checks(examples=False).values()}
    for check, points in sorted(costs.items(), key=lambda row: (row[1], row[0]), reverse=True):
        if points:
            yield f"`{check}`", "", "", f"−{points}"


def test_score_table_is_current() -> None:
    assert PARTS.keys() == {name for name, sign in RATED if sign > 0}
    assert_written(SCORES, "\n" + "".join(f"| {' | '.join(map(str, cells))} |\n" for cells in _score_rows()))
