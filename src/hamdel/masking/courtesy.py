"""Where a reply's greeting ends and its closing begins; both are courtesy that everybody repeats.

Works on folded text (`hamdel.language.fold.key`), in which joiners are gone: «وقت‌بخیر» is «وقتبخیر».
"""

from __future__ import annotations

import re

from hamdel.language.sets import alternation, entries, word_set

__all__ = ["DEAR", "TITLES", "body", "greeting_end"]

#: Words that stand before a name …
TITLES = word_set("acts.address.strict_titles", "acts.address.degrees", "acts.address.several")
#: … and after it.
DEAR = word_set("acts.address.dear")

_END = r"(?!\w)"
_TITLE = rf"(?:{'|'.join(sorted(TITLES))}) "
_DEAR = rf"(?:{'|'.join(sorted(DEAR))}){_END}"
_NAMED = rf"(?:{_TITLE}){{0,2}}\w+(?: \w+){{0,2}}? {_DEAR}"  # «خانم نگار احمدی عزیز»
_TITLED = rf"(?:{_TITLE}){{1,2}}\w+(?: \w+)?(?= ?[،,.!؟\n])"  # «جناب آقای رضایی،»
_CALLED = r"\w+(?: \w+)?(?= ?[،,!\n])"  # «رضا،»
_HELLO_WORD = rf"(?:{alternation('acts.greeting.hello')})(?: (?:{alternation('acts.frame.after_hello')}))?"
_PARTS = {"hello": _HELLO_WORD, "end": _END, "named": _NAMED, "titled": _TITLED, "called": _CALLED}
_PARTS["day"] = alternation("acts.greeting.days")
_GREETED = "|".join(entries("acts.frame.patterns")).format_map(_PARTS)
_GREETING = re.compile(rf"(?:[^\w]*(?:{_GREETED}|{_NAMED}))+\W*")
_LAST = rf"\W*(?:{'|'.join(entries('acts.closing.patterns'))})\W*\Z"
_CLOSING = re.compile(rf"[.!؟?\n؛،…]{_LAST}")
_ONLY_CLOSING = re.compile(_LAST)
_REACH = 140  # a closing is no longer than this; keeps the search short on long replies
_MOST = 4


def greeting_end(folded: str) -> int:
    """Return where what follows a reply's greeting starts; 0 when there is no greeting.

    Args:
        folded: a reply's `hamdel.language.fold.key`.
    """
    greeting = _GREETING.match(folded)
    return greeting.end() if greeting else 0


def body(folded: str) -> tuple[int, int]:
    """Return where the part between greeting and closing starts and ends.

    Args:
        folded: a reply's `hamdel.language.fold.key`.
    """
    start, end = greeting_end(folded), len(folded)
    for _ in range(_MOST):
        closing = _CLOSING.search(folded, max(start, end - _REACH), end)
        if not closing:
            break
        end = closing.start()
    if end - start < _REACH and _ONLY_CLOSING.match(folded, start, end):
        end = start
    return start, end
