"""The audit: how fast is it, how does it grow, how much memory does it take, and are all formats alike?

    python benchmarks/audit.py [--sizes 10000 100000] [--workers 1 2] [--rounds 1] [--bare] [--tool make_corpus.py]
    python benchmarks/audit.py --check [--tool make_corpus.py]
    python benchmarks/audit.py --formats [../shared/data/percqa_noids.jsonl]

Replies come from the generator (mean 223 characters; without it, from a small one of this script), each with a
customer's message, agent, time, channel and rating. A run is a process of its own that examines, puts the tables
together, summarises (near-copy clusters at 90 among it, and once more without, which isn't counted) and writes the
page; its memory is the sum of the proportional set sizes of all its processes, looked at once a second, for the system
walks through all pages to tell. One worker is the baseline of two, in turns. ``--bare`` looks for no clusters at all.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import hashlib
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from common import SHARED, existing, machine, read_jsonl, row

HEADER = ["id", "reply", "customer_message", "agent", "customer_id", "created_at", "channel", "csat", "ticket_id"]
MESSAGES = (
    "سلام، سفارش {n} من سه روزه نرسیده و واقعاً نگرانم. کی به دستم می‌رسه؟",
    "چرا هیچ‌کس جواب نمیده؟ پولم کم شده ولی سفارش {n} ثبت نشده!",
    "سلام خسته نباشید، کالای سفارش {n} شکسته بود. چطور پسش بدم؟",
    "ممنون از پیگیریتون، سفارش {n} رسید.",
    "می‌خواستم بدونم گارانتی این گوشی چند ماهه و هزینهٔ ارسالش به تبریز چقدره؟",
    "رمزم رو فراموش کردم و پیامک تأیید هم نمیاد، دیگه خسته شدم.",
)
PIECES = (
    "سلام وقت شما بخیر",
    "بابت تأخیر سفارش {n} از شما عذر می‌خواهیم",
    "بسته فردا تا ساعت {h} به دستتان می‌رسد",
    "لطفاً شمارهٔ سفارش و تصویر کالا را بفرستید",
    "همکاران ما موضوع را بررسی می‌کنند و در اسرع وقت نتیجه را می‌گویند",
    "مبلغ {n} تومان ظرف {h} ساعت کاری به حساب شما برمی‌گردد",
    "اگر مشکل همچنان هست برنامه را یک بار حذف و دوباره نصب کنید",
    "شما باید قبل از خرید شرایط را می‌خواندید",
    "از صبوری شما سپاسگزاریم",
)


def main() -> None:
    """Print rows for RESULTS.md; exit with 1 when formats differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--tool", type=Path, default=SHARED / "tools" / "make_corpus.py")
    parser.add_argument("--bare", action="store_true", help="without clusters")
    parser.add_argument("--folder", type=Path, help="for corpora and results; a temporary one by default")
    parser.add_argument("--formats", type=Path, nargs="?", const=SHARED / "data" / "percqa_noids.jsonl")
    parser.add_argument("--check", action="store_true", help="examining against checking, in one process")
    parser.add_argument("--child", nargs=4, help=argparse.SUPPRESS)  # this script's own child
    options = parser.parse_args()
    if options.child:
        export, out, workers, bare = options.child
        child(Path(export), Path(out), int(workers), bare=bare == "True")
        return
    print(machine())
    folder = options.folder or Path(tempfile.mkdtemp(prefix="hamdel-audit-"))
    folder.mkdir(parents=True, exist_ok=True)
    same = True
    if options.check:
        against_check(make_export(options.tool, folder, 10_000))
    elif options.formats:
        same = compare_formats(existing(options.formats), folder)
    else:
        for size in options.sizes:
            measure(make_export(options.tool, folder, size), folder, size, options)
    if not options.folder:
        shutil.rmtree(folder)
    sys.exit(0 if same else 1)


