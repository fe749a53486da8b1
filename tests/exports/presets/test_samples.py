"""Made-up exports of each preset, with the traps of real ones, against the tables that they must become.

``HAMDEL_WRITE_GOLDEN=1`` writes the tables anew; read the difference before it is committed. A folder whose name ends
in ``.zip`` is packed first.
"""

from __future__ import annotations

import json
import os
import zipfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from hamdel.exports import Columns, Row, open_table
from hamdel.exports.columns import ALL_ROLES
from hamdel.exports.presets import all_presets

EXPORTS = Path(__file__).parent / "samples"
GOLDEN = ".golden.json"
CASES = sorted(path for path in EXPORTS.rglob(f"*{GOLDEN}"))
ALL = Columns(roles=ALL_ROLES)
#: They have their fixtures in `test_presets`.
ELSEWHERE = {"zendesk", "chatwoot", "intercom", "telegram", "google-play"}


def packed(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())
    return target


def columns(options: dict[str, Any]) -> Columns:
    team = tuple(options.get("team", ()))
    return replace(ALL, team=team, preset=options.get("preset"), date_order=options.get("date_order"))


def table_of(path: Path, options: dict[str, Any]) -> dict[str, Any]:
    empty = asdict(Row(""))
    with open_table(path, columns(options)) as table:
        found = list(table)
        return {
            "preset": table.preset,
            "reason": table.told.reason,
            "notes": [list(note) for note in table.told.notes],
            "rows": [
                {name: value for name, value in asdict(row).items() if value != empty[name]}
                for row in found
                if isinstance(row, Row)
            ],
            "rejected": [[row.place.removeprefix(f"{path}:"), row.reason] for row in found if not isinstance(row, Row)],
            "left_out": {str(name): count for name, count in sorted(table.left_out.items())},
        }


@pytest.mark.parametrize("golden", CASES, ids=lambda path: path.relative_to(EXPORTS).as_posix().removesuffix(GOLDEN))
def test_golden_table(golden: Path, tmp_path: Path) -> None:
    source = golden.with_name(golden.name.removesuffix(GOLDEN))
    if source.is_dir():
        source = packed(source, tmp_path / source.name)
    expected = json.loads(golden.read_text("utf-8"))
    found = json.loads(json.dumps({"options": expected["options"], **table_of(source, expected["options"])}))
    if os.environ.get("HAMDEL_WRITE_GOLDEN"):
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
        expected = found
    assert found == expected
    assert found["preset"] == golden.relative_to(EXPORTS).parts[0].replace("_", "-")
    assert found["reason"]


def test_each_preset_has_a_fixture() -> None:
    there = {path.relative_to(EXPORTS).parts[0].replace("_", "-") for path in CASES}
    assert there | ELSEWHERE == set(all_presets())
