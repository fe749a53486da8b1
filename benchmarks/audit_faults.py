"""What an audit leaves behind when it is killed, and when a field has 200 MB.

    python benchmarks/audit_faults.py [KILLS] [--replies 3000] [--tool ../shared/tools/make_corpus.py] [--field 200]

A run is killed (SIGKILL, all its processes) at a random moment of the time that an uninterrupted one takes; the next
goes on with ``--resume`` and may be killed too, until one gets to the end. Then all files are compared, byte by byte,
with an uninterrupted run's, and another audit begins.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from audit import make_export
from common import SHARED, machine, row


def main() -> None:
    """Print rows for RESULTS.md; exit with 1 when a table differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kills", nargs="?", type=int, default=50)
    parser.add_argument("--replies", type=int, default=3000)
    parser.add_argument("--tool", type=Path, default=SHARED / "tools" / "make_corpus.py")
    parser.add_argument("--field", type=int, default=200, help="MB of the field; 0 for none")
    options = parser.parse_args()
    print(machine())
    folder = Path(tempfile.mkdtemp(prefix="hamdel-faults-"))
    wrong = kill_often(make_export(options.tool, folder, options.replies), folder, options.kills)
    if options.field:
        wrong += long_field(folder, options.field)
    shutil.rmtree(folder)
    sys.exit(1 if wrong else 0)


def kill_often(export: Path, folder: Path, kills: int) -> int:
    """Kill and go on; return how many audits ended with other files than an uninterrupted one."""
    start = time.perf_counter()
    expected = digests(finish(export, folder / "whole"))
    whole = time.perf_counter() - start
    chance, out = random.Random(50), folder / "killed"
    killed = empty = finished = wrong = 0
    while killed < kills or out.exists():
        process = begin(export, out)
        try:
            process.wait(chance.uniform(0, whole) if killed < kills else None)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            killed += 1
            empty += not list(out.glob(".run/blocks/*.replies.parquet"))
            continue
        if process.returncode:
            sys.exit(f"the run failed with {process.returncode}")
        finished += 1
        wrong += digests(out) != expected
        shutil.rmtree(out)
    row(f"`kill -9` at {killed} random moments, then --resume", f"{wrong} of {finished} audits with other tables")
    row("of these kills", f"{empty} before the first block was stored")
    return wrong


def begin(export: Path, out: Path) -> subprocess.Popen[bytes]:
    """Start an audit, or go on with one, in a process group of its own."""
    command = [sys.executable, "-m", "hamdel", "audit", export.name, "--out", str(out), "--resume", "--no-config"]
    return subprocess.Popen(
        command, cwd=export.parent, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def finish(export: Path, out: Path) -> Path:
    """Audit without an interruption."""
    if begin(export, out).wait():
        sys.exit("the uninterrupted run failed")
    return out


def digests(out: Path) -> dict[str, str]:
    """A digest of each file."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.iterdir())}


def long_field(folder: Path, size: int) -> int:
    """Audit a file with one enormous field between two replies; return 1 when something is lost."""
    path, out = folder / "long.csv", folder / "long"
    letters = "سلام وقت بخیر " * 40_000
    with path.open("w", encoding="utf-8") as file:
        file.write("reply,agent\nسلام، سفارش شما فردا می‌رسد.,سارا\n")
        for _ in range(size * 1_000_000 // len(letters.encode())):
            file.write(letters)
        file.write(",سارا\nممنون از شکیبایی شما.,سارا\n")
    start = time.perf_counter()
    command = [sys.executable, "-m", "hamdel", "audit", path.name, "--out", str(out), "--lang", "en", "--no-config"]
    found = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    rejected = (out / "rejected.jsonl").read_text("utf-8").strip() if out.exists() else ""
    row(f"a field of {size} MB", f"exit {found.returncode}, {time.perf_counter() - start:.0f} s", rejected)
    return int(found.returncode != 0 or rejected.count("\n") != 0 or "2 replies checked" not in found.stdout)


if __name__ == "__main__":
    main()
