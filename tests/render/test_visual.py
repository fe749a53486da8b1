"""Persian in the order of cells: Unicode's rules, checked against fribidi, and what each kind of terminal gets."""

from __future__ import annotations

import random
import shutil
import subprocess
import tomllib
import unicodedata
from pathlib import Path

import pytest

from hamdel.render.text.bidi import isolated, ltr
from hamdel.render.text.directed import Way, directed
from hamdel.render.text.levels import resolved
from hamdel.render.text.pieces import Line, Piece, Role
from hamdel.render.text.shaping import shaped
from hamdel.render.text.visual import in_cells, in_words
from hamdel.render.text.wide import cell_width

PHRASEBANKS = Path(__file__).parents[2] / "phrasebanks"
PARTS = (
    "\u2066respect/blame\u2069", "\u2068ریال ۱۲ + 3\u2069", "(a) [ب]", "«PDF»", "۱۴۰۳/۰۲/۰۱", "a@b.ir", "10%", "۲۵٪",
    "(PDF (متن) x)", "لا", "الله", "٣٤ ۵", "-5", "مُشَدَّد", "#12", "۲۰:۳۰", "\u200fPDF",
)  # fmt: skip


def text_of(line: Line) -> str:
    return "".join(piece.text for piece in line)


def show(text: str, way: Way, width: int | None = None) -> list[str]:
    return [text_of(line) for line in directed(isolated(Piece(text)), way, width)]


def corpus(count: int) -> list[str]:
    """Persian of our own files, with numbers, foreign words, brackets and isolates thrown in."""
    found: set[str] = set()

    def gather(value: object) -> None:
        if isinstance(value, str):
            found.update(part.replace("\t", " ").strip() for part in value.split("\n"))
        elif isinstance(value, dict):
            for one in value.values():
                gather(one)
        elif isinstance(value, list):
            for one in value:
                gather(one)

    for file in sorted(PHRASEBANKS.glob("[!l]*/*.toml")):
        gather(tomllib.loads(file.read_text("utf-8")))
    chance = random.Random(19)
    persian = sorted(text for text in found if any("\u0621" <= char <= "\u06cc" for char in text))
    lines = []
    for text in chance.choices(persian, k=count):
        words = text[:150].split()
        for _ in range(chance.randint(0, 3)):
            words.insert(chance.randint(0, len(words)), chance.choice(PARTS))
        lines.append(" ".join(words))
    return lines


