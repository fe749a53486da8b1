"""Robustness: real texts that nobody wrote for us, and the same drafts in every way of typing.

1. The seed articles and random forum answers: the Doc's text is the raw text, every offset is right, nothing crashes,
   and the articles (well-formed prose in the third person) raise no finding of the respect family.
2. Drafts with findings, typed with non-joiners spaced, glued, as zero-width spaces and doubled, with Arabic letters,
   and with diacritics: the same findings, shifted.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

from common import data_argument, existing, machine, read_jsonl, row

from hamdel import Checker, Report
from hamdel.evidence.analysing import make_analyzer
from hamdel.language.spacy_docs import DocMaker

SPELLINGS: dict[str, Callable[[str, int], str]] = {
    "spaced": lambda char, _: " " if char == "\u200c" else char,
    "glued": lambda char, _: "" if char == "\u200c" else char,
    "wrong invisible": lambda char, _: "\u200b" if char == "\u200c" else char,
    "doubled": lambda char, _: "\u200c\u200c" if char == "\u200c" else char,
    "Arabic letters": lambda char, _: {"ی": "ي", "ک": "ك"}.get(char, char),
    "diacritics": lambda char, place: char + "\u064e" if char in "بتسشمن" and place % 3 == 0 else char,
}
SPELLING_CHECKS = frozenset(("typography/arabic-letters",))  # these are about the spelling itself


def offsets_hold(report: Report) -> bool:
    """Whether every finding is the slice of the draft that it says it is, inside its sentence."""
    return all(
        0 <= one.start <= one.end <= len(report.draft) and report.draft[one.start : one.end] == one.matched
        for one in report.findings
    )


def texts_of(folder: Path, answers: int) -> tuple[list[str], list[str]]:
    """Return the seed articles and some random answers of the forum."""
    seeds = [path.read_text(encoding="utf-8") for path in sorted((folder / "seeds").glob("*.txt"))]
    questions = read_jsonl(folder / "data" / "percqa_noids.jsonl")
    everything = [comment["text"] for question in questions for comment in question["comments"]]
    return seeds, random.Random(2).sample(everything, min(answers, len(everything)))


def real_texts(checker: Checker, folder: Path, answers: int) -> None:
    """Check real texts and print what holds."""
    analyzer, docs = make_analyzer(), DocMaker()
    seeds, samples = texts_of(folder, answers)
    reports = [checker.check(text) for text in (*seeds, *samples)]
    same = sum(docs.make(analyzer(report.draft)).text == report.draft for report in reports)
    right = sum(map(offsets_hold, reports))
    articles = reports[: len(seeds)]
    respect = [one for report in articles for one in report.findings if one.check.startswith("respect/")]
    kinds = f"{len(seeds)} articles, the rest answers"
    row("robustness: `doc.text == raw`", f"{same} of {len(reports)}", "limit: all", kinds)
    row("robustness: offsets right, no crash", f"{right} of {len(reports)}", "limit: all", "")
    in_all = f"{sum(len(report.findings) for report in articles)} of any family"
    row("robustness: respect findings in the seed articles", len(respect), "limit 0", in_all)
    print(*(f"  {one.check} ({one.kind}): {one.matched!r}" for one in respect), sep="\n")


def respelled(text: str, spell: Callable[[str, int], str]) -> tuple[str, list[int]]:
    """Return a text typed another way, and where each offset went."""
    parts = [spell(char, place) for place, char in enumerate(text)]
    return "".join(parts), [0, *accumulate(map(len, parts))]


def places(report: Report, moved: list[int] | None = None) -> list[tuple[str, str, int, int]]:
    """Return what was found and where; ``moved`` tells where each offset went."""
    kept = (one for one in report.findings if one.check not in SPELLING_CHECKS)
    return sorted(
        (one.check, one.kind, moved[one.start] if moved else one.start, moved[one.end] if moved else one.end)
        for one in kept
    )


def conversations(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the drafts and messages of the rated cases."""
    for case in read_jsonl(folder / "spec" / "cases.jsonl"):
        yield case["draft"], case["customer"]


def spellings(checker: Checker, folder: Path) -> None:
    """Print for each way of typing how many drafts keep their findings."""
    talks = list(conversations(folder))
    reports = [checker.check(draft, customer=customer) for draft, customer in talks]
    for name, spell in SPELLINGS.items():
        wrong = []
        for (draft, customer), report in zip(talks, reports, strict=True):
            typed, moved = respelled(draft, spell)
            before = places(report, moved)
            after = places(checker.check(typed, customer=customer))
            if before != after:
                wrong.append(f"  {typed!r}: {sorted(set(before) ^ set(after))}")
        row(f"robustness: {name}, same findings", f"{len(talks) - len(wrong)} of {len(talks)}", "limit: all", "")
        print(*wrong, sep="\n")


def main() -> None:
    """Measure and print rows, each followed by what went wrong."""
    parser = data_argument(__doc__ or "", "")
    parser.add_argument("--answers", type=int, default=2000)
    arguments = parser.parse_args()
    folder = existing(arguments.data)
    print(machine())
    checker = Checker()
    real_texts(checker, folder, arguments.answers)
    spellings(checker, folder)


if __name__ == "__main__":
    main()
