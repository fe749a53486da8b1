"""Personal data in many spellings, and whether some of it can still be read in an output."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple


class Secret(NamedTuple):
    """Something that nobody may read.

    Attributes:
        name: of its kind.
        text: what somebody writes, with ``{}`` for the value.
        value: number, address or word.
    """

    name: str
    text: str
    value: str

    @property
    def is_number(self) -> bool:
        return self.value.isdigit()


SECRETS = (
    Secret("card", "شماره کارتم {} هست و پولم برنگشته", "6037991182345714"),
    Secret("card-of-no-cue", "پول را به {} بزنید", "6219861034567890"),
    Secret("foreign-card", "my card is {} please", "4539578763621486"),
    Secret("national-id", "کد ملی من {} است و بسته‌ام نرسیده", "0017425832"),
    Secret("national-id-of-no-cue", "سلام {} هستم", "0084575948"),
    Secret("national-id-short", "ک.م: {} رو ثبت کنید", "0499370899"),
    Secret("national-id-latin", "code melli: {} lotfan", "1270001231"),
    Secret("national-id-behind", "{} کد ملی منه", "2280001231"),
    Secret("national-id-far", "کد ملی بنده که دیروز هم به همکارتون گفته بودم {} است", "3520001231"),
    Secret("mobile", "شماره‌ام {} است زنگ بزنید", "09351827364"),
    Secret("mobile-without-zero", "شماره‌ام {} است زنگ بزنید", "9351827364"),
    Secret("mobile-98", "موبایل: {} تماس", "989351827364"),
    Secret("mobile-0098", "whatsapp {} لطفا", "00989351827364"),
    Secret("mobile-of-no-cue", "با من در {} هماهنگ کنید", "09013456782"),
    Secret("landline", "تلفن منزل {} است", "02188776655"),
    Secret("landline-city", "شماره ثابتم {} است", "05138776655"),
    Secret("landline-local", "تلفن خونه {} هست", "88776655"),
    Secret("postal-code-short", "ک.پ: {} هست", "1415735911"),
    Secret("account-short", "ش.ح: {} هست", "0102534876"),
    Secret("postal-code", "کد پستی {} را بزنید", "1415735911"),
    Secret("postal-code-latin", "postal code {} ok", "8415735911"),
    Secret("account", "شماره حسابم {} است", "0102534876001"),
    Secret("account-latin", "account number {} melli", "301254876"),
    Secret("iban", "شبا IR{} برای واریز", "062960000000100324200001"),
    Secret("iban-without-ir", "شماره شبا {} برای واریز", "550120000000001234567890"),
    Secret("passport", "شماره گذرنامه K{} است", "48217364"),
    Secret("birth-certificate", "شماره شناسنامه {} صادره از تهران", "482136"),
    Secret("plate", "پلاک موتورم {} است", "12345678"),
    Secret("otp", "کد تأیید من {} است", "482913"),
    Secret("otp-of-six", "کد یک‌بار مصرف: {}", "739105"),
    Secret("otp-behind", "{} رو به عنوان کد تأیید زدم", "482913"),
    Secret("two-factor", "کد دوعاملی {} بود", "482913"),
    Secret("sms-code", "کدی که پیامک شد {} بود", "482913"),
    Secret("activation", "کد فعال‌سازی {} کار نمی‌کنه", "48213"),
    Secret("security-code", "کد امنیتی کارت {} است", "48213"),
    Secret("dynamic", "کد پویا {} بود", "8291340"),
    Secret("pin", "رمز دوم {} است", "58213"),
    Secret("pin-of-card", "رمز کارتم {} هست", "5821"),
    Secret("cvv", "CVV2: {} است", "872"),
)


def _parted(sign: str, size: int = 4) -> Callable[[str], str]:
    return lambda value: sign.join(value[at : at + size] for at in range(0, len(value), size))


def _digits(zero: str) -> Callable[[str], str]:
    return lambda value: "".join(chr(ord(zero) + int(digit)) for digit in value)


def _mixed(value: str) -> str:
    return "".join(chr(ord("0۰٠０"[place % 4]) + int(digit)) for place, digit in enumerate(value))


#: Ways to write a number.
SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "persian": _digits("۰"),
    "arabic": _digits("٠"),
    "full-width": _digits("０"),
    "mixed": _mixed,
    "keycaps": lambda value: "".join(f"{digit}\ufe0f\u20e3" for digit in value),
    "bold": "*{}*".format,
    "markdown": "**{}**".format,
    "italic": "_{}_".format,
    "quoted": "«{}»".format,
    "bracketed": "[{}]".format,
    "isolated": "\u2066{}\u2069".format,
    "spaces": _parted(" "),
    "dashes": _parted("-"),
    "dots": _parted(".", 3),
    "slashes": _parted("/"),
    "joiners": _parted("\u200c"),
    "tatweel": _parted("ـ", 3),
    "tabs": _parted("\t"),
    "lines": _parted("\n"),
    "commas": _parted(","),
    "colons": _parted(":"),
    "bars": _parted("|"),
    "pluses": _parted("+"),
    "wide": _parted(" - "),
    "ellipses": _parted("…"),
    "carets": _parted("^"),
    "hashes": _parted("#"),
    "ampersands": _parted("&"),
    "emoji": _parted(" 🔹"),
    "heavy": _parted("➖"),
    "far": _parted("      "),
    "marked-up": _parted("<br>"),
    "entities": _parted("&nbsp;"),
    "one-by-one": " ".join,
    "one-by-one-dashed": "-".join,
    "excel": "{}.0".format,
    "letter-o": lambda value: value.replace("0", "O"),
    "latin-before": "No:{}".format,
}

#: Addresses and passwords, each as it is written, with what may not be readable.
WORDS = (
    ("ایمیلم mina.karimi@gmail.com است", "karimi"),
    ("ایمیلم mina.karimi (at) gmail.com است", "karimi"),
    ("ایمیلم mina.karimi[at]gmail[dot]com است", "karimi"),
    ("ایمیلم mina.karimi at gmail dot com است", "karimi"),
    ("ایمیلم mina.karimi @ gmail.com است", "karimi"),
    ("ایمیلم mina.karimi\u200c@\u200cgmail.com است", "karimi"),
    ("ایمیلم mina.karimi＠gmail．com است", "karimi"),
    ("ایمیلم *mina.karimi@gmail.com* است", "karimi"),
    ("ایمیلم minakarimi@yahoo است", "karimi"),
    ("Emailmina.karimi@gmail.com", "karimi"),
    ("ایمیلم مینا.کریمی@سایت.ایران است", "کریمی"),
    ("mina.karimi@mail.co.uk،", "karimi"),
    ("ایمیلم mina.karimi%40gmail.com است", "karimi"),
    ("ایمیلم mina.karimi&#64;gmail.com است", "karimi"),
    ("ایمیلم mina.karimi@@gmail.com است", "karimi"),
    ("ایمیلم mina.karimi-at-gmail.com است", "karimi"),
    ("ایمیلم mina_karimi_at_gmail_dot_com است", "karimi"),
    ('"mina karimi"@gmail.com', "karimi"),
    ("از خارج +98 21 8877 6655 هستم", "982188776655"),
    ("+۹۸-۵۱-۳۸۷۷-۶۶۵۵", "985138776655"),
    ("رمز عبورتون Karimi1370 است", "karimi1370"),
    ("رمز عبور:\nKarimi1370 کار نمی‌کنه", "karimi1370"),
    ("پسورد: *Karimi1370*", "karimi1370"),
    ("password = Karimi1370", "karimi1370"),
    ("password: KarimiAli", "karimiali"),
    ("رمز ورودم «Karimi@1370» بود", "karimi@1370"),
    ("گذرواژهٔ حساب کاربری من Karimi1370 است", "karimi1370"),
    ("کلمه عبور من هست Karimi-1370!", "karimi-1370"),
    ("رمز وای‌فای Karimi_1370 است", "karimi_1370"),
    ("پلاک ماشین ۱۲ ب ۳۴۵ ایران ۶۷", "345"),
    ("پلاک 12ب345-67", "345"),
    ("ماشین ایران ۶۷ | ۳۴۵ ب ۱۲", "345"),
    ("پلاک ۱۲ الف ۳۴۵ ایران ۶۷", "345"),
    ("پلاک ۱۲ (ب) ۳۴۵ ایران ۶۷", "345"),
    ("پلاک ۱۲ ژ (معلولین) ۳۴۵ ایران ۶۷", "345"),
    ("۱۲ ب ۳۴۵ - ۶۷ پلاکمه", "345"),
)


def spelled() -> Iterator[tuple[str, str, str]]:
    """Yield ``(name, text, value)`` of all secrets in all spellings."""
    for secret in SECRETS:
        for name, spell in SPELLINGS.items():
            yield f"{secret.name}/{name}", secret.text.format(spell(secret.value)), secret.value
    for number, (text, value) in enumerate(WORDS):
        yield f"word-{number}", text, value


_SEPARATORS = re.compile(r"<br>|&nbsp;|[\s.\-/,:|+_ـ*…^#&🔹➖]")
_LETTER_ZERO = re.compile(r"(?<=[\do])o|o(?=[\do])")
_TELLING = 7  # digits that stand in a large text by no chance


def folded(output: str) -> str:
    """An output with plain digits and small letters, without what nobody sees."""
    return "".join(map(_fold, output))


def _fold(char: str) -> str:
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    return "" if unicodedata.category(char) in ("Mn", "Me", "Cf") else char.lower()


def squeezed(output: str) -> str:
    """A folded output without separators."""
    return _SEPARATORS.sub("", _LETTER_ZERO.sub("0", output))


def _told(value: str) -> str:
    """What of a number may not be read: all but the last four digits of a long one."""
    return value[:-4] if value.isdigit() and len(value) >= 8 else value


def readable(value: str, output: str) -> bool:
    """Whether a value can be read in an output, however its digits are written."""
    plain = folded(output)
    return _told(value) in (squeezed(plain) if value.isdigit() else plain)


def readable_in(texts: Iterable[tuple[str, str, str]], output: str) -> list[str]:
    """The names of values that can be read in a large output, but for short numbers, which stand there by chance."""
    plain = folded(output)
    digits = squeezed(plain)
    numbers = [(name, _told(value)) for name, _, value in texts if value.isdigit()]
    words = [(name, value) for name, _, value in texts if not value.isdigit()]
    told = [name for name, value in numbers if len(value) >= _TELLING and value in digits]
    return told + [name for name, value in words if value in plain]
