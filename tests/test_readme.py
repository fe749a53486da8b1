"""The README and docs/ tell the truth: commands, options, settings, examples, tables and links are the program's own.

``HAMDEL_WRITE_README=1`` writes anew what is generated.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
import typer
from typer.testing import CliRunner

from hamdel import Checker
from hamdel.audit.frames import FINDINGS, REPLIES
from hamdel.checks.engine import MATCHERS
from hamdel.doors.cli import app
from hamdel.doors.cli.bidi_terminal import VARIABLE
from hamdel.doors.lsp.settings import KEYS, EditorSettings
from hamdel.evaluate.cases import Rules, read_cases
from hamdel.evaluate.running import evaluate
from hamdel.evidence.learned.ratings import RATED
from hamdel.evidence.predicates.registry import GUARDS
from hamdel.phrasebank import load_check, load_checks
from hamdel.settings.config import Config, load_config
from hamdel.settings.keys import from_environment
from hamdel.wording.sandbox import FILTERS, TemplateEnvironment
from hamdel.wording.skeletons import Skeletons
from hamdel.wording.slots import LABELS, SETTINGS
from hamdel.wording.suggest import Suggester
from tools.reference import PARTS, current, write
from tools.reference.scores import PARTS as SCORED

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
#: All that people wrote; docs/serve.md and docs/mcp.md have tests of their own besides.
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in (ROOT / "README.md", ROOT / "README.fa.md", *sorted((ROOT / "docs").rglob("*.md")))
}
GUIDES = "\n".join(text for name, text in PAGES.items() if not name.startswith("docs/reference/"))
EXAMPLES = "\n".join(text for name, text in PAGES.items() if name not in ("docs/serve.md", "docs/mcp.md"))
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
OTHERS = {"--hidden", "--user", "--host"}  # options of other programs, and of ``hamdel serve``'s own
PICTURE = 120_000  # bytes


def blocks(language: str, text: str = EXAMPLES) -> list[str]:
    return [body for name, body in FENCE.findall(text) if name == language]


def options_of(command: object) -> set[str]:
    parameters = getattr(command, "params", ())
    return {name for parameter in parameters for name in parameter.opts} | {"--help", "-h"}


GROUP = typer.main.get_command(app)
COMMANDS: dict[str, set[str]] = {name: options_of(command) for name, command in GROUP.commands.items()}  # type: ignore[attr-defined]
for _group in ("archive", "serve", "browser"):
    COMMANDS |= {f"{_group} {name}": options_of(one) for name, one in GROUP.commands[_group].commands.items()}  # type: ignore[attr-defined]


def test_begins_with_two_commands() -> None:
    title, _, rest = README.partition("\n")
    assert title.startswith("# hamdel")
    assert rest.startswith("\n```sh\npython3 -m venv ")
    run, test = blocks("sh", README)[0].splitlines()
    assert run.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert run.endswith(" --fail-on never")
    assert test.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert test.endswith(".venv/bin/python -m pytest")


def test_it_is_short() -> None:
    assert len(README.splitlines()) <= 150


def test_the_example_is_a_conversation() -> None:
    path = blocks("sh", README)[0].splitlines()[0].split("hamdel check ")[1].split()[0]
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("> ")
    report = Checker(Config()).check("\n".join(lines))
    assert report.customer == lines[0][2:]
    assert len({finding.check for finding in report.findings}) >= 4


#: What the README says that hamdel finds, and a reply in which it does.
CLAIMS = {
    "addressed with «تو»": ("respect/tu-form", "سلام. تو باید صبر کنی."),
    "blamed": ("respect/blame", "شما اشتباه نشانی را وارد کردید."),
    "put off with «در اسرع وقت»": ("clarity/vague-time", "در اسرع وقت پیگیری می‌شود."),
    "given «نیرو کم داریم» instead": ("clarity/internal-excuse", "این روزها نیرو کم داریم."),
    "sent a card number": ("respect/privacy-leak", "به کارت ۶۰۳۷۹۹۱۲۳۴۵۶۷۸۹۳ واریز شد."),
    "a slot that nobody": ("respect/unfilled-placeholder", "سلام [نام مشتری] عزیز."),
}


@pytest.mark.parametrize("words", CLAIMS)
def test_it_finds_what_it_claims_to(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a network, too."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket")

    monkeypatch.setattr("socket.socket", refuse)
    assert words in README.replace("\n", " ")
    check, draft = CLAIMS[words]
    checker = Checker(Config())
    assert check in {one.check for one in checker.check(draft, customer="سفارشم نرسیده").findings}
    checker.improve(draft)


def test_the_same_text_as_before_is_found() -> None:
    assert "the same text as the customer before" in README
    sent = "سلام، وقت بخیر. سفارش شما دیروز تحویل پست شد و کد رهگیری آن پیامک شده است. بسته فردا به نشانی شما می‌رسد."
    found = Checker(Config()).check(sent, customer="سفارشم کجاست؟", past=[sent]).findings
    assert {"repetition/near-copy", "repetition/looping"} & {one.check for one in found}


def test_sites_and_editors_that_are_named_are_there() -> None:
    row = README.partition("the extension for Chromium and Firefox: ")[2].partition(" …")[0]
    known = " ".join(path.stem for path in (ROOT / "browser" / "recipes").glob("*.json"))
    assert all(name.split()[0].lower() in known for name in row.split(", "))
    editors = README.partition("`hamdel lsp`: ")[2].partition(" |")[0]
    there = {path.name for path in (ROOT / "editors").iterdir()}
    assert {name.replace("VS Code", "vscode").lower() for name in editors.split(", ")} <= there


@pytest.mark.parametrize("block", blocks("console", GUIDES))
def test_the_tour_shows_what_is_printed(block: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line of its own that is … stands for any number of lines."""
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    command, _, shown = block.removeprefix("$ hamdel ").partition("\n")
    printed = CliRunner().invoke(app, [*command.split(), "--no-config"], prog_name="hamdel")
    assert printed.exit_code in (0, 1), printed.stderr
    expected = "".join("(?:.*\n)*?" if line == "…" else re.escape(f"{line}\n") for line in shown.splitlines())
    assert re.fullmatch(expected, printed.stdout), printed.stdout


