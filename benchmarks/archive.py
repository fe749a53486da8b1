"""The archive: is search exact, how fast is it, how large is it, and how fast is it made?

    python benchmarks/archive.py [--sizes 10000 100000 1000000] [--queries 504] [--tool ../shared/tools/make_corpus.py]

Corpora and queries come from the generator (edits of 2 to 20 %, reordered, partial, template, unrelated). Equality is
checked against ``rapidfuzz.fuzz.ratio`` on masked texts as `str`, with every distinct text, on the sizes up to 100,000;
speed is measured on the largest, against ``rapidfuzz.process.extractOne`` in the same run, query by query in turns.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import ModuleType

from common import SHARED, existing, machine, row

CUTOFFS = (80, 85, 90, 95)
SPEED_CUTOFFS = (90, 85)
BRUTE = 60  # queries that brute force answers on the largest corpus; it takes seconds for each


def main() -> None:
    """Print tables for RESULTS.md; exit with 1 when search isn't exact."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--queries", type=int, default=504, help="of all sorts together")
    parser.add_argument("--tool", type=Path, default=SHARED / "tools" / "make_corpus.py")
    parser.add_argument("--folder", type=Path, help="where to put corpora and archives; a temporary one by default")
    parser.add_argument("--search", nargs=2, help=argparse.SUPPRESS)  # this script's own child
    options = parser.parse_args()
    if options.search:
        search(Path(options.search[0]), Path(options.search[1]), options)
        return
    print(machine())
    folder = options.folder or Path(tempfile.mkdtemp(prefix="hamdel-archive-"))
    folder.mkdir(parents=True, exist_ok=True)
    wrong = 0
    for size in options.sizes:
        corpus = make_corpus(existing(options.tool), folder, size)
        archive = folder / f"archive-{size}"
        make_archive(corpus, archive, size)
        child = [sys.executable, __file__, "--search", str(archive), str(corpus), "--queries", str(options.queries)]
        wrong += subprocess.run([*child, "--tool", str(options.tool)], check=False).returncode
    if not options.folder:
        shutil.rmtree(folder)
    sys.exit(1 if wrong else 0)


def make_corpus(tool: Path, folder: Path, size: int) -> Path:
    """Let the generator write ``size`` replies, one a line."""
    path = folder / f"corpus-{size}.txt"
    if not path.exists():
        subprocess.run([sys.executable, str(tool), str(size), str(path)], check=True)
    return path


def make_archive(corpus: Path, folder: Path, size: int) -> None:
    """Import a corpus with customers, agents and times; measure import, search file and size on disk."""
    from hamdel.archive.archive import Archive
    from hamdel.archive.importing import import_rows
    from hamdel.archive.segment_making import merge_segments
    from hamdel.exports import Row

    shutil.rmtree(folder, ignore_errors=True)
    with corpus.open(encoding="utf-8") as lines, Archive(folder, write=True) as archive:
        rows = (
            Row(
                line.rstrip("\n"),
                f"agent {n % 20}",
                f"customer {n * 7919 % (size // 3)}",
                1_700_000_000 + 37 * n,
                "chat",
            )
            for n, line in enumerate(lines)
        )
        start = time.perf_counter()
        done = import_rows(archive, rows)
        imported = time.perf_counter() - start
        archive.compact()
        held = sum(path.stat().st_size for path in folder.iterdir())
        names = [one.name for one in archive.record.segments()]
        archive.record.sql.execute("DELETE FROM segments")
        start = time.perf_counter()
        merge_segments(archive.record, whole=True)
        built = time.perf_counter() - start
        for name in names:
            (folder / name).unlink()
    print(f"\n{size:,} replies: {done.new:,} stored, {done.known:,} known, {done.courtesy:,} courtesy only")
    row("import (mask, store, search file)", f"{size / imported:,.0f} replies/s")
    row("search files from the record", f"{size / built:,.0f} replies/s")
    row("on disk", f"{held / size:.0f} B a reply")


