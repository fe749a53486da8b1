"""What the benchmarks share: where the data is, one table row, and a word about the machine."""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
#: Where the specification and its data lie in the developers' set-up; a path argument wins.
SHARED = ROOT.parent / "shared"

DRAFT = (
    "سلام، وقت بخیر. بابت تأخیر سفارش {order} عذر می‌خواهم و نگرانی شما را درک می‌کنم. بستهٔ شما امروز از انبار "
    "تهران فرستاده شد و فردا تا ساعت ۱۸:۰۰ به دستتان می‌رسد. کد رهگیری را پیامک می‌کنم؛ اگر پیامک نیامد، همین‌جا خبر "
    "بدهید."
)
CUSTOMER = "سلام، سفارش {order} من سه روزه نرسیده و واقعاً نگرانم. کی به دستم می‌رسه؟"


def data_argument(description: str, default: str) -> argparse.ArgumentParser:
    """Return a parser with the path of the data as its argument."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("data", nargs="?", type=Path, default=SHARED / default, help=f"default: ../shared/{default}")
    return parser


def existing(path: Path) -> Path:
    """Return ``path``; end the script with one line when there is nothing."""
    if not path.exists():
        sys.exit(f"no data at {path}; give its path as an argument")
    return path


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def row(*cells: object) -> None:
    """Print one Markdown table row, with today's date first."""
    print("| " + " | ".join(map(str, (date.today().isoformat(), *cells))) + " |")


def share(part: int, whole: int) -> str:
    """Write «97.3 % (145/149)»."""
    return f"{100 * part / whole:.1f} % ({part}/{whole})" if whole else "none"


def machine() -> str:
    """Name what the figures depend on."""
    packages = " ".join(f"{name} {_version(name)}" for name in ("spacy", "hazm", "rapidfuzz"))
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {system}, {packages}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


def cpu_seconds(process: int) -> float:
    """Return how long the threads of a process have been computing (Linux).

    On a machine that others use, this tells what a task takes, and the time on the clock how long it waited, too.
    """
    threads = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(one.read_text(encoding="ascii").split()[0]) for one in threads) / 1e9


def median_ratio(subject: Sequence[float], baseline: Sequence[float]) -> float:
    """Return the median of the ratios of runs that stood side by side."""
    return statistics.median(a / b for a, b in zip(subject, baseline, strict=True))
