"""An audit as tables and as JSON."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mini_schema import problems
from summaries import AGENTS, EMPTY, FULL, HOSTILE

import hamdel
from hamdel.audit.tables import safe_for_excel
from hamdel.base.formula_injection import safe_cell
from hamdel.model.audit import Summary
from hamdel.render.audit.audit_json import render, schema, to_dict
from hamdel.render.audit.audit_tables import agents_csv, clusters_csv
from hamdel.render.text.csv_text import csv_bytes


def table(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_one_row_for_each_agent() -> None:
    rows = table(agents_csv(FULL))
    assert [row["agent"] for row in rows] == [*AGENTS[:2], "'" + AGENTS[2]]
    one = rows[0]
    assert (one["replies"], one["error_replies"], one["error_rate"], one["error_low"]) == ("400", "120", "0.3", "0.257")
    assert (one["respect"], one["respect_high"], one["differs_in"]) == ("61.4", "62.7", "(+respect/blame)")


def test_one_row_for_each_cluster() -> None:
    reply, sentence = table(clusters_csv(FULL))
    assert (reply["kind"], reply["replies"], reply["texts"], reply["agents"]) == ("reply", "40", "3", "3")
    assert (reply["first"], reply["last"]) == ("2024-03-20", "2024-05-21")
    assert reply["variant_1"] == "سلام [-شما-] {+تو+}"
    assert (sentence["kind"], sentence["text"], sentence["first"]) == ("sentence", HOSTILE, "")
    assert table(clusters_csv(EMPTY)) == table(agents_csv(EMPTY)) == []


_FORMULAS = {
    "=1+1": "'=1+1", "+98 912": "'+98 912", "-2+3": "'-2+3", "@x": "'@x", "-": "'-", "-2": "'-2", "+98": "'+98",
    "\t=1": "'\t'=1", "\r=1": "'\r'=1", "\n=1": "'\n'=1", "\tx": "'\tx", "\nx": "'\nx", "\rx": "'\rx",
    "x;=1+1": "x;'=1+1", "x; =1+1": "x;' =1+1", "x\t=1": "x\t'=1", "x\r\n-1+1": "x\r\n'-1+1", "  =1": "'  =1",
    "x;\n=1": "x;\n'=1", "\u00a0=1": "'\u00a0=1", "\u200f=1": "'\u200f=1", "\u202b\ufeff=1": "'\u202b\ufeff=1",
    '"=1': "'\"=1", 'x;"=1"': "x;'\"=1\"", "＝1+1": "'＝1+1", "x;＠y": "x;'＠y", "﹦1": "'﹦1",
    "x;;=1;=2": "x;;'=1;'=2", "سلام;+cmd|' /C calc'!A0": "سلام;'+cmd|' /C calc'!A0", "-1;=1": "'-1;'=1",
    "x\u2028=1": "x\u2028'=1",
}  # fmt: skip
_HARMLESS = [
    "1,5", "a=b", "x; y=1", "شماره: -5", "۵-۷", "سلام، - خوب", "info@shop.ir", "", "'=1", "2024-05-12",
    "می‌روم؛ -", "(+respect/blame)", "a;b;c",
]  # fmt: skip


@pytest.mark.parametrize(("text", "safe"), _FORMULAS.items())
def test_no_cell_is_a_formula(text: str, safe: str) -> None:
    assert safe_cell(text) == safe
    assert safe_for_excel(pl.DataFrame({"text": [text]}))["text"].to_list() == [safe]


@pytest.mark.parametrize("text", _HARMLESS)
def test_what_is_no_formula_stays(text: str) -> None:
    assert safe_cell(text) == text
    assert safe_for_excel(pl.DataFrame({"text": [text]}))["text"].to_list() == [text]


def test_numbers_stay_numbers() -> None:
    assert csv_bytes(["n"], [[-2], [-0.5], [None]]).decode("utf-8-sig") == 'n\r\n-2\r\n-0.5\r\n""\r\n'
    assert safe_for_excel(pl.DataFrame({"n": [-2.5]}))["n"].to_list() == [-2.5]


@given(st.text(alphabet=[*"=+-@;\t\r\n\"' x1آ\u200c\u200f＝"], max_size=12))
def test_both_ways_are_one(text: str) -> None:
    assert safe_for_excel(pl.DataFrame({"text": [text]}))["text"].to_list() == [safe_cell(text)]
    assert csv_bytes(["a"], [[text], ["خوب"], [-2.5]]).decode("utf-8-sig").splitlines()[-1] == "-2.5"


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_any_text_is_one_cell(rows: list[list[str]]) -> None:
    data = csv_bytes(["a", "b"], rows).decode("utf-8-sig")
    back = list(csv.reader(io.StringIO(data, newline="")))[1:]
    assert back == [[safe_cell(cell) for cell in row] for row in rows]
    assert not any(cell[:1] in "=+-@" for row in back for cell in row if cell)


@pytest.mark.parametrize("summary", [FULL, EMPTY, replace(FULL, clusters=None, comparison=None)])
def test_the_json_is_what_its_schema_says(summary: Summary) -> None:
    document = json.loads(render(summary))
    assert list(problems(document, schema(), schema())) == []
    assert document["schema"] == schema()["$id"] == "hamdel/audit/1"
    assert document["version"] == hamdel.__version__


def test_the_json_has_the_figures() -> None:
    document = to_dict(FULL)
    blame = document["checks"][0]
    assert (blame["rate"], blame["low"], blame["high"], blame["findings"]) == (0.3, 0.257, 0.347, 150)
    assert blame["agents"][2] == {"name": AGENTS[2], "count": 2, "of": 9, "rate": 0.222222, "low": 0.06, "high": 0.55}
    assert blame["trend"]["change"] == {"value": 0.123, "low": 0.05, "high": 0.2, "p": 0.001, "chance": False}
    assert blame["associations"][1]["thin"] is True
    assert document["comparison"]["checks"]["respect/threat"]["chance"] is True
    assert document["time"]["periods"][0] == {"start": "2024-03-20", "replies": 130}


def test_every_field_of_the_schema_is_described_or_plain() -> None:
    text = json.dumps(schema())
    assert len(text) > 3000
    unknown = [key for key in to_dict(FULL) if key not in schema()["properties"]]
    assert unknown == []
    assert set(schema()["required"]) == set(to_dict(FULL))
