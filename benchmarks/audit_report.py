"""What an audit tells: clusters against brute force, what computing it costs, and the size and opening of the page.

Give the folder of an audit (`hamdel audit … --out FOLDER`). Baselines of the same run: rapidfuzz's `cdist` of all pairs
for the clusters, an empty page for the opening.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
from common import existing, machine, row
from rapidfuzz import fuzz, process

from hamdel.archive.join import near_groups
from hamdel.archive.scan import has_kernel
from hamdel.audit.clusters import CUTOFF, Limits, find_clusters
from hamdel.audit.summary import Settings, summarise
from hamdel.checker import Checker
from hamdel.masking.mask import compared
from hamdel.render.audit.audit_folder import write_results

_BRUTE = 4000  # texts: all pairs of more would take minutes
_BLOCK = 500
_OPENINGS = 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="of an audit")
    folder = existing(parser.parse_args().folder)
    print(machine() + (", compiled kernel" if has_kernel() else ", numpy"))
    replies, findings = (pl.scan_parquet(folder / f"{name}.parquet") for name in ("replies", "findings"))
    equal_to_brute_force(replies)
    cost(replies, findings)


def equal_to_brute_force(replies: pl.LazyFrame) -> None:
    """Groups of a part of the texts, by both ways."""
    layouts = replies.select("layout").unique(maintain_order=True).collect()["layout"].to_list()
    texts = list(dict.fromkeys(text for text in map(compared, layouts) if len(text) >= 20))[:_BRUTE]
    start = time.perf_counter()
    ours = near_groups(texts, CUTOFF)
    middle = time.perf_counter()
    theirs = brute_force(texts)
    end = time.perf_counter()
    same = "equal" if (ours == theirs).all() else "DIFFERENT"
    ratio = (end - middle) / (middle - start)
    row("clusters of all pairs", f"{len(texts):,} texts", same, f"{len(set(ours.tolist())):,} groups", f"{ratio:.0f} ×")


def brute_force(texts: list[str]) -> np.ndarray:
    """The first text of each one's group, from the scores of all pairs."""
    group = np.arange(len(texts))
    for first in range(0, len(texts), _BLOCK):
        scores = process.cdist(texts[first : first + _BLOCK], texts, scorer=fuzz.ratio, dtype=np.float64)
        for one, other in np.argwhere(scores >= CUTOFF).tolist():
            low, high = sorted((group[first + one], group[other]))
            if low != high:
                group[group == high] = low
    return group


def cost(replies: pl.LazyFrame, findings: pl.LazyFrame) -> None:
    """Seconds of the clusters and of the whole, memory, and the page."""
    count = replies.select(pl.len()).collect().item()
    start, used = time.perf_counter(), time.process_time()
    clusters, _ = find_clusters(replies, Limits())
    clustered = f"{time.perf_counter() - start:.1f} s, {time.process_time() - used:.1f} s of processors"
    compared_texts = " and ".join(f"{number:,}" for number in clusters.compared)
    row("clusters at 90", f"{count:,} replies", clustered, f"{compared_texts} texts compared")
    checker = Checker()
    start, used = time.perf_counter(), time.process_time()
    summary = summarise(replies, findings, Settings(checker, limits=None))
    rest = f"{time.perf_counter() - start:.1f} s, {time.process_time() - used:.1f} s of processors"
    summary = replace(summary, clusters=clusters)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row("everything else", f"{count:,} replies", rest, f"peak {peak:.0f} MB in all")
    with tempfile.TemporaryDirectory() as folder:
        write_results(Path(folder), summary)
        page = Path(folder) / "report.html"
        row("page", f"{count:,} replies", f"{page.stat().st_size / 1e6:.2f} MB")
        opening(page)


def opening(page: Path) -> None:
    """From the start of the navigation until it is painted, each time in a new tab; an empty page as baseline."""
    path = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    if path is None:
        sys.exit("no Chromium: the opening isn't measured")
    from playwright.sync_api import sync_playwright

    empty = page.with_name("empty.html")
    empty.write_text("<!DOCTYPE html><title>empty</title>", encoding="utf-8")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        times: dict[Path, list[float]] = {page: [], empty: []}
        for _ in range(_OPENINGS):
            for one, seconds in times.items():
                tab = browser.new_page(viewport={"width": 1280, "height": 900})
                start = time.perf_counter()
                tab.goto(one.as_uri(), wait_until="load")
                tab.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
                seconds.append(time.perf_counter() - start)
                tab.close()
        browser.close()
    ours, theirs = (statistics.median(times[one]) for one in (page, empty))
    row("page opened and painted", f"{ours:.2f} s", f"empty page {theirs:.2f} s", f"slowest {max(times[page]):.2f} s")


if __name__ == "__main__":
    main()
