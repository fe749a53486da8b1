"""Start-up: whole processes, against ``python -c "import spacy"`` in the same run.

Each round runs the baseline, every command, and the baseline again; a command's ratio in a round is its wall time by
the mean of the two baselines around it, and the figure is the median over the rounds. Peak memory is the child's own
(``os.wait4``). The lexicon is compiled before the first round, and so are all modules: an installed package has its
bytecode, whatever PYTHONDONTWRITEBYTECODE says here. A check compares with no archive, which needs neither numpy nor
rapidfuzz, or with an archive of one reply.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from common import DRAFT, ROOT, machine, row

HAMDEL = [sys.executable, "-m", "hamdel"]
BASELINE = [sys.executable, "-c", "import spacy"]
ENV = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])}
ENV.pop("PYTHONDONTWRITEBYTECODE", None)
ARCHIVED = "check, with an archive"
LIMITS = {"check": 0.7, ARCHIVED: 0.75, "--version": 0.3, "--help": 0.3, "checks": 0.3, "explain respect/blame": 0.3}
MEGABYTE = 1024 * (1024 if sys.platform == "darwin" else 1)  # ru_maxrss: bytes on macOS, kilobytes elsewhere


def timed(command: list[str]) -> tuple[float, float]:
    """Run a command to its end; return wall seconds and peak megabytes."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=ENV)
    errors = child.stderr.read() if child.stderr else b""
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(command)} failed: {errors.decode(errors='replace')}")
    return seconds, usage.ru_maxrss / MEGABYTE


def commands(folder: Path) -> dict[str, list[str]]:
    """Return the command lines to measure, by name."""
    draft, archive = folder / "draft.txt", str(folder / "archive")
    draft.write_text((DRAFT.format(order=54821) + " " + DRAFT.format(order=7712))[:300], encoding="utf-8")
    timed([*HAMDEL, "archive", "add", str(draft), "--archive", archive])
    check = [*HAMDEL, "check", str(draft), "--no-config", "--fail-on", "never"]
    checks = {"check": [*check, "--no-archive"], ARCHIVED: [*check, "--archive", archive]}
    return {name: checks.get(name) or [*HAMDEL, *name.split()] for name in LIMITS}


def main() -> None:
    """Measure and print one row for each command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    rounds = parser.parse_args().rounds
    print(machine(), f"({rounds} rounds)")
    with tempfile.TemporaryDirectory() as folder:
        ENV["PYTHONPYCACHEPREFIX"] = str(Path(folder, "bytecode"))
        lines = commands(Path(folder))
        for line in (*lines.values(), BASELINE):  # compiles the lexicon, warms the disk cache
            timed(line)
        seconds: dict[str, list[float]] = {name: [] for name in lines}
        ratios: dict[str, list[float]] = {name: [] for name in lines}
        memory: dict[str, list[float]] = {name: [] for name in (*lines, "baseline")}
        baselines: list[float] = []
        for _ in range(rounds):
            for name, line in lines.items():
                (before, mega), (took, peak), (after, _) = timed(BASELINE), timed(line), timed(BASELINE)
                ratios[name].append(2 * took / (before + after))
                seconds[name].append(took)
                baselines += (before, after)
                memory[name].append(peak)
                memory["baseline"].append(mega)
    base = f"{statistics.median(baselines):.3f} s, {max(memory['baseline']):.0f} MB"
    for name, limit in LIMITS.items():
        print(end="" if statistics.median(ratios[name]) <= limit else "OVER THE LIMIT: ")
        row(
            f"start-up: `{name}`",
            f"{statistics.median(ratios[name]):.2f} × (limit {limit})",
            f"{statistics.median(seconds[name]):.3f} s, {max(memory[name]):.0f} MB",
            f"`import spacy`: {base}",
        )


if __name__ == "__main__":
    main()
