"""The patterns behind `hamdel.identifiers`: characters between digits, cue words in every spelling, secrets."""

from __future__ import annotations

import re
from functools import cache

__all__ = ["GROUP", "NATIONAL_HINT", "RUN", "SECRET_HINT", "SHEBA", "UNSEEN", "cue", "may_hold_any", "secret"]

#: Joiners, bidi marks, tatweel, soft hyphen, variation selectors: they can't be seen and never part a number.
UNSEEN = "\u200b-\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\u00ac\u00ad\ufeff\ufe0f\u0640"
_SEPARATORS = UNSEEN + " \u00a0\u2000-\u200a\u202f\u3000.·•_/()\u2010-\u2015\u2212\\-"

# Possessive repeats: linear in time and, on millions of digits, without a stack of ways back.
#: Ten digits and more, with separators.
RUN = re.compile(rf"\d(?:[{_SEPARATORS}]{{0,4}}+\d){{9,}}+")
#: The digits between two separators that can be seen.
GROUP = re.compile(rf"\d(?:[{UNSEEN}]*+\d)*+")

_DIGIT = re.compile(r"\d")
_FOUR_DIGITS = re.compile(rf"\d(?:[{_SEPARATORS}]{{0,4}}+\d){{3}}")
_CODE = "[A-Za-z!@#$%^&_+]"
_MIXED = re.compile(rf"\d(?:[.\-]?{_CODE}|(?<={_CODE}\d)|(?<={_CODE}[.\-]\d))")


def may_hold_any(text: str) -> bool:
    """Whether it is worth looking for numbers and secrets; a microsecond or three for most drafts."""
    digit = _DIGIT.search(text)
    return bool(digit and (_FOUR_DIGITS.search(text, digit.start()) or _MIXED.search(text)))


_MARKS = rf"[{UNSEEN}\u064b-\u065f\u0670\u0654\u0621]*"
_SPELLINGS = {"ی": "[یيىئ]", "ک": "[کك]", "ه": "[هةۀ]", "و": "[وؤ]", "ا": "[اأإآ]", " ": r"\W*"}


def _loose(pattern: str) -> re.Pattern[str]:
    """Compile Persian words so that they match in every spelling: Arabic letters, marks, joiners, spaces."""
    parts = (_SPELLINGS.get(char, char) + (_MARKS if char.isalpha() and char > "ء" else "") for char in pattern)
    return re.compile("".join(parts), re.IGNORECASE)


# Where a Persian word begins: digits and Latin letters may touch it, for they may be covered later.
_BEGIN = r"(?<![^\W\d_A-Za-z])"
_LATIN_BEGIN = r"(?<![^\W\d_])"
_OWNER = r"(?:تون|تان|شون|شان|تو|ت|ش|م)?(?!\w)"

_CUE = (
    rf"(?P<other>{_BEGIN}(?:بانک ملی|سفارش|رهگیری|پیگیری|فاکتور|تیکت|مرسوله|بسته|مبلغ|قبض|حساب|تراکنش|پستی"
    rf"|شناسه|قرارداد|بیمه|تلفن|تماس|مشتری)|{_LATIN_BEGIN}(?:order|ticket))"
    rf"|(?P<national>{_BEGIN}(?:(?:کد|شماره|کارت|شناسه) )?ملی{_OWNER}|{_LATIN_BEGIN}national(?!\w))"
)
NATIONAL_HINT = re.compile(rf"م{_MARKS}ل|national", re.IGNORECASE)
SHEBA = _loose(r"شبا|sheba|iban")

_SECRET_NAME = (
    rf"(?:{_BEGIN}(?:(?:رمز|پسورد|گذر واژه|کلمه عبور|پین کد){_OWNER}"
    rf"|کد (?:یک بار مصرف|تایید|ورود|پویا|عبور|otp){_OWNER})"
    rf"|{_LATIN_BEGIN}(?:password|passcode|otp|pin|cvv2?)(?!\w))"
)
# Only such words may stand between the name and the secret: «رمز را به ۱۲۳۴۵ پیامک کنید» gives nothing away.
_SECRET_GAP = (
    r"(?:[\s:=،,«\"'()\-]|(?<!\w)(?:شما|(?:ورود|جدید|حساب|کاربری)(?:تون|تان)?|عبور|تازه|موقت|فعلی|پنل|سامانه|سایت|اپ"
    r"|برنامه|یک بار مصرف|دوم|پویا|کارت|برابر|برابره|است|هست|اینه|با|به|این|عبارت|هم|is|code)(?!\w)){1,12}"
)
_SECRET_VALUE = (
    r"(?P<value>(?<![\w*])(?:\d{4,8}(?![\d*])|\d{3}[\x20-]\d{3}(?![\d*])"
    r"|(?![!-~]*\*\*)(?=[A-Za-z0-9!@#$%^&_+.\-]*\d)(?=[\d.\-]*[A-Za-z!@#$%^&_+])"
    r"[A-Za-z0-9!@#$%^&_+.\-]{3,31}[A-Za-z0-9!@#$%^&](?![A-Za-z\d*])))"
)
# Dates, amounts, lengths, masked numbers and numbers to send a message to aren't secrets.
_NO_SECRET = (
    r"(?!\.?\d|[/:\-٫٬,][\d*]|\.\*|[\s.\-/:]{0,3}\*\*"
    r"|\W*(?:رقم|حرف|کاراکتر|بار|دقیقه|ساعت|ثانیه|روز|تومان|تومن|ریال|عدد|پیامک))"
)


@cache
def cue() -> re.Pattern[str]:
    """The last of these words before a ten-digit number says what it is; compiled when first needed (20 ms)."""
    return _loose(_CUE)


@cache
def secret() -> re.Pattern[str]:
    """A password or code with its name before it; compiled when first needed (40 ms)."""
    return _loose(_SECRET_NAME + _SECRET_GAP + _SECRET_VALUE + _NO_SECRET)


# Each branch starts with one plain letter, for that makes the search several times quicker.
SECRET_HINT = re.compile(
    "|".join(_MARKS.join(word) for word in ("رمز", "پسور", "گذر", "پین", "پين", "کلم", "كلم"))
    + "".join(rf"|{_MARKS.join(word)}{_MARKS}\W*[یيىتوپعoO]" for word in ("کد", "كد"))
    + "|otp|Otp|OTP|pass|Pass|PASS|pin|Pin|PIN|cvv|Cvv|CVV"
)
