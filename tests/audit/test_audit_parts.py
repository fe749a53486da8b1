"""An audit in parts: merged, they are the audit of one run, whatever the order; what differs is refused."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from audit_runs import HEADER, Audit, WriteExport, files_of, rows

from hamdel.audit import blocks, manifest, parts
from hamdel.audit.examine import Rules
from hamdel.audit.folder import Folder
from hamdel.audit.merge import merge_tables
from hamdel.audit.parts import Part, parse_part
from hamdel.audit.run import Order, make_tables, open_folder, read_tables
from hamdel.audit.summary import Settings, summarise
from hamdel.checker import Checker
from hamdel.errors import AuditError, InputError
from hamdel.exports import Columns
from hamdel.exports.columns import ALL_ROLES
from hamdel.render.audit.audit_folder import write_results
from hamdel.settings.config import Config

MakeParts = Callable[..., list[Path]]


@pytest.fixture
def make_parts(audit: Audit, tmp_path: Path) -> MakeParts:
    """Examine an export in parts, without merging them."""

    def make(path: Path, count: int, **order: object) -> list[Path]:
        folders = [tmp_path / f"part {number}" for number in range(1, count + 1)]
        for number, out in enumerate(folders, 1):
            columns = Columns(roles=ALL_ROLES, outcomes=("paid",))
            what = replace(Order([path], columns, Rules(Config(), ("paid",))), part=Part(number, count), **order)
            folder, finished = open_folder(what, out, resume=False, force=True)
            assert not finished
            make_tables(what, folder, lambda _: None)
        return folders

    return make


def merged(folders: Sequence[Path], out: Path) -> Path:
    folder = merge_tables(folders, Config(), out, force=False)
    folder.place()
    return folder.path


def whole(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("count", [1, 2, 4])
def test_merged_parts_are_one_run(
    audit: Audit, export: WriteExport, make_parts: MakeParts, tmp_path: Path, count: int
) -> None:
    path = export(73, broken=7)
    expected = whole(audit(path, out=tmp_path / "one", anonymous=True).path)
    folders = make_parts(path, count, anonymous=True)
    assert whole(merged(folders[::-1], tmp_path / "merged")) == expected  # what run.json says, too
    assert whole(merged([*folders[1:], folders[0]], tmp_path / "other")) == expected


def test_more_parts_than_blocks(audit: Audit, export: WriteExport, make_parts: MakeParts, tmp_path: Path) -> None:
    path = export(15)
    expected = whole(audit(path, out=tmp_path / "one").path)
    assert whole(merged(make_parts(path, 5), tmp_path / "merged")) == expected


def test_parts_from_machines_with_other_mount_points(
    audit: Audit, export: WriteExport, make_parts: MakeParts, tmp_path: Path
) -> None:
    path = export(40)
    expected = files_of(audit(path, out=tmp_path / "one").path)
    first, _ = make_parts(path, 2)
    first.rename(tmp_path / "kept")
    elsewhere = tmp_path / "mnt" / path.name
    elsewhere.parent.mkdir()
    path.rename(elsewhere)
    _, second = make_parts(elsewhere, 2)
    assert files_of(merged([second, tmp_path / "kept"], tmp_path / "merged")) == expected


@pytest.mark.parametrize("what", ["lexicon", "model", "phrasebank"])
def test_another_data_file_is_refused(
    export: WriteExport, make_parts: MakeParts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    path = export(40)
    one, two = make_parts(path, 2)
    one.rename(tmp_path / "kept")
    digests = manifest.shipped_digests() | {what: "another"}
    monkeypatch.setattr(manifest, "shipped_digests", lambda: digests)
    with pytest.raises(AuditError, match=f"can't be merged here, for another {what}"):
        merge_tables([tmp_path / "kept", two], Config(), tmp_path / "merged", force=False)
    make_parts(path, 2)
    with pytest.raises(AuditError, match=f"aren't parts of one audit: another {what}"):
        merge_tables([tmp_path / "kept", two], Config(), tmp_path / "merged", force=False)
    assert not (tmp_path / "merged").exists()


def test_what_is_no_whole_audit_is_refused(export: WriteExport, make_parts: MakeParts, tmp_path: Path) -> None:
    one, two, three = make_parts(export(40), 3)
    fourth = tmp_path / "fourth"
    shutil.copytree(one, fourth)
    (fourth / "part.json").unlink()
    folder = tmp_path / "merged"
    for names, message in (
        ([one, two], "part 3/3 is missing"),
        ([one, one, two, three], "are both part 1/3"),
        ([one, two, fourth], "isn't a finished part"),
        ([one, two, tmp_path / "nowhere"], "isn't a finished part"),
    ):
        with pytest.raises(AuditError, match=message):
            merge_tables(names, Config(), folder, force=False)
    with pytest.raises(InputError, match="is one of the parts"):
        merge_tables([one, two, three], Config(), two, force=True)
    with pytest.raises(AuditError, match="for another setting limit"):
        merge_tables([one, two, three], replace(Config(), limit={"x": 1}), folder, force=False)  # type: ignore[arg-type]
    share = next((two / ".run" / "blocks").glob("*.findings.parquet"))
    data = share.read_bytes()
    for left in (data[:-9], b"", None):
        share.unlink()
        if left is not None:
            share.write_bytes(left)
        with pytest.raises(AuditError, match="is missing or cut off; copy part 2/3 once more"):
            merge_tables([one, two, three], Config(), folder, force=False)
    (three / "part.json").write_text('{"schema": "hamdel/audit-part/1", "part": 4, "of": 3, "blocks": 1, "rows": 1}')
    with pytest.raises(AuditError, match="isn't what an audit wrote"):
        merge_tables([one, two, three], Config(), folder, force=False)
    (three / "part.json").write_text("[]")
    with pytest.raises(AuditError, match="isn't what an audit wrote"):
        merge_tables([one, two, three], Config(), folder, force=False)
    assert not folder.exists()


def test_changed_input_and_another_count_are_refused(
    export: WriteExport, make_parts: MakeParts, tmp_path: Path
) -> None:
    one, _ = make_parts(export(40), 2)
    one.rename(tmp_path / "kept")
    _, two, _ = make_parts(export(40), 3)
    with pytest.raises(AuditError, match="the same number of parts"):
        merge_tables([tmp_path / "kept", two], Config(), tmp_path / "merged", force=False)
    _, two = make_parts(export(41), 2)
    with pytest.raises(AuditError, match=r"export\.csv has changed"):
        merge_tables([tmp_path / "kept", two], Config(), tmp_path / "merged", force=False)


def test_an_interrupted_part_goes_on(audit: Audit, export: WriteExport, make_parts: MakeParts, tmp_path: Path) -> None:
    path = export(73)
    expected = whole(audit(path, out=tmp_path / "one").path)
    folders = make_parts(path, 2)
    (folders[0] / "part.json").unlink()
    left = sorted((folders[0] / ".run" / "blocks").glob("*.replies.parquet"))
    left[-1].unlink()
    with pytest.raises(AuditError, match="isn't a finished part"):
        merge_tables(folders, Config(), tmp_path / "merged", force=False)
    with pytest.raises(AuditError, match="holds an audit that was interrupted"):
        audit(path, out=folders[0], part=Part(1, 2))
    columns = Columns(roles=ALL_ROLES, outcomes=("paid",))
    order = Order([path], columns, Rules(Config(), ("paid",)), part=Part(1, 2))
    folder, _ = open_folder(order, folders[0], resume=True, force=False)
    make_tables(order, folder, lambda _: None)
    assert whole(merged(folders, tmp_path / "merged")) == expected
    with pytest.raises(AuditError, match="can't go on, for another part"):
        audit(path, out=folders[0], part=Part(2, 2), resume=True)
    with pytest.raises(AuditError, match="holds a part of an audit"):
        audit(path, out=folders[0])
    assert whole(audit(path, out=folders[0], force=True).path) == expected  # nothing of the part is left


@pytest.mark.parametrize("text", ["0/3", "4/3", "3", "1/0", "a/b", "-1/3", "1/2/3", "1.0/2", ""])
def test_what_is_no_part(text: str) -> None:
    with pytest.raises(InputError, match="write i/n"):
        parse_part(text)


def test_a_part_as_written() -> None:
    assert parse_part(" 3/20 ") == Part(3, 20)
    assert [block for block in range(7) if Part(2, 3).holds(block)] == [1, 4]


def _digest(folder: Folder, tables: Path) -> str:
    """Write what people and analysts get, and return one digest of all of it."""
    made = read_tables(tables)
    write_results(folder.result, summarise(made.replies, made.findings, Settings(Checker())))
    folder.place()
    digest = hashlib.blake2b()
    for name, data in sorted(whole(folder.path).items()):
        digest.update(name.encode() + b"\0" + data)
    return digest.hexdigest()


#: Replies of the slow test; 50,000 take minutes, and were tried by hand.
MANY = int(os.environ.get("HAMDEL_TEST_REPLIES", "10000"))


@pytest.mark.parametrize("count", [3_000, pytest.param(MANY, marks=pytest.mark.slow)])
def test_one_digest(tmp_path: Path, count: int) -> None:
    """One process, two, and four parts in any order: one digest of tables, summary and page."""
    path = tmp_path / "export.csv"
    pl.DataFrame(rows(count), schema=HEADER, orient="row").write_csv(path)
    columns = Columns(roles=ALL_ROLES, outcomes=("paid",))
    order = Order([path], columns, Rules(Config(), ("paid",)))
    digests = []
    for workers in (1, 2):
        what = replace(order, workers=workers)
        folder, _ = open_folder(what, tmp_path / f"workers {workers}", resume=False, force=False)
        make_tables(what, folder, lambda _: None)
        digests.append(_digest(folder, folder.result))
    places = [tmp_path / f"part {number}" for number in range(1, 5)]
    for number, workers in ((3, 1), (1, 2), (4, 1), (2, 1)):
        what = replace(order, part=Part(number, 4), workers=workers)
        folder, _ = open_folder(what, places[number - 1], resume=False, force=False)
        make_tables(what, folder, lambda _: None)
    for place, some in enumerate((places, [places[2], places[0], places[3], places[1]])):
        folder = merge_tables(some, Config(), tmp_path / f"merged {place}", force=False)
        digests.append(_digest(folder, folder.result))
    assert len(set(digests)) == 1


def test_the_mark_says_which_part(export: WriteExport, make_parts: MakeParts) -> None:
    _, two = make_parts(export(25), 2)
    assert json.loads((two / "part.json").read_bytes()) == {
        "schema": parts.SCHEMA,
        "part": 2,
        "of": 2,
        "blocks": -(-25 // blocks._ROWS),
        "rows": 25,
    }


def test_rejected_rows_that_were_not_copied(export: WriteExport, make_parts: MakeParts, tmp_path: Path) -> None:
    one, two = make_parts(export(73, broken=7), 2)
    next((two / ".run" / "blocks").glob("*.rejected.jsonl")).unlink()
    with pytest.raises(AuditError, match="of 73 rows; copy their folders once more"):
        merge_tables([one, two], Config(), tmp_path / "merged", force=False)
    assert not (tmp_path / "merged").exists()
