"""Exported replies: the same rows from every format, and broken rows that don't end the run."""

from __future__ import annotations

import csv
import datetime
import io
import json
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path

import polars
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import hamdel
from hamdel.errors import InputError
from hamdel.exports import Columns, Rejected, Row, open_table
from hamdel.exports import plain as plain_tables
from hamdel.exports import values as value_tables

HEADER = ["agent", "customer_id", "created_at", "channel", "reply"]
DATA = [
    ["سارا", "5", "2024-05-12 14:30:00", "چت", "سلام، سفارش شما فردا می‌رسد."],
    ["علی", "7", "2024-05-13 09:00:00", "ایمیل", 'خط یک\nخط «دو»، با "نقل"'],
    ["علی", "", "", "", "ممنون از شکیبایی شما 🌹"],
]
ROWS = [
    Row("سلام، سفارش شما فردا می‌رسد.", "سارا", "5", 1_715_511_600, "چت"),
    Row('خط یک\nخط «دو»، با "نقل"', "علی", "7", 1_715_578_200, "ایمیل"),
    Row("ممنون از شکیبایی شما 🌹", "علی"),
]
CHOSEN = {"reply": "reply", "agent": "agent", "customer": "customer_id", "time": "created_at", "channel": "channel"}


def delimited(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def read(path: Path, columns: Columns | None = None) -> list[Row | Rejected]:
    with open_table(path, columns or Columns()) as table:
        return list(table)


def read_text(path: Path, text: str | bytes, columns: Columns | None = None) -> list[Row | Rejected]:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(path, columns)


def frame() -> polars.DataFrame:
    """The data with the types that a database or a spreadsheet would give it."""
    data = polars.DataFrame(DATA, schema=HEADER, orient="row")
    return data.with_columns(
        polars.when(polars.all().str.len_bytes() > 0).then(polars.all()).otherwise(None).name.keep()
    ).with_columns(polars.col("customer_id").cast(polars.Float64), polars.col("created_at").str.to_datetime())


def write_csv(path: Path) -> None:
    path.write_bytes(delimited([HEADER, *DATA]).encode())


def write_tsv(path: Path) -> None:
    path.write_bytes(delimited([HEADER, *DATA], "\t").encode())


def write_json(path: Path) -> None:
    lines = [json.dumps(dict(zip(HEADER, row, strict=True)), ensure_ascii=False) for row in DATA]
    path.write_text("\n".join(lines), "utf-8")


def write_parquet(path: Path) -> None:
    frame().write_parquet(path)


def write_xlsx(path: Path) -> None:
    frame().write_excel(path)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("x.csv", write_csv),
        ("x.CSV", write_csv),
        ("x.tsv", write_tsv),
        ("x.tab", write_tsv),
        ("x.jsonl", write_json),
        ("x.ndjson", write_json),
        ("x.parquet", write_parquet),
        ("x.xlsx", write_xlsx),
        ("x[1].parquet", write_parquet),
        ("really a workbook.csv", write_xlsx),
        ("really Parquet.xlsx", write_parquet),
    ],
)
def test_every_format_gives_the_same_rows(tmp_path: Path, name: str, write: Callable[[Path], None]) -> None:
    path = tmp_path / name
    other = tmp_path / f"x{'.xlsx' if write is write_xlsx else path.suffix}"
    write(other)
    other.rename(path)
    with open_table(path) as table:
        assert table.columns == CHOSEN
        assert table.size == path.stat().st_size
        assert list(table) == ROWS
        assert table.position == table.size


