"""What a warm check and an audit's examining cost, against other trees of hamdel, in turns.

    python benchmarks/cost.py TREE… [--data ../shared/data/percqa_noids.jsonl] [--rounds 5] [--only "examine generated"]

A tree is a checkout with its kernel compiled; the first one is the baseline, this one comes last. Each runs in a
process of its own with all checks on, and they take turns of thirty texts; a figure is the sum over these turns of the
least processor time of all rounds, so that what else runs on the machine counts little. Texts: 300 answers of a forum
with their questions, cut at 400 characters, 1,000 conversations of the training corpus, each with a message of its
own, and 1,000 replies of the generated corpus that `benchmarks/audit.py` uses. ``check`` words suggestions, examining
doesn't. ``--only`` takes words of a row's name.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from common import ROOT, SHARED, machine, read_jsonl, row

TURN = 30
LONGEST = 400
Pair = tuple[str, str]


def forum(path: Path) -> list[Pair]:
    """Return answers of a forum with their questions."""
    pairs = [(one["text"][:LONGEST], q["body"][:LONGEST]) for q in read_jsonl(path) for one in q["comments"]]
    return [pair for pair in pairs if len(pair[0]) > 60][:300]


def conversations() -> list[Pair]:
    """Return replies of the training corpus with their messages."""
    talks = [talk for path in sorted((ROOT / "training/corpus").glob("talks-*.jsonl")) for talk in read_jsonl(path)]
    pairs = [(" ".join(text for text, *_ in talk["s"]), talk.get("c") or "") for talk in talks]
    random.Random(1).shuffle(pairs)
    return pairs[:1000]


def generated(tool: Path) -> list[Pair]:
    """Return replies of the generated corpus with their messages."""
    from audit import make_export

    with tempfile.TemporaryDirectory() as folder:
        lines = make_export(tool, Path(folder), 1000).read_text(encoding="utf-8").splitlines()
    return [(one["reply"], one["customer_message"]) for one in csv.DictReader(lines)]


def checking(pairs: list[Pair]) -> Callable[[int, int], object]:
    """Return what checks some of the texts."""
    from hamdel import Checker

    checker = Checker()
    return lambda first, last: [checker.check(draft, customer=message) for draft, message in pairs[first:last]]


def examining(pairs: list[Pair]) -> Callable[[int, int], object]:
    """Return what examines some of the texts as an audit's worker does."""
    from hamdel.audit import blocks, examine

    rules, make = vars(examine), vars(blocks)["Row"]  # where these are at home differs between trees
    if "_REPEATED" in rules:  # the rounds have the same texts, and none of them is to be remembered
        examine._REPEATED = 0
    examiner = examine.Examiner(rules["Rules"](rules["Config"]()))
    rows = [(number, make(draft, message=message, id=str(number))) for number, (draft, message) in enumerate(pairs)]
    block = blocks.Block
    return lambda first, last: examiner.examine(block(0, rows[first:last]))


WORK = {"check": checking, "examine": examining}


def serve(work: str) -> None:
    """Work on the turns that standard input asks for, and print the processor time of each."""
    pairs = [(draft, message) for draft, message in json.loads(sys.stdin.readline())]
    run = WORK[work](pairs)
    for first in range(0, len(pairs), TURN):
        run(first, first + TURN)
    print("ready", flush=True)
    for line in sys.stdin:
        start = time.process_time()
        run(int(line), int(line) + TURN)
        print(time.process_time() - start, flush=True)


def started(tree: Path, work: str, pairs: list[Pair]) -> subprocess.Popen[str]:
    """Start a tree's process and wait until it has seen all texts once."""
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "PYTHONHASHSEED": "0"}
    command = [sys.executable, __file__, "--serve", work]
    process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    said(process, json.dumps(pairs))
    return process


def said(process: subprocess.Popen[str], line: str) -> str:
    """Return what a process answers."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{line}\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


def compare(name: str, work: str, pairs: list[Pair], trees: list[Path], rounds: int) -> None:
    """Print a row for each tree."""
    processes = [started(tree, work, pairs) for tree in trees]
    turns = range(0, len(pairs), TURN)
    least = [dict.fromkeys(turns, float("inf")) for _ in trees]
    for _ in range(rounds):
        for first in turns:
            for process, times in zip(processes, least, strict=True):
                times[first] = min(times[first], float(said(process, str(first))))
    for process in processes:
        process.communicate()
    totals = [sum(times.values()) for times in least]
    for tree, total in zip(trees, totals, strict=True):
        each = total / len(pairs)
        ratio = f"{total / totals[0]:.2f} ×"
        row(f"{work}, {name}", tree.name, ratio, f"{each * 1e3:.2f} ms, {1 / each:,.0f} replies/s")


def main() -> None:
    """Measure and print rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trees", nargs="*", type=Path)
    parser.add_argument("--data", type=Path, default=SHARED / "data/percqa_noids.jsonl")
    parser.add_argument("--tool", type=Path, default=SHARED / "tools/make_corpus.py")
    parser.add_argument("--only", default="")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--serve", choices=WORK, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve:
        serve(arguments.serve)
        return
    print(machine(), f"({arguments.rounds} rounds, {TURN} texts a turn)")
    trees = [*arguments.trees, ROOT]
    texts = {"1,000 conversations": conversations(), "1,000 generated replies": generated(arguments.tool)}
    if arguments.data.exists():
        texts = {"300 forum answers": forum(arguments.data), **texts}
    for work in WORK:
        for name, pairs in texts.items():
            if not all(word in f"{work} {name}" for word in arguments.only.split()):
                continue
            compare(name, work, pairs, trees, arguments.rounds)


if __name__ == "__main__":
    main()
