"""CONTRIBUTING.md tells the truth: its picture, the files that it sends people to, and how few an addition touches."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tools import layers

ROOT = Path(__file__).parents[1]
TEXT = layers.DOCUMENT.read_text(encoding="utf-8")
SECTION = TEXT.partition("## Where do I change …?")[2].partition("\n## ")[0]
ROWS = re.findall(r"^\| (?!to change|new |---)(.+?) \| (.+) \|$", SECTION, re.MULTILINE)
_IGNORED = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "node_modules", "editors", "corpus", "dist", "*.tmp"
)

CHECK = """\
id = "clarity/parrot"
severity = "suggestion"
precision = "C"
sources = ["S4"]

[title]
fa = "طوطی"
en = "A parrot"

[message]
fa = "«{matched}» چیزی نمی‌گوید."
en = "“{matched}” says nothing."

[why]
fa = "طوطی تکرار می‌کند."
en = "Parrots repeat."

[[phrases]]
kind = "parrot"
text = ["طوطی‌وار"]

[examples]
fire = [
  "متن را ⟦طوطی‌وار⟧ نوشتیم.",
  "پاسخ را ⟦طوطی‌وار⟧ نوشتیم.",
  "این متن ⟦طوطی‌وار⟧ است.",
  "این نامه را ⟦طوطی‌وار⟧ فرستادیم.",
  "فهرست را ⟦طوطی‌وار⟧ خواندیم.",
  "همان را ⟦طوطی‌وار⟧ گفتیم.",
]
silent = [
  "طوطی شما رسید.", "قفس طوطی رسید.", "دانه را فرستادیم.", "پاسخ را نوشتیم.", "فهرست را خواندیم.", "نامه را فرستادیم."
]
rewrite = [{before = "پاسخ را طوطی‌وار نوشتیم.", after = "پاسخ را نوشتیم."}]
"""
#: Wordings that pass all checks; another check's, for here they only have to be there.
SUGGESTIONS = ROOT / "templates" / "suggestions" / "respect" / "as-i-said.j2"
MATCHER = '''\
"""respect/shouting, but a parrot's."""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.evidence.case import Case, Hit
from hamdel.phrasebank import CheckDef

__all__ = ["Parrot"]


class Parrot:
    """Finds the first word of every draft."""

    def __init__(self, check: CheckDef) -> None:
        self._check = check

    def __call__(self, case: Case) -> Iterator[Hit]:
        yield Hit(0, 1, "parrot")