@pytest.mark.parametrize("name", ["x.txt", "x.text", "x.log"])
def test_one_reply_a_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes("سلام.\r\n\r\n  \nدومی\u2028همان\rسومی\n".encode())
    with open_table(path, Columns(reply="whatever")) as table:
        assert table.columns == {}
        assert list(table) == [Row("سلام."), Row("دومی\u2028همان"), Row("سومی")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("write", [write_csv, write_json])
def test_encodings(tmp_path: Path, write: Callable[[Path], None], encoding: str) -> None:
    path = tmp_path / ("x.csv" if write is write_csv else "x.jsonl")
    write(path)
    path.write_bytes(path.read_bytes().decode().encode(encoding))
    assert read(path) == ROWS


def test_windows_1256(tmp_path: Path) -> None:
    data = (
        delimited([["متن پاسخ", "کارشناس"], ["سفارش شما فردا مي\u200cرسد", "پگاه"]]).replace("ی", "ي").replace("ک", "ك")
    )
    rows = read_text(tmp_path / "x.csv", data.replace("ك", "ک").encode("cp1256"))
    assert rows == [Row("سفارش شما فردا مي\u200cرسد", "پگاه")]


def test_export_of_google_play(tmp_path: Path) -> None:
    header = "Package Name,Review Submit Date and Time,Review Text,Developer Reply Date and Time,Developer Reply Text"
    text = f"{header}\ncom.x,2024-05-11T00:00:00Z,بد بود,2024-05-12T11:00:00Z,ممنون از نظرتان\ncom.x,,خوب,,\n"
    path = tmp_path / "reviews.csv"
    assert read_text(path, text.encode("utf-16")) == [
        Row("ممنون از نظرتان", time=1_715_511_600, channel="google-play"),
        Rejected(f"{path}:3", 'no text in column "Developer Reply Text"', unanswered=True),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "؛"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "x.csv"
    assert read_text(path, delimited([HEADER, *DATA], delimiter)) == ROWS
    assert read_text(path, f'"a,,b;;c\t\td؛؛"{delimiter}"reply"\n1{delimiter}سلام') == [Row("سلام")]


def test_one_column_and_empty_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    assert read_text(path, '\n\nپاسخ\nیک\n\n"دو"\n""\n') == [
        Row("یک"),
        Row("دو"),
        Rejected(f"{path}:7", 'no text in column "پاسخ"'),
    ]


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("متن پاسخ,نام کارشناس,شناسهٔ مشتری,تاریخ,کانال", "reply agent customer time channel"),
        ("كانال,متن پاسخ,زمان ارسال,مشتري,پشتيبان", "channel reply time customer agent"),
        ("شناسه‌ی مشتری,جواب,اپراتور,تاریخ و ساعت", "customer reply agent time"),
        ("Text,Agent Name,Customer ID,Created At,Via", "reply agent customer time channel"),
        ("text,agentReply,requesterId,sentAt,SOURCE", "- reply customer time channel"),
        ("user_id,user,message,timestamp", "customer agent reply time"),
        ("user,assignee,ticket_id,comment,created_on", "- agent - reply time"),
        ("question,answer,ticket,review text", "- reply - -"),
        ("پیام مشتری,پاسخ,کاربر,کارشناس", "- reply - agent"),
        ("reply,reply,text", "reply - -"),
    ],
)
def test_guesses(tmp_path: Path, header: str, columns: str) -> None:
    names = header.split(",")
    expected = {role: name for role, name in zip(columns.split(), names, strict=True) if role != "-"}
    (tmp_path / "x.csv").write_text(f"{header}\n", "utf-8")
    (tmp_path / "x.jsonl").write_text(json.dumps(dict.fromkeys(names, "")), "utf-8")
    for name in ("x.csv", "x.jsonl"):
        with open_table(tmp_path / name) as table:
            assert table.columns == expected


