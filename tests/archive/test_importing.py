"""Importing with several processes: a killed import leaves nobody behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

CHILD = """
import os, sys
from pathlib import Path
from hamdel.archive.archive import Archive
from hamdel.archive.importing import import_rows
from hamdel.exports import Row

def rows():
    for number in range(10**9):
        yield Row(f"پاسخ {chr(1576 + number % 20)} فرستاده شد", customer=str(number), time=number + 1)

if __name__ == "__main__":
    with Archive(Path(sys.argv[1]), write=True) as archive:
        import_rows(archive, rows(), lambda done: print(done.rows, flush=True))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_workers_end_with_a_killed_import(tmp_path: Path) -> None:
    script = tmp_path / "child.py"
    script.write_text(CHILD, "utf-8")
    with subprocess.Popen(
        [sys.executable, script, tmp_path / "a"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        assert child.stdout is not None
        for _ in range(5):  # from the third batch on there are workers
            assert child.stdout.readline()
        workers = Path(f"/proc/{child.pid}/task/{child.pid}/children").read_text().split()
        assert workers
        child.send_signal(signal.SIGKILL)
    for _ in range(200):
        if not any(_runs(worker) for worker in workers):
            return
        time.sleep(0.05)
    for worker in workers:
        if _runs(worker):
            os.kill(int(worker), signal.SIGKILL)
    pytest.fail("workers outlive the import")


def _runs(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
