"""An audit on Spark against the same on this machine's processes: alike, how fast, and what 10⁸ replies would take.

    python benchmarks/spark.py [--size 200000] [--rounds 1] [--master local[2]] [--workers 2] [--tool make_corpus.py]
    python benchmarks/spark.py --on-paper 100000000 --cores 50 [--price 0.05]

Both engines run in turns in one go, each in a process of its own, over the export that `audit.py` makes; the folders
are compared byte by byte. The driver's processor time is that of its Python process while blocks are read, sent and
stored: nobody else can do that for it. ``--on-paper`` takes the figures that stand in `Parts`; the price is of a core
for an hour.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audit import _memory, _tree, make_export
from common import SHARED, machine, row


@dataclass(frozen=True)
class Parts:
    """What was measured, from which more is computed; see RESULTS.md.

    Attributes:
        examine: seconds of a core for a reply.
        read: seconds of a driver for a reply that it reads, in its own part or not.
        deal: the same for one that it sends, and whose share it stores.
        tables: seconds for a reply until tables, clusters, summary and page are written; most of it one core's.
        sent, back: bytes of a reply, to executors and from them.
        memory, fixed: bytes of the driver for a reply, and for none, while it summarises.
    """

    examine: float = 1.84e-3  # 802 s on two cores for a million (see RESULTS.md), and 1.15 times that on Spark
    read: float = 1.3e-5
    deal: float = 2.0e-5
    tables: float = 4.5e-5  # 15 and 30 s for a million
    sent: float = 502
    back: float = 188
    memory: float = 193  # 847 MB at a million, 673 at a tenth
    fixed: float = 654e6


def main() -> None:
    """Print rows for RESULTS.md; exit with 1 when the folders differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--tool", type=Path, default=SHARED / "tools" / "make_corpus.py")
    parser.add_argument("--folder", type=Path, help="for corpora and results; a temporary one by default")
    parser.add_argument("--on-paper", type=int, metavar="REPLIES")
    parser.add_argument("--cores", type=int, default=50)
    parser.add_argument("--price", type=float, default=0.05)
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(Path(options.child[0]), Path(options.child[1]), options.child[2])
    elif options.on_paper:
        on_paper(options.on_paper, options.cores, options.price, Parts())
    else:
        sys.exit(not measure(options))


def measure(options: argparse.Namespace) -> bool:
    """Run both engines in turns; tell whether their folders are the same."""
    print(machine())
    folder = options.folder or Path(tempfile.mkdtemp(prefix="hamdel-spark-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    export = make_export(options.tool, folder, options.size)
    engines = {"processes": str(options.workers), "spark": options.master}
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in engines}
    digests = set()
    for _ in range(options.rounds):
        for name, where in engines.items():
            out = folder / f"out {name}"
            runs[name].append(run_once(export, out, where))
            digests.add(digest_of(out))
    for name, found in runs.items():
        best = {key: statistics.median(one[key] for one in found) for key in found[0]}
        whole = best["make"] + best["summarise"] + best["write"]
        what = f"{options.size:,} replies, {name} ({engines[name]})"
        parts = ", ".join(f"{key} {value:.1f} s" for key, value in best.items() if key != "memory")
        row(what, f"{options.size / whole:,.0f} replies/s", f"{parts}; peak {best['memory']:.0f} MB")
    ratios = [b["make"] / a["make"] for a, b in zip(runs["processes"], runs["spark"], strict=True)]
    row("Spark against processes: examining and tables, by the clock", f"{statistics.median(ratios):.2f} times")
    ratios = [b["computed"] / a["computed"] for a, b in zip(runs["processes"], runs["spark"], strict=True)]
    row("the same in processor time of all processes, start to end", f"{statistics.median(ratios):.2f} times")
    driver = statistics.median(one["driver"] for one in runs["spark"])
    row("the driver's own processor time", f"{1e6 * driver / options.size:.0f} µs a reply")
    row("folders", "the same, byte by byte" if len(digests) == 1 else f"DIFFER: {len(digests)} digests")
    if not options.folder:
        shutil.rmtree(folder)
    return len(digests) == 1


def run_once(export: Path, out: Path, where: str) -> dict[str, float]:
    """Run in a process of its own; return seconds of each part, and processor time and peak memory (MB) of all."""
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, __file__, "--child", str(export), str(out), where]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        peak = 0.0
        computed: dict[int, float] = {}
        while process.poll() is None:
            peak = max(peak, _memory(process.pid))
            computed.update((pid, _cpu(pid)) for pid in _tree(process.pid))
            time.sleep(2)
        text = process.stdout.read() if process.stdout else ""
    if process.returncode:
        sys.exit(f"the run failed with {process.returncode}")
    return {**json.loads(text.splitlines()[-1]), "computed": sum(computed.values()), "memory": peak}


