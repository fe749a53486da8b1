"""Where a reply's greeting ends and its closing begins; both are courtesy that everybody repeats.

Works on folded text (`hamdel.language.fold.key`), in which joiners are gone: «وقت‌بخیر» is «وقتبخیر».
"""

from __future__ import annotations

import re

__all__ = ["DEAR", "TITLES", "body", "greeting_end"]

#: Words that stand before a name …
TITLES = frozenset("آقای اقای خانم خانوم جناب سرکار مهندس دکتر استاد سید حاج آقایان خانمها".split())
#: … and after it.
DEAR = frozenset("عزیز گرامی جان جون محترم بزرگوار ارجمند".split())

_END = r"(?!\w)"
_TITLE = rf"(?:{'|'.join(sorted(TITLES))}) "
_DEAR = rf"(?:{'|'.join(sorted(DEAR))}){_END}"
_NAMED = rf"(?:{_TITLE}){{0,2}}\w+(?: \w+){{0,2}}? {_DEAR}"  # «خانم نگار احمدی عزیز»
_TITLED = rf"(?:{_TITLE}){{1,2}}\w+(?: \w+)?(?= ?[،,.!؟\n])"  # «جناب آقای رضایی،»
_CALLED = r"\w+(?: \w+)?(?= ?[،,!\n])"  # «رضا،»
_HELLO_WORD = r"(?:سلام|درود)(?: علیکم| گرم)?"
_HELLO = (
    rf"(?:(?:با|ضمن) )?(?:عرض )?{_HELLO_WORD}{_END}"
    rf"(?:(?: و|،)? ?(?:عرض )?(?:{_HELLO_WORD}|احترام|ادب|وقتبخیر|خسته نباشید){_END})*"
    rf"(?: (?:خدمت|بر|به|حضور) شما{_END})?"
    rf"(?:[ ،]*(?:{_NAMED}|{_TITLED})|[ ]{_CALLED})?"
)
_DAYTIME = r"(?:وقت|روز|صبح|ظهر|عصر|شب|بعدازظهر)"
_WISH = rf"{_DAYTIME} ?(?:تون|تان|شما)?(?: هم)? ?(?:ب ?ه? ?خیر|خوش){_END}"
_GREETING = re.compile(rf"(?:[^\w]*(?:{_HELLO}|{_WISH}|خسته نباشی[دن]{_END}|{_NAMED}))+\W*")

_OFFER = (
    r"(?:(?:اگر|اگه|چنانچه|هر|هرگونه|در صورت(?:یکه|ی که)?|در صورت داشتن) )?(?:باز |هم |هر |باز هم )?"
    r"(?:سوال|سیوال|کار|مورد|ابهام|راهنمایی|مشکل|نیاز)ی?(?:[ ،]+\w+){0,7}?[ ،]+"
    r"(?:(?:در )?خدمت\w*(?: شما)?(?: هست\w*)?|بپرسید|بپرسین|بفرمایید|بفرمایین|بنویسید|بنویسین|بگید|بگین)"
)
_CLOSINGS = (
    _OFFER,
    r"(?:\w+ )?در خدمت(?:م|یم|تون|تونم|تونیم|تان|تانم|تانیم| شما)?(?: هستم| هستیم| خواه\w+ بود)?",
    r"با (?:تقدیم )?(?:تشکر|احترام|سپاس|مهر|ارادت)(?: فراوان)?(?: و (?:تشکر|احترام|سپاس))?(?:\W+\w+){0,6}",
    r"(?:موفق|پیروز|سلامت|شاد|سربلند|پایدار)(?: و \w+)? باشی[دن]",
    r"(?:روز|شب|وقت|عصر|اوقات|روزتون|روزتان)(?: خوبی| خوشی| خوش)(?: داشته باشی[دن]| (?:برای|برا)\w* \w+)?",
    r"(?:خدا ?نگهدار|بدرود|ارادتمند(?:\W+\w+){0,4})",
    r"(?:خیلی )?(?:سپاس|سپاسگزار\w*|ممنون\w*|متشکر\w*|تشکر)(?: از (?:صبر|صبوری|شکیبایی|همراهی)\w*(?: شما)?)?",
    r"با آرزوی(?: \w+){1,4}",
)
_LAST = rf"\W*(?:{'|'.join(_CLOSINGS)})\W*\Z"
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