def search(folder: Path, corpus: Path, options: argparse.Namespace) -> None:
    """Query an archive; the whole process does nothing else, so that its memory can be measured."""
    from hamdel.archive.archive import Archive
    from hamdel.archive.scan import has_kernel

    queries = _queries(_load(options.tool), corpus, options.queries)
    before = _memory()
    start = time.perf_counter()
    archive = Archive(folder)
    archive.index.refresh()
    opened = time.perf_counter() - start
    print(f"kernel: {'compiled' if has_kernel() else 'numpy'}; {len(queries)} queries")
    row("open", f"{1000 * opened:.1f} ms")
    small = archive.record.last_id() <= 100_000
    wrong = _equality(archive, queries) if small else 0
    _speed(archive, queries)
    row("memory of this process", f"{_memory():.0f} MB, {before:.0f} MB before the archive")
    if not small:
        _against_brute_force(archive, queries)
        _checks(archive, corpus)
    sys.exit(1 if wrong else 0)


def _load(tool: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_corpus", tool)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _queries(tool: ModuleType, corpus: Path, count: int) -> list[tuple[str, str]]:
    """Sort and masked text of queries made from a sample of the corpus."""
    from hamdel.masking.mask import mask

    with corpus.open(encoding="utf-8") as lines:
        sample = [line.rstrip("\n") for n, line in enumerate(lines) if n % max(1, _lines(corpus) // 20_000) == 0]
    made = tool.queries(sample, -(-count // 9))
    return [(kind, masked) for kind, _, text in made if (masked := mask(text))]


def _lines(path: Path) -> int:
    return int(path.stem.rpartition("-")[2])


def _texts(archive: object) -> tuple[list[int], list[str], dict[str, int]]:
    from hamdel.archive.alphabet import decode
    from hamdel.archive.archive import Archive
    from hamdel.archive.segment import SHORTEST_SENTENCE
    from hamdel.masking.mask import compared

    assert isinstance(archive, Archive)
    ids, texts, sentences = [], [], {}
    for text, body in archive.record.bodies(1, archive.record.last_id()):
        layout = decode(body)
        ids.append(text)
        texts.append(compared(layout))
        for sentence in layout.split("\n"):
            if len(sentence) >= SHORTEST_SENTENCE:
                sentences.setdefault(compared(sentence), text)
    return ids, texts, sentences


def _equality(archive: object, queries: Iterable[tuple[str, str]]) -> int:
    """Compare hits and scores with brute force; return how many queries differ."""
    from rapidfuzz import fuzz, process

    from hamdel.archive.archive import Archive

    assert isinstance(archive, Archive)
    ids, texts, known = _texts(archive)
    sentences = list(known)
    asked = differing = hits = 0
    for _, masked in queries:
        scores = process.extract(masked, texts, scorer=fuzz.ratio, score_cutoff=min(CUTOFFS), limit=None)
        parts = process.extract(masked[:120], sentences, scorer=fuzz.ratio, score_cutoff=min(CUTOFFS), limit=None)
        for cutoff in CUTOFFS:
            expected = {(score, ids[place]) for _, score, place in scores if score >= cutoff}
            found = {(hit.score, hit.text) for hit in archive.index.texts(masked, cutoff)}
            expected_parts = {(score, text) for text, score, _ in parts if score >= cutoff}
            found_parts = {(hit.score, hit.sentence) for hit in archive.index.sentences(masked[:120], cutoff)}
            asked += 2
            hits += len(expected) + len(expected_parts)
            differing += (found != expected) + (found_parts != expected_parts)
    row("equal to brute force", f"{asked - differing} of {asked} answers at {CUTOFFS}; {hits:,} hits")
    return differing


def _speed(archive: object, queries: Sequence[tuple[str, str]]) -> None:
    from hamdel.archive.archive import Archive
    from hamdel.masking.mask import SENTENCE

    assert isinstance(archive, Archive)
    index = archive.index
    for _, masked in queries[:20]:  # the files come into memory
        index.texts(masked, min(SPEED_CUTOFFS))
    for cutoff in SPEED_CUTOFFS:
        _timed(
            f"nearest copy at {cutoff}", queries, lambda masked, cutoff=cutoff: index.texts(masked, cutoff, best=True)
        )
        _timed(f"all copies at {cutoff}", queries, lambda masked, cutoff=cutoff: index.texts(masked, cutoff))

    def all_sentences(masked: str) -> None:
        for sentence in masked.split(SENTENCE):
            if len(sentence) >= 20:
                index.sentences(sentence, 90, best=True)

    drafts = _cut(queries)
    _timed("all sentences of a draft at 90", drafts, all_sentences)


def _cut(queries: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Masked texts have lost their stops; nine words make a sentence, as in the corpus."""
    cut = []
    for kind, masked in queries:
        words = masked.split()
        cut.append((kind, "\n".join(" ".join(words[at : at + 9]) for at in range(0, len(words), 9))))
    return cut


def _timed(name: str, queries: Sequence[tuple[str, str]], ask: Callable[[str], object]) -> None:
    times = []
    for _, masked in queries:
        start = time.perf_counter()
        ask(masked)
        times.append(1000 * (time.perf_counter() - start))
    times.sort()
    p50, p99 = times[len(times) // 2], times[int(len(times) * 0.99)]
    row(name, f"p50 {p50:.1f} ms", f"p99 {p99:.1f} ms", f"most {times[-1]:.1f} ms")


def _against_brute_force(archive: object, queries: Sequence[tuple[str, str]]) -> None:
    """Ask rapidfuzz and the archive in turns."""
    from rapidfuzz import fuzz, process

    from hamdel.archive.archive import Archive

    assert isinstance(archive, Archive)
    _, texts, _ = _texts(archive)
    chosen = random.Random(1).sample(list(queries), min(BRUTE, len(queries)))
    for cutoff in SPEED_CUTOFFS:
        ratios, brute = [], []
        for _, masked in chosen:
            start = time.perf_counter()
            best = process.extractOne(masked, texts, scorer=fuzz.ratio, score_cutoff=cutoff)
            middle = time.perf_counter()
            hits = archive.index.texts(masked, cutoff, best=True)
            end = time.perf_counter()
            assert (best[1] if best else 0) == (hits[0].score if hits else 0)
            ratios.append((middle - start) / (end - middle))
            brute.append(1000 * (middle - start))
        ratios.sort()
        brute.sort()
        row(
            f"extractOne at {cutoff}",
            f"p50 {brute[len(brute) // 2]:.0f} ms",
            f"{ratios[len(ratios) // 2]:.0f} times slower",
        )


def _checks(archive: object, corpus: Path) -> None:
    """Check drafts, nine in ten of them copies of the archive's replies, with and without the archive in turns."""
    from hamdel.archive.archive import Archive
    from hamdel.checker import Checker

    assert isinstance(archive, Archive)
    with corpus.open(encoding="utf-8") as lines:
        drafts = [line.rstrip("\n") for n, line in enumerate(lines) if n % (_lines(corpus) // 200) == 0]
    plain, comparing = Checker(), Checker(archive=archive)
    times: dict[str, list[float]] = {"check alone": [], "check with the archive": []}
    for number, draft in enumerate(drafts):
        text = draft if number % 10 else draft[::-1]
        for checker, name in ((plain, "check alone"), (comparing, "check with the archive")):
            start = time.perf_counter()
            checker.check(text, customer_id="customer 7")
            times[name].append(1000 * (time.perf_counter() - start))
    for name, taken in times.items():
        taken.sort()
        row(name, f"p50 {taken[len(taken) // 2]:.1f} ms", f"p99 {taken[int(len(taken) * 0.99)]:.1f} ms")


def _memory() -> float:
    """MB that this process has held at most; the mapped files that it has touched count. Linux only: 0 elsewhere.

    Not ``ru_maxrss``, which a child inherits from its parent.
    """
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("VmHWM:")), 0.0)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    main()