def commands(language: str) -> list[str]:
    lines = [line for block in blocks(language, GUIDES) for line in block.splitlines()]
    return [line for line in lines if re.search(r"(?:^|/|\| |&& )hamdel ", line) and "docker" not in line]


@pytest.mark.parametrize("line", [*commands("sh"), *commands("bat")])
def test_commands_exist(line: str) -> None:
    words = re.split(r"\s[#>]", line, maxsplit=1)[0].rpartition("hamdel ")[2].split()
    both = " ".join(words[:2])
    name = both if both in COMMANDS else words[0]
    assert name in COMMANDS
    assert {word for word in words if word.startswith("--")} <= COMMANDS[name]


def test_options_exist() -> None:
    tables = re.findall(r"^\| option of `hamdel (\w+)` .*?\n\n", GUIDES, re.MULTILINE | re.DOTALL)
    assert sorted(tables) == ["audit", "check"]
    for command in tables:
        table = GUIDES.partition(f"| option of `hamdel {command}` ")[2].partition("\n\n")[0]
        cells = re.findall(r"^\| (`--.*?) \|", table, re.MULTILINE)
        documented = {option for cell in cells for option in re.findall(r"--[\w-]+", cell)}
        assert documented == {option for option in COMMANDS[command] if option.startswith("--")} - {"--help"}
    known = set().union(*COMMANDS.values(), OTHERS)
    named = set(re.findall(r"(?<![\w<!-])--[a-z][\w-]+", GUIDES.replace("--data-binary", "")))
    assert named <= known


def test_columns_of_an_audit_exist() -> None:
    for name, schema in (("replies", REPLIES), ("findings", FINDINGS)):
        row = re.search(rf"^\| `{name}\.parquet`.*? \| (.*) \|$", PAGES["docs/audit.md"], re.MULTILINE)
        assert row is not None
        listed, _, _ = row[1].partition("; the CSV")
        assert re.findall(r"`(\w+)`", listed.replace("of `reply`", "")) == list(schema)


@pytest.mark.parametrize("name", ["lsp", "stdio"])
def test_options_of_the_servers_exist(name: str) -> None:
    """The paragraph about a server lists its options."""
    (listed,) = re.findall(rf"`hamdel {name}`\s+takes (.*?)\.\s", PAGES["docs/editors.md"], re.DOTALL)
    documented = set(re.findall(r"`(--[\w-]+)`", listed))
    assert documented == {one for one in COMMANDS[name] if one.startswith("--")} - {"--help", "--stdio"}


def test_settings_of_editors_exist() -> None:
    table = PAGES["docs/editors.md"].partition("| setting | values | meaning |")[2].partition("\n\n")[0]
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


#: Variables that are no settings: of the cache, terminals, the kernel, tests.
OTHER_VARIABLES = {f"HAMDEL_{name}" for name in ("CACHE_DIR", "KERNEL", "NO_KERNEL", "WRITE_README", "WRITE_MEASURED")}


def test_environment_variables_exist() -> None:
    names = set(re.findall(r"HAMDEL_[A-Z_]+", GUIDES)) - OTHER_VARIABLES
    names.remove(VARIABLE)  # of terminals, not a setting
    assert names
    for name in names:
        assert from_environment({name: "تو" if name == "HAMDEL_ADDRESS" else _allowed(name)})


def _allowed(name: str) -> str:
    return {"HAMDEL_AUDIENCE": "business", "HAMDEL_CHANNEL": "email", "HAMDEL_LANG": "en"}.get(name, "error")


@pytest.mark.parametrize("code", blocks("python"))
def test_python_examples_run(code: str) -> None:
    exec(compile(code, "docs", "exec"), {})