def make_export(tool: Path, folder: Path, size: int) -> Path:
    """Write an export of ``size`` replies as CSV."""
    path = folder / f"export-{size}.csv"
    if path.exists():
        return path
    chance = random.Random(size)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number, reply in enumerate(_replies(tool, folder, size, chance)):
            message = chance.choice(MESSAGES).format(n=chance.randrange(10**5, 10**8))
            when = datetime.datetime.fromtimestamp(1_700_000_000 + 37 * number, datetime.UTC).isoformat()
            channel = chance.choice(("chat", "email", "instagram"))
            stars = chance.choice((1, 2, 3, 4, 5, ""))
            agent, customer, ticket = f"agent {number % 20}", number * 7919 % (size // 3 + 1), number // 3
            writer.writerow([number, reply, message, agent, customer, when, channel, stars, ticket])
    return path


def _replies(tool: Path, folder: Path, size: int, chance: random.Random) -> Iterator[str]:
    if tool.exists():
        corpus = folder / f"corpus-{size}.txt"
        if not corpus.exists():
            subprocess.run([sys.executable, str(tool), str(size), str(corpus)], check=True)
        with corpus.open(encoding="utf-8") as lines:
            yield from (line.rstrip("\n") for line in lines)
        return
    for _ in range(size):
        some = chance.sample(PIECES, chance.randrange(2, 7))
        yield ". ".join(some).format(n=chance.randrange(10**5, 10**8), h=chance.randrange(9, 23)) + "."


def measure(export: Path, folder: Path, size: int, options: argparse.Namespace) -> None:
    """Run with each number of workers in turns, and print what it took."""
    print(f"\n{size:,} replies, {export.stat().st_size / 1e6:.0f} MB")
    runs: dict[int, list[dict[str, float]]] = {workers: [] for workers in options.workers}
    for _ in range(options.rounds):
        for workers in options.workers:
            runs[workers].append(run_once(export, folder, workers, bare=options.bare))
    for workers, found in runs.items():
        best = {name: statistics.median(one[name] for one in found) for name in found[0]}
        whole = best["examine"] + best["assemble"] + best["summarise"] + best["write"]
        parts = ", ".join(f"{name} {best[name]:.1f} s" for name in ("examine", "assemble", "summarise", "write"))
        if not options.bare:
            row(f"{size:,}, {workers} worker(s)", f"{size / whole:,.0f} replies/s", parts)
        bare = whole if options.bare else whole - best["summarise"] + best["without clusters"]
        row(f"{size:,}, {workers} worker(s), without clusters", f"{1000 * bare / size:.3f} ms a reply")
        row(f"{size:,}, {workers} worker(s), peak memory", f"{best['memory']:.0f} MB")
    if {1, 2} <= runs.keys():
        ratios = [a["examine"] / b["examine"] for a, b in zip(runs[1], runs[2], strict=True)]
        row(f"{size:,}, two workers against one, examining", f"{statistics.median(ratios):.2f} times")


def against_check(export: Path) -> None:
    """Processor time of examining (check, mask, put into columns) against that of `Checker.check`, in turns."""
    import gc

    from hamdel.audit.blocks import Block
    from hamdel.audit.examine import Examiner, Rules
    from hamdel.checker import Checker
    from hamdel.exports import Columns, Row, open_table
    from hamdel.exports.columns import ALL_ROLES
    from hamdel.settings.config import Config

    with open_table(export, Columns(roles=ALL_ROLES)) as table:
        rows = [item for item in table if isinstance(item, Row)]
    examiner, checker = Examiner(Rules(Config())), Checker()
    gc.collect()
    gc.freeze()
    ratios, times = [], []
    for first in range(0, 4_000, 200):
        part = rows[first : first + 200]
        start = time.process_time()
        examiner.examine(Block(0, list(enumerate(part))))
        middle = time.process_time()
        for one in part:
            checker.check(one.reply, customer=one.message)
        times.append((middle - start) / len(part))
        ratios.append((middle - start) / (time.process_time() - middle))
    seconds, ratio = statistics.median(times), statistics.median(ratios)
    row("examining a reply, against Checker.check", f"{ratio:.2f} times", f"{1000 * seconds:.2f} ms of processor time")


def run_once(export: Path, folder: Path, workers: int, *, bare: bool) -> dict[str, float]:
    """Run in a process of its own; return seconds of each part, and the peak memory in MB."""
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, __file__, "--child", str(export), str(out), str(workers), str(bare)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, _memory(process.pid))
            time.sleep(1)
        text = process.stdout.read() if process.stdout else ""
    if process.returncode:
        sys.exit(f"the run failed with {process.returncode}")
    return {**json.loads(text.splitlines()[-1]), "memory": peak}


