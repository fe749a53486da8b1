"""«این درست نیست» and «این هم ایراد دارد» from an editor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lsp_editor import Editor

DRAFT = "> شمارهٔ من 09123456789 است.\n\nسلام. تو باید صبر کنی. این روال همه‌جا همین است و کسی گله نکرده."


@pytest.fixture(scope="module")
def noting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Editor, Path]]:
    """An editor whose server notes corrections in a file."""
    root = tmp_path_factory.mktemp("noting")
    editor = Editor(root, "--labels", str(root / "ours.jsonl"))
    editor.begin(options={"delay": 0})
    yield editor, root / "ours.jsonl"
    assert editor.end() == 0


def actions(editor: Editor, uri: str, start: int, end: int) -> list[dict[str, Any]]:
    line = DRAFT.count("\n", 0, start)
    column = DRAFT.rfind("\n", 0, start) + 1
    places = [{"line": line, "character": place - column} for place in (start, end)]
    span = {"start": places[0], "end": places[1]}
    found: list[dict[str, Any]] = editor.ask(
        "textDocument/codeAction", textDocument={"uri": uri}, range=span, context={"diagnostics": []}
    )
    return found


def run(editor: Editor, action: dict[str, Any]) -> None:
    command = action["command"]
    editor.ask("workspace/executeCommand", command=command["command"], arguments=command["arguments"])


def test_a_finding_is_called_wrong(noting: tuple[Editor, Path]) -> None:
    editor, file = noting
    uri = (editor.root / "یک.txt").as_uri()
    editor.open(uri, DRAFT)
    place = DRAFT.index("تو باید")
    (action,) = [one for one in actions(editor, uri, place, place) if one["title"].startswith("این درست نیست")]
    run(editor, action)
    (line,) = [json.loads(one) for one in file.read_text(encoding="utf-8").splitlines()]
    assert (line["schema"], line["about"], line["wrong"]) == ("hamdel/correction/1", "respect/tu-form", "تو")
    assert [one["text"] for one in line["expected"]] == ["کنی"]
    assert "09123456789" not in json.dumps(line)
    file.unlink()


def test_selected_words_have_a_fault_too(noting: tuple[Editor, Path]) -> None:
    editor, file = noting
    uri = (editor.root / "دو.txt").as_uri()
    editor.open(uri, DRAFT)
    start = DRAFT.index("این روال")
    (action,) = [one for one in actions(editor, uri, start, len(DRAFT)) if one["title"].startswith("این هم ایراد")]
    offered: list[str] = []
    editor.choose = lambda given: offered.extend(one["title"] for one in given) or given[0]
    run(editor, action)
    (line,) = [json.loads(one) for one in file.read_text(encoding="utf-8").splitlines()]
    assert len(offered) == 6
    assert line["missed"] == DRAFT[start:]
    assert line["about"] in {one["id"] for one in line["expected"]}
    file.unlink()
    editor.choose = lambda _: None  # closed without an answer
    run(editor, action)
    assert not file.exists()


def test_nothing_selected_has_no_fault(noting: tuple[Editor, Path]) -> None:
    editor, _ = noting
    uri = (editor.root / "سه.txt").as_uri()
    editor.open(uri, DRAFT)
    place = DRAFT.index("این روال")
    assert not [one for one in actions(editor, uri, place, place) if one["title"].startswith("این هم ایراد")]


OTHER = "سلام. " + "سفارش شما همین امروز ارسال شد و فردا می‌رسد. " * 4


@pytest.mark.parametrize("later", ["سلام.", OTHER], ids=["short", "other"])
def test_words_of_a_text_that_changed_meanwhile_are_not_noted(noting: tuple[Editor, Path], later: str) -> None:
    """Where there are no words any more the whole draft would be noted, or else words that nobody selected."""
    editor, file = noting
    uri = (editor.root / f"چهار-{len(later)}.txt").as_uri()
    editor.open(uri, DRAFT)
    start = DRAFT.index("این روال")
    (action,) = [one for one in actions(editor, uri, start, len(DRAFT)) if one["title"].startswith("این هم ایراد")]
    editor.rewrite(uri, 2, later)
    editor.choose = lambda given: given[0]
    run(editor, action)
    assert not file.exists()