def seen(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


@pytest.mark.skipif(not shutil.which("fribidi"), reason="needs fribidi")
@pytest.mark.parametrize(("base", "option"), [(1, "--rtl"), (0, "--ltr")])
def test_cells_are_those_of_fribidi(base: int, option: str) -> None:
    lines = corpus(500)
    told = subprocess.run(
        ["fribidi", "--nopad", "--nobreak", option, "-w", "100000"],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout.split("\n")
    for line, cells in zip(lines, told, strict=False):
        assert text_of(in_cells((Piece(line),), base)) == seen(cells), line


@pytest.mark.skipif(not (shutil.which("fribidi") and shutil.which("tmux")), reason="needs fribidi and tmux")
@pytest.mark.slow
def test_cells_of_a_real_screen_are_those_of_fribidi(tmp_path: Path) -> None:
    lines = [line[:150] for line in corpus(500)]
    text = "\n".join(text_of(in_cells((Piece(line),), 1)) for line in lines) + "\n"
    (tmp_path / "cells").write_text(text, "utf-8")
    tmux = ["tmux", "-u", "-L", f"hamdel{tmp_path.name}", "-f", "/dev/null"]
    command = f"cat {tmp_path / 'cells'}; tmux -L hamdel{tmp_path.name} wait-for -S done; sleep 30"
    try:
        subprocess.run(
            [*tmux, "set", "-g", "history-limit", "5000", ";", "new-session", "-d", "-x", "300", "-y", "50", command],
            check=True,
        )
        subprocess.run([*tmux, "wait-for", "done"], check=True, timeout=20)
        shown = subprocess.run(
            [*tmux, "capture-pane", "-p", "-S", "-5000"], capture_output=True, text=True, encoding="utf-8", check=True
        ).stdout.split("\n")
    finally:
        subprocess.run([*tmux, "kill-server"], check=False)
    told = subprocess.run(
        ["fribidi", "--nopad", "--nobreak", "--rtl", "-w", "100000"],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout.split("\n")
    for line, cells, wanted in zip(lines, shown, told, strict=False):
        assert cells.rstrip() == seen(wanted).rstrip(), line


@pytest.mark.parametrize(
    ("text", "glyphs"),
    [
        ("سلام", "ﺳﻼم".replace("م", "ﻡ")),
        ("پچژگکی", "ﭘﭽﮋﮔﮑﯽ"),
        ("می\u200cشود", "ﻣﯽ\u200cﺷﻮﺩ"),
        ("لأن", "ﻷﻥ"),
        ("جزء", "ﺟﺰء"),
        ("ب\u064eب", "ﺑ\u064eﺐ"),
        ("PDF ۱۲", "PDF ۱۲"),
        ("", ""),
    ],
)
def test_letters_join(text: str, glyphs: str) -> None:
    assert "".join(shaped(text)) == glyphs


def test_a_number_stays_in_order_and_a_foreign_word_too() -> None:
    assert show("سلام ۴۶ PDF", Way.CELLS) == ["PDF ۴۶ ﻡﻼﺳ"]
    assert show("عدد ۱۲", Way.WORDS) == ["۲۱ ﻋﺪﺩ"]  # kitty turns it itself


def test_colours_follow_their_letters() -> None:
    line = in_cells((Piece("شما "), Piece("اشتباه", Role.MARK), Piece(" کردید.")), 1)
    assert [(piece.text, piece.role) for piece in line] == [
        (".ﺪﯾﺩﺮﮐ ", Role.PLAIN),
        ("ﻩﺎﺒﺘﺷﺍ", Role.MARK),
        (" ﺎﻤﺷ", Role.PLAIN),
    ]


def test_marks_over_letters_stay_on_them_or_go() -> None:
    assert text_of(in_cells((Piece("لطفاً"),), 1)) == "ﺎ\u064bﻔﻄﻟ"
    assert "\u064b" not in text_of(in_words((Piece("لطفاً"),), 1))


@pytest.mark.parametrize("way", [Way.CELLS, Way.WORDS])
@pytest.mark.parametrize("width", [24, 40, 100])
def test_lines_are_folded_between_words_and_stand_at_the_right(way: Way, width: int) -> None:
    lines = show("سلام، سفارش شما ۲ روز دیگر می‌رسد و PDF فاکتور را برایتان فرستادیم. " * 3, way, width)
    for line in lines:
        assert cell_width(line) <= width
    assert all(line[-1] != " " for line in lines)
    assert all(cell_width(line) == width for line in lines)
    words = "سلام، سفارش شما ۲ روز دیگر می‌رسد و PDF فاکتور را برایتان فرستادیم. " * 3
    assert sum(len(line.split()) for line in lines) == len(words.split())


@pytest.mark.parametrize("text", ["سلام", "PDF را بفرستید", "۳ هشدار", f"{ltr('--all')} را ببینید", "Nothing", "«الف»"])
@pytest.mark.parametrize("way", [Way.ISOLATED, Way.TURNED, Way.BARE])
def test_nothing_invisible_stands_in_the_first_column(text: str, way: Way) -> None:
    for line in show(text, way, 80):
        assert unicodedata.category(line[0]) != "Cf"


@pytest.mark.parametrize("text", ["سلام", "PDF را بفرستید", f"{ltr('--all')} را ببینید"])
def test_a_turned_line_has_persian_first_outside_isolates(text: str) -> None:
    (line,) = show(text, Way.TURNED, 80)
    outside, depth = [], 0
    for char in line:
        depth += (char in "\u2066\u2068") - (char == "\u2069")
        if not depth and unicodedata.bidirectional(char) in ("L", "R", "AL"):
            outside.append(char)
    assert unicodedata.bidirectional(outside[0]) in ("R", "AL")


def test_isolates_stay_balanced_when_a_line_is_folded() -> None:
    for line in show(f"سلام {ltr('a b c')} و باز هم چند واژهٔ دیگر " * 4, Way.ISOLATED, 40):
        assert line.count("\u2066") + line.count("\u2068") == line.count("\u2069")


def test_pipes_get_logical_text_without_marks() -> None:
    assert show(f"PDF را {ltr('--all')} بفرستید", Way.PLAIN) == ["PDF را --all بفرستید"]


def test_a_row_that_begins_with_an_id_stays_at_the_left() -> None:
    line = (Piece("respect/blame  "), *isolated(Piece("سرزنش")))
    (shown,) = directed(line, Way.CELLS, 60)
    assert text_of(shown).startswith("respect/blame")


@pytest.mark.parametrize("text", ["", "\u2068", "\u2069", "\u2066" * 200 + "س", "(" * 99 + "س", "[س)", "\u200c", "ًا"])
def test_odd_lines_are_survived(text: str) -> None:
    assert len(resolved(text, 1)) == len(text)
    for way in Way:
        for width in (None, 1, 20):
            list(directed((Piece(text),), way, width))