def _cpu(pid: int) -> float:
    """Seconds that a process has computed; on a machine that others use, this says more than the clock."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def child(export: Path, out: Path, where: str) -> None:
    """Audit and print the seconds that each part took; a number stands for so many processes, the rest for a master."""
    from contextlib import nullcontext

    from hamdel.audit.clusters import Limits
    from hamdel.audit.examine import Rules
    from hamdel.audit.run import Order, make_tables, open_folder, read_tables
    from hamdel.audit.summary import Settings, summarise
    from hamdel.checker import Checker
    from hamdel.exports.columns import ALL_ROLES, Columns
    from hamdel.render.audit.audit_folder import write_results
    from hamdel.settings.config import Config

    engine: Any = nullcontext()
    if not where.isdigit():
        from hamdel.audit.spark_engine import SparkEngine
        from hamdel.audit.spark_session import Place

        engine = SparkEngine(Place(where))
    with engine as spark:
        workers = int(where) if where.isdigit() else 1
        order = Order([export], Columns(roles=ALL_ROLES), Rules(Config()), workers=workers, engine=spark)
        folder, _ = open_folder(order, out, resume=False, force=False)
        took: dict[str, float] = {}
        start, computing = time.perf_counter(), time.process_time()
        make_tables(order, folder, lambda _: None)
        took["make"], took["driver"] = time.perf_counter() - start, time.process_time() - computing
        start = time.perf_counter()
        made = read_tables(folder.result)
        limits = Limits(grouping=spark.near_groups) if spark else Limits()
        summary = summarise(made.replies, made.findings, Settings(Checker(), limits))
        took["summarise"] = time.perf_counter() - start
        start = time.perf_counter()
        write_results(folder.result, summary)
        folder.place()
        took["write"] = time.perf_counter() - start
    print(json.dumps(took))


def digest_of(folder: Path) -> str:
    """One digest of all that a folder holds."""
    digest = hashlib.blake2b()
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def on_paper(replies: int, cores: int, price: float, parts: Parts) -> None:
    """Compute time, traffic, memory and cost of a large audit from measured parts."""
    for drivers in (1, 2, 4):
        examine = replies * parts.examine / cores
        driver = replies * (parts.read + parts.deal / drivers)
        made, tables = max(examine, driver), replies * parts.tables
        cost = price * ((cores + drivers) * made + tables) / 3600 * 1e6 / replies
        row(
            f"{replies:,} replies, {cores} cores, {drivers} driver(s)",
            f"{(made + tables) / 3600:.1f} hours: examined in {made / 60:.0f} min (cores {examine / 60:.0f}, "
            f"each driver {driver / 60:.0f}), the rest {tables / 60:.0f} min",
            f"{cost:.3f} a million replies",
        )
    row("to executors and back", f"{replies * parts.sent / 1e9:.0f} and {replies * parts.back / 1e9:.0f} GB")
    row("memory of the driver while it summarises", f"{(parts.fixed + replies * parts.memory) / 1e9:.0f} GB")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    main()
