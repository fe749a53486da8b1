"""Warm checks: drafts of about 223 characters with customers' messages, against spaCy doing the least it can.

The baseline is ``spacy.blank("fa")``'s tokenizer plus a PhraseMatcher with 3,000 phrases on the draft alone. Both run
in short turns, one after the other, and the figure is the median of the ratios. Three kinds of texts: one draft and
message over and over, as in an editor (the message is read once); the same with ever new order numbers, so that
nothing is answered from a memory of whole texts; and real forum answers of 180 to 260 characters with their questions,
each seen once (new words all the time). Then the one draft over and over up to 100,000 characters.
"""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import spacy
from common import CUSTOMER, DRAFT, data_argument, machine, median_ratio, read_jsonl, row
from spacy.matcher import PhraseMatcher

from hamdel import Checker

LIMIT = 16
TURN = 60
SUBJECTS = "سفارش بسته کالا مبلغ فاکتور حساب کارت پیک انبار گارانتی رمز برنامه سایت پشتیبانی آدرس".split()
VERBS = "رسید نرسید برگشت ماند خورد افتاد گرفت داشت کرد نکرد بود نبود آمد نیامد شد نشد رفت نرفت خواست ساخت".split()
ADVERBS = "زود دیر فوراً دیروز فردا امروز همیشه دوباره هنوز باز".split()


def phrases() -> list[str]:
    """Return 3,000 different phrases of three words."""
    return [" ".join(words) for words in itertools.product(SUBJECTS, ADVERBS, VERBS)]


def baseline() -> Callable[[str, str], object]:
    """Return the least that spaCy can do with a draft."""
    nlp = spacy.blank("fa")
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("phrases", [nlp.make_doc(phrase) for phrase in phrases()])
    return lambda draft, _: matcher(nlp.make_doc(draft))


def same_draft() -> Iterator[tuple[str, str]]:
    """Yield one draft and message for ever."""
    return itertools.repeat((DRAFT.format(order=10_000), CUSTOMER.format(order=10_000)))


def one_draft() -> Iterator[tuple[str, str]]:
    """Yield one draft and message with ever new order numbers."""
    for order in itertools.count(10_000):
        yield DRAFT.format(order=order), CUSTOMER.format(order=order)


def answers(path: Path) -> Iterator[tuple[str, str]]:
    """Yield real answers of a reply's length, with as much of their question as a message has."""
    for question in read_jsonl(path):
        for comment in question["comments"]:
            if 180 <= len(comment["text"]) <= 260:
                yield comment["text"], question["body"][:80]


def turn(work: Callable[[str, str], object], texts: list[tuple[str, str]]) -> float:
    """Return the seconds that one call takes, over some calls."""
    start = time.perf_counter()
    for draft, customer in texts:
        work(draft, customer)
    return (time.perf_counter() - start) / len(texts)


def compare(checker: Checker, name: str, texts: Iterator[tuple[str, str]], rounds: int) -> None:
    """Print how many times longer a check takes than the baseline."""

    def subject(draft: str, customer: str) -> object:
        return checker.check(draft, customer=customer)

    base = baseline()
    warm_up = list(itertools.islice(texts, TURN))
    turn(subject, warm_up)
    turn(base, warm_up)
    batches = (list(itertools.islice(texts, TURN)) for _ in range(rounds))
    pairs = [(turn(subject, batch), turn(base, batch)) for batch in batches if batch]
    mine, theirs = zip(*pairs, strict=True)
    row(
        f"warm: {name}",
        f"{median_ratio(mine, theirs):.1f} × (limit {LIMIT})",
        f"{statistics.median(mine) * 1e3:.2f} ms, {1 / statistics.median(mine):,.0f} replies/s",
        f"tokenizer + 3,000 phrases: {statistics.median(theirs) * 1e3:.3f} ms",
    )


def grow(checker: Checker) -> None:
    """Print the time per character of longer and longer drafts."""
    unit = DRAFT.format(order=54821) + "\n"
    for length in (1_000, 10_000, 100_000):
        draft = (unit * (length // len(unit) + 1))[:length]
        times = []
        for _ in range(5):
            start = time.perf_counter()
            checker.check(draft)
            times.append(time.perf_counter() - start)
        took = statistics.median(times)
        row(f"warm: {length:,} characters", f"{took / length * 1e6:.2f} µs a character", f"{took * 1e3:.1f} ms", "")


def main() -> None:
    """Measure and print rows."""
    parser = data_argument(__doc__ or "", "data/percqa_noids.jsonl")
    parser.add_argument("--rounds", type=int, default=25)
    arguments = parser.parse_args()
    print(machine(), f"({arguments.rounds} rounds of {TURN} drafts)")
    checker = Checker()
    length = len(DRAFT.format(order=10_000))
    compare(checker, f"one {length}-character draft with its message", same_draft(), arguments.rounds)
    compare(checker, "the same with ever new order numbers", one_draft(), arguments.rounds)
    if arguments.data.exists():
        compare(checker, "real answers with their questions", answers(arguments.data), arguments.rounds)
    grow(checker)


if __name__ == "__main__":
    main()