'''
PRESET = '''\
"""Parrotdesk: what was said, and what was said again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hamdel.exports.conversation import Flat, Left, Lost, Part, Side, rows_of
from hamdel.exports.expanding import each
from hamdel.exports.preset import Objects, Preset

__all__ = ["PRESET"]


def _fits(value: Mapping[str, Any]) -> str:
    return "squawk" if "squawk" in value else ""


def _expand(value: Mapping[str, Any]) -> Iterator[Flat | Left | Lost]:
    said, again = str(value["squawk"]), str(value["again"])
    return rows_of([Part(Side.CUSTOMER, said), Part(Side.AGENT, again)], value, thread_id=value.get("id"))


PRESET = Preset(
    name="parrotdesk",
    title="Parrotdesk",
    reads="what was said again",
    follows="what was said",
    reads_fa="آنچه دوباره گفته شد",
    follows_fa="آنچه گفته شد",
    objects=Objects(_fits, each(_expand)),
)
'''


class Scratch:
    """A copy of the repository.

    Attributes:
        root: its folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(ROOT, root, ignore=_IGNORED, dirs_exist_ok=True)
        self._before = self._files()

    def _files(self) -> dict[str, bytes]:
        found = (
            path
            for path in self.root.rglob("*")
            if path.is_file() and not {"__pycache__", ".hypothesis"} & {*path.parts}
        )
        return {path.relative_to(self.root).as_posix(): sha256(path.read_bytes()).digest() for path in found}

    def touched(self) -> list[str]:
        """The files that are new or were changed."""
        return sorted(name for name, digest in self._files().items() if self._before.get(name) != digest)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text(encoding="utf-8")
        assert text.count(old) >= 1, (name, old)
        self.write(name, text.replace(old, new, 1))

    def python(self, *arguments: str, **env: str) -> str:
        """Run Python on the copy, as somebody would who works in it."""
        surroundings = {**os.environ, **env, "PYTHONPATH": str(self.root / "src"), "PYTHONUTF8": "1"}
        command = [sys.executable, "-B", *arguments]
        done = subprocess.run(
            command, cwd=self.root, env=surroundings, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout

    def test(self, *arguments: str, **env: str) -> None:
        temporary = f"--basetemp={self.root.with_name('temporary')}"
        self.python("-m", "pytest", "-q", "-p", "no:cacheprovider", temporary, *arguments, **env)


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    return Scratch(tmp_path / "scratch")


def test_the_picture_is_current() -> None:
    assert layers.with_picture(TEXT, layers.picture(layers.rows())) == TEXT, "draw it anew: python -m tools.layers"


def test_a_row_without_a_reason_is_an_error() -> None:
    contract = '[[tool.importlinter.contracts]]\nlayers = [\n    "doors",  # the ways in\n    "errors",\n]\n'
    with pytest.raises(ValueError, match='"errors" says no reason'):
        layers.rows(contract)


def test_rows_stand_on_each_other() -> None:
    found = [layers.Row(("a", "b"), "first"), layers.Row(("c", "d", "e"), "second")]
    top, one, between, two, bottom = layers.picture(found).splitlines()
    assert one.endswith("│  first")
    assert two.endswith("│  second")
    assert {top[0], top[-1], bottom[0], bottom[-1]} == set("┌┐└┘")
    assert (between.count("┴"), between.count("┬")) == (1, 2)
    assert len({len(top), len(between), len(bottom)}) == 1


@pytest.mark.parametrize(("what", "places"), ROWS)
def test_what_is_to_be_changed_is_there(what: str, places: str) -> None:
    named = re.findall(r"`([\w.<>-]+/[\w./<>-]*|[A-Z]+\.md)`", places)
    assert named, what
    for place in named:
        pattern = re.sub(r"<\w+>", "*", place)
        assert list(ROOT.glob(pattern.rstrip("/"))), place


def test_ten_changes_and_three_additions_are_told() -> None:
    assert len(ROWS) == 13


@pytest.mark.slow
def test_a_check_that_is_data_touches_four_files_and_no_python(scratch: Scratch) -> None:
    scratch.write("phrasebanks/clarity/parrot.toml", CHECK)
    scratch.write("templates/suggestions/clarity/parrot.j2", SUGGESTIONS.read_text(encoding="utf-8"))
    scratch.test("tests/checks/test_examples.py", "tests/wording/test_suggestions.py", "-k", "parrot")
    scratch.test("tests/test_measured.py", "-k", "figures_are_current", HAMDEL_WRITE_MEASURED="1")
    scratch.test("tests/test_readme.py", "-k", "generated", HAMDEL_WRITE_README="1")
    scratch.test("tests/test_readme.py", "-k", "generated or named_right")
    scratch.test("tests/test_measured.py", "tests/phrasebank/test_phrasebank.py")
    touched = scratch.touched()
    assert touched == [
        "docs/reference/checks.md",
        "phrasebanks/clarity/parrot.toml",
        "phrasebanks/measured.toml",
        "templates/suggestions/clarity/parrot.j2",
    ]


@pytest.mark.slow
def test_a_matcher_touches_five_files(scratch: Scratch) -> None:
    scratch.write("src/hamdel/checks/respect/parrot.py", MATCHER)
    engine = "src/hamdel/checks/engine.py"
    imported = "from hamdel.checks.respect.placeholder import Placeholders\n"
    scratch.change(engine, imported, f"from hamdel.checks.respect.parrot import Parrot\n{imported}")
    entry = '    "shouting": lambda check, tools:'
    scratch.change(engine, entry, f'    "parrot": lambda check, _: Parrot(check),\n{entry}')
    scratch.change("phrasebanks/respect/shouting.toml", 'matcher = "shouting"', 'matcher = "parrot"')
    scratch.change("CONTRIBUTING.md", "`shouting`,", "`shouting`, `parrot`,")
    scratch.write(
        "tests/checks/respect/test_parrot.py",
        "from hamdel import Checker\n\n\ndef test_it_squawks() -> None:\n"
        '    found = Checker().check("سلام.").findings\n'
        '    assert [one.matched for one in found if one.check == "respect/shouting"] == ["سلام"]\n',
    )
    scratch.test("tests/checks/respect/test_parrot.py", "tests/test_readme.py::test_guards_and_matchers_are_listed")
    assert len(scratch.touched()) == 5, scratch.touched()


@pytest.mark.slow
def test_an_export_preset_touches_three_files_and_the_reference(scratch: Scratch) -> None:
    scratch.write("src/hamdel/exports/presets/parrotdesk.py", PRESET)
    sample = "tests/exports/presets/samples/parrotdesk/said.json"
    scratch.write(sample, '[{"squawk": "کی می‌رسه؟", "again": "فردا می‌رسد.", "id": 1}]\n')
    row = '{"reply": "فردا می‌رسد.", "message": "کی می‌رسه؟", "thread": "1", "turn": 1}'
    golden = f'"rows": [{row}], "rejected": [], "left_out": {{"customer": 1}}, "notes": []'
    known = '"options": {}, "preset": "parrotdesk", "reason": "squawk"'
    scratch.write(f"{sample}.golden.json", f"{{{known}, {golden}}}\n")
    scratch.test("tests/exports/presets/test_samples.py", "-k", "parrotdesk or has_a_fixture")
    assert "parrotdesk" in scratch.python("-m", "hamdel", "audit", "--help").replace("\n", "")
    assert "Parrotdesk" in scratch.python("-m", "hamdel", "audit", "--presets")
    by_hand = ["src/hamdel/exports/presets/parrotdesk.py", sample, f"{sample}.golden.json"]
    assert scratch.touched() == by_hand
    scratch.python("-m", "tools.reference")
    written = set(scratch.touched()) - {*by_hand}
    assert "docs/reference/formats.md" in written
    assert all(name.startswith("docs/reference/") for name in written)
