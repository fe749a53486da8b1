"""Growth: does the time of a check stay in proportion to the length of the text, whatever its shape?

Each shape is one phrase over and over; the baseline is the same shape at a quarter of the length, in the same run. A
ratio of 4 is linear, 16 would be quadratic. What a draft may be, a customer's message may be too.
"""

from __future__ import annotations

import argparse
import time

from common import machine, row

from hamdel import Checker

SHAPES = {
    "one sentence": "سفارش شما ارسال شد و ",
    "questions": "کی می‌رسه؟ ",
    "«تو» throughout": "تو باید صبر کنی. ",
    "blame without an end": "شما اشتباه ",
    "commands": "فرم را پر کنید. ",
    "list items": "۱) بزنید\n",
    "titles": "آقای رضایی ",
    "names": "سلام رضا جان ",
    "card numbers": "6037991234567893 ",
    "Latin marks": "سلام , ",
    "what the customer said": "گفتید که ",
    "times that something was tried": "سه بار رفتم. ",
    "quotation marks": "«",
    "one letter": "ا",
    "emoji": "😀",
}
LINEAR, LIMIT = 4, 6


def seconds(checker: Checker, draft: str, customer: str = "") -> float:
    """Time one check."""
    start = time.perf_counter()
    checker.check(draft, customer=customer)
    return time.perf_counter() - start


def main() -> None:
    """Print a row for each shape, as a draft and as a message."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--characters", type=int, default=200_000)
    length = parser.parse_args().characters
    print(machine())
    checker = Checker()
    checker.check("سلام", customer="سلام")
    for name, phrase in SHAPES.items():
        long = phrase * (length // len(phrase))
        short = long[: len(long) // LINEAR]
        for role, arguments in (("draft", ("{}", "")), ("message", ("سلام، بررسی می‌کنم.", "{}"))):
            quarter, whole = (
                seconds(checker, *(one.replace("{}", text) for one in arguments)) for text in (short, long)
            )
            ratio = f"{whole / max(quarter, 0.001):.1f} × (limit {LIMIT})"
            row(
                f"growth: {name}, {role} of {len(long):,} characters",
                ratio,
                f"{whole:.2f} s",
                f"a quarter: {quarter:.2f} s",
            )


if __name__ == "__main__":
    main()
