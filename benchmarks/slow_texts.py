"""Slow texts: search for short units that, over and over, cost more than their length allows.

Units are one or two tokens of an alphabet of marks, white space, emoji, list signs, function words and words that
checks look for. Each text goes through every door that looks at texts; what takes longer than `MOST` seconds for
`--characters`, or grows faster than `RATIO` from a quarter of the length on, is printed, slowest first. Times are of
the processor, the better of two, so that a busy machine is no finding.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from itertools import product

from common import machine, row

from hamdel import Checker

# fmt: off
ALPHABET = (
    "؛", "،", ".", "!", "؟", "?", "…", ":", ",", ";", "-", "–", "_", "*", "•", "●", "✅", "/", "|", "\\", "\"",
    "'", "`", "~", "@", "#", "%", "&", "+", "=", "<", ">", "(", ")", "{", "}", "[", "]", "«", "»", "“", "”",
    "0", "۱", "٣", "a", "X", "آ", "ے", "ي", "ة", "ً", " ", "\n", "\t", "\r\n", "\u200c", "\u200d", "\u200f",
    "\u2067", "\xa0", "\ufeff", "\ud800", "\u2028", "\x00", "😀", "👍🏽", "👨\u200d👩\u200d👧", "١) ", "۲. ", "- ",
    "• ", "\n> ", "> ", "\n- ", "\n\n", "...", "؟!", "!!", "```", "{{", "}}", "hamdel: ignore[",
    "hamdel: ignore", "hamdel: ignore\n", "hamdel: ignore[respect/tu-form] ", "http://", "www.", "a.b", "a@b",
    "a@b.ir ", "@ab ", "A_B ", "AB ", "{{نام}} ", "[نام] ", "۱۲۳۴۵۶ ", "6037991182345714 ", "09351827364 ",
    "IR06", "۱۴۰۳/۱۲/۰۱ ", "و ", "که ", "را ", "رو ", "از ", "به ", "در ", "تا ", "یا ", "اگر ", "ولی ",
    "چون ", "هم ", "ما ", "شما ", "تو ", "من ", "سه ", "می ", "نمی ", "ها ", "ای ", "ام ", "بر ", "است ",
    "نیست ", "کن ", "کنید ", "نکنید ", "می\u200cکنیم ", "گفتید ", "گفت ", "سلام ", "ممنون ", "لطفاً ",
    "عزیزم ", "متأسفانه ", "حتماً ", "ببخشید ", "پوزش ", "باید ", "چرا ", "کی ", "ساعت ", "فردا ", "سفارش ",
    "سفارش شما ", "کد ملی ", "رمز ", "شماره ", "آقای ", "جان ", "رضا ", "مشکل ", "پول ", "ا.ح.م.ق ",
    "سلاااام ", "کار ما نیست ", "امکان\u200cپذیر نیست. ", "تو باید صبر کنی. ", "فرم را پر کنید. ",
    "پیگیری می\u200cشود. ", "شما اشتباه کردید، ", "تماس بگیرید. ", "درک می\u200cکنیم. ", "در اسرع وقت ",
    "همان\u200cطور که گفتم ", "سفارشت رو ", "چند بار گفتم؟ ", "نرسید! ", "خیلی ناراحتم. ",
)
# fmt: on
MOST, RATIO = 0.3, 6.0
_ASKED = "سلام، بررسی می‌کنم."
_LINEAR = 4
_LEAST = 0.02  # seconds; below it, a ratio says nothing


def doors(checker: Checker) -> dict[str, Callable[[str], object]]:
    """Return what a text may go through, by name."""
    return {
        "check": checker.check,
        "customer": lambda text: checker.check(_ASKED, customer=text),
        "fix": checker.fix,
        "offered": lambda text: checker.fix(text, offered=True),
        "improve": checker.improve,
        "past": lambda text: checker.check(text, past=(text, _ASKED)),
    }


def units(seed: int) -> Iterator[str]:
    """Yield the alphabet's members, then pairs of them in any order, then longer ones for ever."""
    chance = random.Random(seed)
    yield from ALPHABET
    pairs = ["".join(pair) for pair in product(ALPHABET, repeat=2)]
    chance.shuffle(pairs)
    yield from pairs
    while True:
        yield "".join(chance.choices(ALPHABET, k=chance.randint(3, 6)))


def seconds(door: Callable[[str], object], text: str) -> float:
    """Time a door."""
    start = time.process_time()
    door(text)
    return time.process_time() - start


def measured(door: Callable[[str], object], unit: str, length: int, most: float) -> tuple[float, float] | None:
    """Return the seconds and the growth of a unit that is too slow; None for the others."""
    whole = (unit * (length // len(unit) + 1))[:length]
    short = whole[: length // _LINEAR]
    quarter = seconds(door, short)
    if quarter * _LINEAR * _LINEAR < min(most, _LEAST * _LINEAR):
        return None
    took = min(seconds(door, whole), seconds(door, whole)) if quarter < most else seconds(door, whole)
    quarter = min(quarter, seconds(door, short))
    ratio = took / max(quarter, 0.001)
    return (took, ratio) if took > most or (ratio > RATIO and took > _LEAST * _LINEAR) else None


def main() -> None:
    """Search for some minutes, and print what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--characters", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=MOST, help="what a text may take")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--doors", default="", help="names, with commas between; all by default")
    parser.add_argument("--most", type=int, default=40, help="rows to print")
    given = parser.parse_args()
    print(machine())
    checker = Checker()
    checker.check(_ASKED, customer=_ASKED)
    wanted = given.doors.split(",") if given.doors else list(doors(checker))
    chosen = {name: door for name, door in doors(checker).items() if name in wanted}
    end = time.monotonic() + given.minutes * 60
    found: list[tuple[float, float, str, str]] = []
    tried = 0
    for unit in units(given.seed):
        for name, door in chosen.items():
            if slow := measured(door, unit, given.characters, given.seconds):
                found.append((*slow, name, unit))
                print(f"  {slow[0]:7.2f} s  {slow[1]:5.1f} ×  {name:9} {unit!r}", flush=True)
        tried += 1
        if time.monotonic() > end:
            break
    for took, ratio, name, unit in sorted(found, reverse=True)[: given.most]:
        row(f"slow text: {unit!r}, {name}", f"{took:.2f} s (limit {given.seconds})", f"{ratio:.1f} ×", "")
    through = f"{len(found)} slow of {tried} units through {len(chosen)} doors"
    row("slow texts", through, f"{given.characters:,} characters", "")


if __name__ == "__main__":
    main()