def test_named_columns(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("reply,text,who,Wann\nnein,ja,sie,1403/02/23\n", "utf-8")
    with open_table(path, Columns(reply="Text", agent="who", time="wann")) as table:
        assert table.columns == {"reply": "text", "agent": "who", "time": "Wann"}
        assert list(table) == [Row("ja", "sie", time=1_715_459_400)]


@pytest.mark.parametrize("name", ["x.csv", "x.jsonl", "x.parquet", "x.xlsx"])
def test_columns_that_are_not_there(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    data = polars.DataFrame({"wording": ["سلام"], "line\nbreak": ["x"]})
    write = {"csv": data.write_csv, "jsonl": data.write_ndjson, "parquet": data.write_parquet, "xlsx": data.write_excel}
    write[name[2:]](path)
    message = 'can\'t tell which column holds the replies: "wording", "line break"; name it with --reply'
    with pytest.raises(InputError, match=message):
        open_table(path)
    with pytest.raises(InputError, match=r'x\.\w+: has no column "wordin" for --reply; did you mean "wording"\?'):
        open_table(path, Columns(reply="wordin"))
    with pytest.raises(InputError, match='has no column "q" for --agent; there are "wording", "line break"'):
        open_table(path, Columns(reply="wording", agent="q"))


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    cases = {
        "gone.csv": (None, "no such file"),
        "x.xls": (b"\xd0\xcf\x11\xe0", r"unknown format; export it as one of \.csv \.tsv"),
        "x": (b"reply\n", "unknown format"),
        "old.csv": (b"\xd0\xcf\x11\xe0\xa1\xb1", "is an old Office document; export it as CSV in UTF-8"),
        "empty.csv": (b"", "is empty; a header and rows are needed"),
        "blank.csv": (b"\n \n", "is empty|can't tell"),
        "x.xlsx": (b"reply\n", "can't be read: .*; export it again, or as CSV"),
        "zip.xlsx": (b"PK\x03\x04junk", "can't be read: "),
        "x.parquet": (b"PAR1junkPAR1", "can't be read: "),
        "latin.csv": ("réponse\nà\n".encode("latin-1"), "not text, or in an unknown encoding"),
    }
    for name, (data, message) in cases.items():
        if data is not None:
            (tmp_path / name).write_bytes(data)
        with pytest.raises(InputError, match=message) as caught:
            open_table(tmp_path / name)
        assert str(caught.value).startswith(f"{tmp_path / name}: ")
        assert "\n" not in str(caught.value)
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InputError, match="is a folder"):
        open_table(tmp_path / "folder.csv")


@pytest.mark.parametrize("name", ["x.jsonl", "x.txt"])
def test_empty_files_without_a_header_have_no_rows(tmp_path: Path, name: str) -> None:
    assert read_text(tmp_path / name, "") == []


def test_empty_workbook(tmp_path: Path) -> None:
    polars.DataFrame().write_excel(tmp_path / "x.xlsx")
    with pytest.raises(InputError, match="is empty; a header and rows are needed"):
        open_table(tmp_path / "x.xlsx")


def test_ragged_and_broken_rows_of_csv(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    lines = [
        "reply,agent,time",
        "فقط پاسخ",
        "پاسخ,علی,1403/02/23,,",
        "پاسخ, با ویرگول,علی,1403/02/23",
        ",علی,",
        "پاسخ,علی,دیروز",
        "پاسخ\0,علی,",
        'پاسخ "نقل" شد,"a"b,',
        "سلام",
    ]
    data = "\n".join(lines).encode() + b"\n\xff\xfe,x,\nok,\xff,\nok,x,\xff\nok,x,"
    assert read_text(path, data) == [
        Row("فقط پاسخ"),
        Row("پاسخ", "علی", time=1_715_459_400),
        Rejected(f"{path}:4", 'has 4 cells, the header 3; put texts with "," in quotation marks'),
        Rejected(f"{path}:5", 'no text in column "reply"'),
        Rejected(f"{path}:6", 'can\'t read the time "دیروز"'),
        Row("پاسخ\0", "علی"),
        Row('پاسخ "نقل" شد', "ab"),
        Row("سلام"),
        Rejected(f"{path}:10", "broken characters; export it again as UTF-8"),
        Rejected(f"{path}:11", "broken characters; export it again as UTF-8"),
        Rejected(f"{path}:12", 'can\'t read the time "?"'),
        Row("ok", "x"),
    ]


def test_lines_are_counted_within_quoted_cells(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    rows = read_text(path, 'reply,agent\n"a\r\nb\n\nc",x\n,y\n')
    assert rows == [Row("a\r\nb\n\nc", "x"), Rejected(f"{path}:6", 'no text in column "reply"')]


def test_quotation_mark_that_is_left_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.csv"
    text = 'reply,agent\nok,x\n"open,y\n' + "line,z\n" * 6_000
    assert read_text(path, text) == [
        Row("ok", "x"),
        Rejected(f"{path}:3", "goes on to line 6003; is a quotation mark left open?"),
    ]
    monkeypatch.setattr(plain_tables, "_LONGEST_CELL", 20_000)
    rows = read_text(path, text)
    assert rows[0] == Row("ok", "x")
    assert rows[1] == Rejected(f"{path}:3", "can't be split into cells: field larger than field limit (20000)")
    assert rows[-1] == Row("line", "z")


@pytest.mark.slow
def test_ten_megabytes_in_a_cell(tmp_path: Path) -> None:
    reply = "سلام، خوبی؟ \n" * 800_000
    assert read_text(tmp_path / "x.jsonl", json.dumps({"reply": reply})) == [Row(reply)]
    flat = reply.replace("\n", " ")
    assert read_text(tmp_path / "x.csv", delimited([["reply", "agent"], [flat, "x"]])) == [Row(flat, "x")]
    assert read_text(tmp_path / "x.txt", flat) == [Row(flat)]


def test_lines_of_json(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    lines = [
        '{"reply": "یک", "customer": 5.0, "agent": 12, "time": 1715511600000}',
        '"دو"',
        "",
        '{"reply": "سه", "channel": "chat", "customer": {"id": 5}, "time": 1715511600.5}',
        '{"reply": ',
        "[]",
        "3",
        '{"reply": null}',
        '{"reply": {"text": "x"}}',
        '{"text": "what the customer wrote"}',
        '{"reply": "\\ud83d"}',
        '{"reply": "چهار", "time": NaN, "agent": null}',
        '{"reply": "پنج", "time": true}',
        '{"reply": 6, "time": "20240512143000"}',
    ]
    reason = 'no text in column "reply"'
    assert read_text(path, "\n".join(lines)) == [
        Row("یک", "12", "5", 1_715_511_600),
        Row("دو"),
        Row("سه", "", '{"id": 5}', 1_715_511_600, "chat"),
        Rejected(f"{path}:5", "broken JSON: Expecting value; one value a line is needed"),
        Rejected(f"{path}:6", "needs a text or an object"),
        Rejected(f"{path}:7", "needs a text or an object"),
        Rejected(f"{path}:8", reason),
        Rejected(f"{path}:9", reason),
        Rejected(f"{path}:10", reason),
        Rejected(f"{path}:11", "broken characters; export it again as UTF-8"),
        Row("چهار"),
        Rejected(f"{path}:13", 'can\'t read the time "True"'),
        Row("6", time=1_715_511_600),
    ]


def test_keys_that_come_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(value_tables, "_SAMPLE", 1)
    path = tmp_path / "x.jsonl"
    lines = ['"اول"', '{"text": "یک"}', '{"text": "دو", "reply": "نه", "agent": "علی"}']
    path.write_text("\n".join(lines), "utf-8")
    with open_table(path) as table:
        assert table.columns == {}
        assert list(table) == [Row("اول"), Row("یک"), Row("دو", "علی")]
        assert table.columns == {"reply": "text", "agent": "agent"}


def test_types_of_parquet(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    zoned = datetime.datetime(2024, 5, 12, 11, tzinfo=datetime.UTC)
    data = {
        "reply": ["سلام".encode(), "با بایت".encode(), b"\xff", None, "نه".encode()],
        "time": [zoned, None, zoned, zoned, datetime.datetime(1850, 1, 1, tzinfo=datetime.UTC)],
        "agent": polars.Series(["a", "b", "a", "a", None], dtype=polars.Categorical),
        "customer": [5.0, float("nan"), 1.5, None, 2.0],
        "channel": [["x"], [], None, None, None],
    }
    polars.DataFrame(data).write_parquet(path)
    assert read(path) == [
        Row("سلام", "a", "5", 1_715_511_600, '["x"]'),
        Row("با بایت", "b", "", 0, "[]"),
        Rejected(f"{path}:3", "broken characters; export it again as UTF-8"),
        Rejected(f"{path}:4", 'no text in column "reply"'),
        Rejected(f"{path}:5", 'can\'t read the time "1850-01-01 00:00:00+00:00"'),
    ]


def test_batches_of_parquet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamdel.exports.parquet_and_xlsx._BATCH", 3)
    path = tmp_path / "x.parquet"
    polars.DataFrame({"reply": [*map(str, range(9)), None]}).write_parquet(path, row_group_size=4)
    with open_table(path) as table:
        rows = iter(table)
        assert [next(rows) for _ in range(5)] == [Row(str(number)) for number in range(5)]
        assert table.position == table.size // 2
        assert list(rows)[-1] == Rejected(f"{path}:10", 'no text in column "reply"')


def test_rows_of_a_workbook_have_its_numbers(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    late = [None] * 2_000
    data = {"متن": ["یک", None, *late, "دو", None], "تاریخ": [None, None, *late, "1403/02/23", "1403/02/23"]}
    polars.DataFrame(data).write_excel(path)
    assert read(path) == [
        Row("یک"),
        Row("دو", time=1_715_459_400),
        Rejected(f"{path}:2005", 'no text in column "متن"'),
    ]


def test_cells_of_many_kinds_in_one_column(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    from xlsxwriter import Workbook

    with Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["reply", "customer", "time"])
        sheet.write_row(1, 0, ["یک", 5, "1403/02/23"])
        sheet.write_row(2, 0, [12, "A5", 1715511600])
        sheet.write(3, 0, "سه")
        sheet.write_datetime(
            3, 2, datetime.datetime(2024, 5, 12, 14, 30), book.add_format({"num_format": "yyyy/mm/dd"})
        )
    assert read(path) == [
        Row("یک", "", "5", 1_715_459_400),
        Row("12", "", "A5", 1_715_511_600),
        Row("سه", time=1_715_511_600),
    ]


@pytest.mark.parametrize("package", ["polars", "fastexcel"])
def test_packages_that_are_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    write_xlsx(tmp_path / "x.xlsx")
    monkeypatch.setattr("hamdel.exports.parquet_and_xlsx.find_spec", lambda name: None if name == package else name)
    with pytest.raises(InputError, match=rf"x\.xlsx: needs {package}; pip install 'hamdel\[audit\]'"):
        open_table(tmp_path / "x.xlsx")


def test_import_is_light() -> None:
    code = (
        "import sys, pathlib, hamdel.exports as t\n"
        "list(t.open_table(pathlib.Path('x.csv')))\n"
        "print(sorted({'polars', 'numpy', 'fastexcel', 'spacy', 'hazm', 'pyarrow'} & set(sys.modules)))"
    )
    source = str(Path(hamdel.__file__).parents[1])
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([source, os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=env, check=False)
    assert b"x.csv: no such file" in done.stderr
    code = code.replace("list(t.open_table(pathlib.Path('x.csv')))\n", "")
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, env=env, check=True).stdout == b"[]\n"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["x.csv", "x.jsonl", "x.txt"])
def test_memory_does_not_grow_with_rows(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    head = "reply\n" if name == "x.csv" else ""
    path.write_text(head + '"سلام، سفارش شما فردا می‌رسد و کد رهگیری پیامک می‌شود"\n' * 100_000, "utf-8")
    tracemalloc.start()
    with open_table(path) as table:
        positions = {table.position for row in table if isinstance(row, Row)}
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6_000_000 < table.size
    assert len(positions) > 100


_CELL = st.text(st.characters(exclude_categories=["Cs"])) | st.text('",;\t؛\r\n ا')


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(_CELL.filter(lambda text: text and not text.isspace()), _CELL), max_size=5),
    st.sampled_from(",;\t؛"),
)
@example([('"', "\n"), ("\rا", "\r\n;")], "؛")
def test_quoting_comes_back(tmp_path: Path, rows: list[tuple[str, str]], delimiter: str) -> None:
    text = delimited([("reply", "agent"), *rows], delimiter)
    found = read_text(tmp_path / "x.csv", b"\xef\xbb\xbf" + text.encode())
    assert found == [Row(reply, agent.strip()) for reply, agent in rows]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary())
@pytest.mark.parametrize("name", ["x.csv", "x.jsonl", "x.txt"])
def test_any_bytes_give_rows_or_an_input_error(tmp_path: Path, name: str, data: bytes) -> None:
    head = "reply,time\nسلام سلام سلام,\n" if name == "x.csv" else "سلام سلام سلام\n"
    try:
        assert all(isinstance(row, Row | Rejected) for row in read_text(tmp_path / name, head.encode() + data))
    except InputError as error:
        assert "\n" not in str(error)
