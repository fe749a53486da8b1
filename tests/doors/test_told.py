"""Every message that code can raise for people has its Persian."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import hamdel
import hamdel.errors
from hamdel.doors.told import language, speak, told, worded
from hamdel.model import Lang
from hamdel.render.text.directed import unmarked

SOURCE = Path(hamdel.__file__).parent
#: What programs read, whose errors stay English.
PROTOCOLS = ("doors/http/", "doors/lsp/", "doors/stdio/", "doors/requests/", "doors/browser/")
OURS = {*hamdel.errors.__all__, "QuestionError", "TooMuchError", "complain"}


def _text(node: ast.expr) -> str | None:
    """A message with § where something is put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "§" for part in node.values)
    return None


def messages() -> Iterator[tuple[str, str]]:
    for file in sorted(SOURCE.rglob("*.py")):
        place = file.relative_to(SOURCE).as_posix()
        if place.startswith(PROTOCOLS):
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OURS and node.args:
                text = _text(node.args[0])
                if text and any(char.isalpha() for char in text):
                    yield place, text


@pytest.fixture(autouse=True)
def nothing_noted() -> Iterator[None]:
    speak(None)
    yield
    speak(None)


def test_every_message_is_translated() -> None:
    found = list(messages())
    assert len(found) > 100
    missing = [f"{place}: {text}" for place, text in found if worded(text.replace("§", "permission denied")) is None]
    assert missing == []


#: What stands in a Persian message as it is: code and names of files.
_QUOTED = re.compile("""`[^`]*`|«[^»]*»|"[^"]*"|'[^']*'|[(][^)]*[)]""")
_ENGLISH = re.compile(
    r"\b[a-z']{2,},? [a-z']{2,},? [a-z']{2,}|\b(?:is|can't|isn't|aren't|needs?|there|the|it|not|be)\b"
)
#: Words of click's and of the operating system, which the message ends or begins with.
_OTHERS = ("§: §; check the name and its rights", "§; see `§ --help`")


def test_no_message_is_translated_by_half() -> None:
    halves = {}
    for place, text in messages():
        said = worded(text.replace("§", "x.csv"))
        if text not in _OTHERS and (said is None or _ENGLISH.search(_QUOTED.sub("", said))):
            halves[f"{place}: {text}"] = said
    assert halves == {}


@pytest.mark.parametrize(
    ("english", "persian"),
    [
        (
            "a.txt: no such file; check the name, or pipe the text in",
            "a.txt: چنین پرونده‌ای نیست؛ نام را بررسی کنید یا متن را با پایپ بدهید",
        ),
        ('no check is called "respect/blam"; did you mean "respect/blame"?',
         "بررسی‌ای با نام «respect/blam» نیست؛ منظورتان «respect/blame» بود؟"),
        ("hamdel.toml:3: lang can't be \"de\"; use one of fa, en",
         'hamdel.toml:3: lang نمی‌تواند "de" باشد؛ یکی از این‌ها را بنویسید: fa, en'),
        ("/x: permission denied; check the name and its rights",
         "/x: اجازهٔ دسترسی نیست؛ نام و اجازه‌هایش را بررسی کنید"),
        ('x.csv: has no column "y" for --reply; there are "a"',
         'x.csv: ستون «y» را برای --reply ندارد؛ این‌ها هست: "a"'),
        ('x.csv: has no column "y" for --reply', "x.csv: ستون «y» را برای --reply ندارد"),
        ("No such option: --nope", "چنین گزینه‌ای نیست: --nope"),
        ("something that nobody translated", "something that nobody translated"),
    ],
)  # fmt: skip
def test_messages_in_both_languages(english: str, persian: str) -> None:
    assert unmarked(told(english, Lang.FA)) == persian
    assert told(english, Lang.EN) == english


def test_a_long_or_odd_message_takes_no_time() -> None:
    for odd in ("; " * 900, ": " * 900, "a: b; " * 300, "", "x" * 5000):
        told(odd, Lang.FA)


def test_the_language_is_what_was_said_last_then_the_environment() -> None:
    assert language({}) is Lang.FA
    assert language({"HAMDEL_LANG": "en"}) is Lang.EN
    assert language({"HAMDEL_LANG": "de"}) is Lang.FA
    speak(Lang.FA)
    assert language({"HAMDEL_LANG": "en"}) is Lang.FA