def child(export: Path, out: Path, workers: int, *, bare: bool) -> None:
    """Audit and print the seconds that each part took."""
    from hamdel.archive.archive import Archive  # noqa: F401 - imports what clustering needs before it is timed
    from hamdel.audit import run, tables
    from hamdel.audit.clusters import Limits
    from hamdel.audit.examine import Rules
    from hamdel.audit.summary import Settings, summarise
    from hamdel.checker import Checker
    from hamdel.exports.columns import ALL_ROLES, Columns
    from hamdel.render.audit.audit_folder import write_results
    from hamdel.settings.config import Config

    took: dict[str, float] = {}
    assembled = tables.assemble

    def timed(*given: Any) -> None:
        start = time.perf_counter()
        assembled(*given)
        took["assemble"] = time.perf_counter() - start

    run.assemble = timed
    order = run.Order([export], Columns(roles=ALL_ROLES), Rules(Config()), workers=workers)
    folder, _ = run.open_folder(order, out, resume=False, force=False)
    start = time.perf_counter()
    run.make_tables(order, folder, lambda _: None)
    took["examine"] = time.perf_counter() - start - took["assemble"]
    made = run.read_tables(folder.result)
    checker = Checker()
    start = time.perf_counter()
    summary = summarise(made.replies, made.findings, Settings(checker, limits=None if bare else Limits()))
    took["summarise"] = time.perf_counter() - start
    if not bare:
        start = time.perf_counter()
        summarise(made.replies, made.findings, Settings(checker, limits=None))
        took["without clusters"] = time.perf_counter() - start
    start = time.perf_counter()
    write_results(folder.result, summary)
    folder.place()
    took["write"] = time.perf_counter() - start
    print(json.dumps(took))


def _memory(root: int) -> float:
    """The proportional set sizes of a process and all below it, in MB."""
    return sum(_pss(pid) for pid in _tree(root)) / 1024


def _tree(root: int) -> list[int]:
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                waiting += map(int, task.read_text().split())
            except OSError:
                continue
    return found


def _pss(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)


def compare_formats(source: Path, folder: Path) -> bool:
    """Audit forum answers as replies through five formats; tell whether all tables are the same."""
    digests: dict[str, dict[str, str]] = {}
    for path in write_formats(source, folder):
        out = folder / f"out-{path.suffix[1:]}"
        shutil.rmtree(out, ignore_errors=True)
        start = time.perf_counter()
        run = [sys.executable, "-m", "hamdel", "audit", path.name, "--out", str(out), "--lang", "en", "--no-config"]
        subprocess.run(run, check=True, cwd=folder, stdout=subprocess.DEVNULL)
        names = sorted(one.name for one in out.iterdir() if one.name != "run.json")
        digests[path.suffix] = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in names}
        row(f"{source.stem} as {path.suffix}", f"{time.perf_counter() - start:.0f} s", f"{len(names)} files")
    first = digests[".csv"]
    different = {kind: [n for n in first if first[n] != one.get(n)] for kind, one in digests.items() if one != first}
    row("the same tables, page and summary from all formats", "yes" if not different else f"no: {different}")
    return not different


def write_formats(source: Path, folder: Path) -> list[Path]:
    """Write questions and answers as CSV, JSON Lines, Parquet, XLSX and SQLite."""
    import sqlite3

    import polars

    data = polars.DataFrame(list(_answers(source)))
    paths = [folder / f"replies{suffix}" for suffix in (".csv", ".jsonl", ".parquet", ".xlsx", ".sqlite")]
    data.write_csv(paths[0])
    data.write_ndjson(paths[1])
    data.write_parquet(paths[2])
    data.write_excel(paths[3])
    paths[4].unlink(missing_ok=True)
    base = sqlite3.connect(paths[4])
    with base:
        base.execute(f"CREATE TABLE replies ({', '.join(data.columns)})")
        base.executemany(f"INSERT INTO replies VALUES ({', '.join('?' * len(data.columns))})", data.rows())
    base.close()
    return paths


def _answers(source: Path) -> Iterator[dict[str, Any]]:
    seconds = 1_700_000_000
    for question in read_jsonl(source):
        for answer in question["comments"]:
            seconds += 600
            yield {
                "id": answer["id"],
                "reply": answer["text"],
                "question": f"{question['subject']}\n{question['body']}",
                "agent": f"agent {int(answer['id']) % 12}",
                "ticket_id": question["qid"],
                "created_at": datetime.datetime.fromtimestamp(seconds, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "csat": {"Good": 5, "Potential": 3, "Bad": 1}.get(answer["gold"]),
            }


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    main()