def test_the_example_over_http_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("starlette")
    pytest.importorskip("uvicorn")
    (code,) = re.findall(r"^```python http\n(.*?)^```$", PAGES["docs/developer.md"], re.MULTILINE | re.DOTALL)
    command = [sys.executable, "-m", "hamdel", "serve", "--port", "0", "--no-config"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=tmp_path, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )
    try:
        assert process.stdout
        (tmp_path / "serving.txt").write_text(process.stdout.readline(), encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        exec(compile(code, "docs/developer.md", "exec"), {})
    finally:
        process.terminate()
        process.communicate(timeout=10)


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
    table = GUIDES.partition(heading)[2].partition("\n\n")[0]
    return re.findall(r"`(\w+)`", " ".join(row.split("|")[1] for row in table.splitlines()[2:]))


def test_variables_and_filters_of_templates_exist() -> None:
    documented = _first_cells("| variable | what it holds |")
    assert sorted(documented) == sorted((*LABELS, *SETTINGS))
    assert sorted(_first_cells("| filter | example |")) == sorted(FILTERS)
    ours = re.search(r"Of Jinja's own filters there are (.*?)\. Templates", GUIDES, re.DOTALL)
    assert ours
    known = {name for name in TemplateEnvironment(()).filters if not name.startswith("_")}
    assert set(re.findall(r"`(\w+)`", ours[1])) == known - FILTERS.keys()


@pytest.mark.parametrize("row", re.findall(r"^\| `(\w+)` \| (.*←.*) \|$", GUIDES, re.MULTILINE), ids=lambda row: row[0])
def test_filters_do_what_the_documentation_says(tmp_path: Path, row: tuple[str, str]) -> None:
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
    (lines,) = blocks("json", PAGES["docs/measure.md"])
    path = tmp_path / "labelled.jsonl"
    path.write_text(lines, encoding="utf-8")
    checker = Checker(Config())
    result = evaluate(checker.check_conversation, read_cases(str(path), Rules(frozenset(checker.checks))))
    assert (result.cases, result.overall.precision.value, result.overall.recall.value) == (2, 1, 1)
    keys = {key for line in lines.splitlines() for key in json.loads(line)}
    assert set(_first_cells("| key | what it holds |")) == keys


def test_checks_are_named_right() -> None:
    known = set(load_checks(examples=False)) | {"brand/old-name"}
    families = "|".join(sorted({name.partition("/")[0] for name in known}))
    assert set(re.findall(rf"(?<![\w/<])(?:{families})/[a-z][a-z-]+", GUIDES)) <= known


def test_guards_and_matchers_are_listed() -> None:
    for name in (*GUARDS, *MATCHERS):
        assert f"`{name}`" in CONTRIBUTING, name


def test_layers_are_listed() -> None:
    table = "\n".join(re.findall(r"^\| (`.*?) \|", CONTRIBUTING, re.MULTILINE))
    modules = {path.stem for path in (ROOT / "src" / "hamdel").iterdir() if path.suffix in ("", ".py")}
    assert set(re.findall(r"`(\w+)`", table)) == {name for name in modules if not name.startswith("_")}


@pytest.mark.parametrize("name", PARTS)
def test_what_is_generated_is_current(name: str) -> None:
    if os.environ.get("HAMDEL_WRITE_README"):
        write(name)
    old, new = current(name)
    assert old == new, "write it anew: HAMDEL_WRITE_README=1 python -m pytest tests/test_readme.py"


def test_all_parts_of_scores_have_words() -> None:
    assert SCORED.keys() == {name for name, sign in RATED if sign > 0}


def slugs(text: str) -> set[str]:
    """The anchors of a page's headings, as code hosts and the site make them."""
    plain = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", plain, re.MULTILINE)
    return {re.sub(r"[^\w\- \u200c]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", [*PAGES, "CONTRIBUTING.md"])
def test_links_lead_somewhere(name: str) -> None:
    text = CODE.sub("", CONTRIBUTING if name == "CONTRIBUTING.md" else PAGES[name])
    targets = re.findall(r"\]\(([^()\s]+)\)", text) + re.findall(r'\b(?:src|srcset|href)="([^"]+)"', text)
    for target in targets:
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        place = (ROOT / name).parent / path if path else ROOT / name
        assert place.exists(), target
        if anchor:
            assert anchor in slugs(place.read_text(encoding="utf-8")), target


def test_every_page_can_be_reached() -> None:
    """By links from the README, one after another."""
    seen, waiting = set(), ["README.md"]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        folder = (ROOT / name).parent
        for target in re.findall(r"\]\(([^()\s#]+\.md)", PAGES.get(name, "")):
            place = (folder / target).resolve()
            if place.is_relative_to(ROOT):
                waiting.append(place.relative_to(ROOT).as_posix())
    assert PAGES.keys() - seen == {"docs/index.md"}


def test_pictures_are_small_and_used() -> None:
    pictures = sorted((ROOT / "docs" / "img").iterdir())
    assert pictures
    for path in pictures:
        assert path.stat().st_size < PICTURE, path.name
        assert path.name in GUIDES, path.name
