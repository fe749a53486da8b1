"""The list of checks and the page about one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hamdel.model import Lang, Severity
from hamdel.model.definitions import Measured, Told
from hamdel.phrasebank import Bilingual, CheckDef, Example, Examples, PhraseGroup, Rewrite
from hamdel.render.check.check_json import explained_to_dict
from hamdel.render.check.check_markdown import markdown
from hamdel.render.check.check_text import page, table
from hamdel.render.text.pieces import plain

CHECK = CheckDef(
    id="respect/blame",
    severity=Severity.WARNING,
    precision="B",
    matcher="phrase",
    guards=(),
    sources=("S2", "XX"),
    title=Bilingual("سرزنش", "Blame"),
    message=Bilingual("«{matched}» سرزنش است.", "“{matched}” blames."),
    why=Bilingual("چون.", "Because."),
    examples=Examples(
        fire=(Example("⟦شما اشتباه کردید⟧.", "شما اشتباه کردید."),),
        silent=(Example("اشتباه از ما بود.", "اشتباه از ما بود.", customer="کجاست؟"),),
        rewrites=(Rewrite("بد", "خوب"),),
    ),
    path=Path("x.toml"),
)


def bare(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069\u200f")))


def test_page_has_everything() -> None:
    assert bare(plain(page(CHECK, Severity.ERROR, {"S2": "احترام"}, Lang.FA, None))) == (
        "respect/blame  خطا  سرزنش\n  «…» سرزنش است.\n\nچرا\n  چون.\n\nمنبع‌ها\n  • S2: احترام\n  • XX\n\n"
        "هشدار می‌دهد\n  • ⟦شما اشتباه کردید⟧.\n\nهشدار نمی‌دهد\n  • (مشتری: کجاست؟) اشتباه از ما بود.\n\n"
        "بازنویسی\n  • بد ← خوب\n\nچطور تصمیم می‌گیرد\n  • فقط با قاعده: عبارت‌ها و شرط‌های فهرست‌شده.\n"
    )


def test_page_in_english_of_a_check_that_is_off() -> None:
    shown = bare(plain(page(CHECK, None, {}, Lang.EN, 80)))
    assert shown.startswith("respect/blame  off  Blame\n  “…” blames.\n\nWhy\n  Because.\n")


def test_page_shows_how_the_check_did() -> None:
    shown = bare(plain(page(CHECK, None, {}, Lang.FA, None, measured=Measured(0.984, None, 12))))
    assert "\n\nدقت اندازه‌گیری‌شده\n  ۹۸٪ از یافته‌هایش درست بود و — از ۱۲ برچسب را پیدا کرد. " in shown
    shown = bare(plain(page(CHECK, None, {}, Lang.EN, None, measured=Measured(1.0, 0.5, 12))))
    assert "Measured precision\n  100% of its findings were right, and it found 50% of 12 labels. " in shown


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (Told(0.784, 0.483), ["از احتمال ۷۸٪ هشدار است و از ۴۸٪ پیشنهاد."]),
        (Told(None, 0.39), ["از احتمال ۳۹٪ پیشنهاد است و هیچ‌وقت هشدار نیست."]),
        (Told(None, None), ["آنچه فقط خواننده بیابد گفته نمی‌شود."]),
        (Told(0.8, 0.4, 0.9, 0.31, 0.712), ["با دقت ۹۰٪، ۳۱٪ از برچسب‌ها را پیدا کرد؛ میانگین دقت ۰٫۷۱ از ۱."]),
    ],
)
def test_page_says_how_the_reader_decides(told: Told, said: list[str]) -> None:
    shown = bare(plain(page(CHECK, None, {}, Lang.FA, None, told=told)))
    assert all(text in shown for text in said)
    assert ("فایل‌هایی که هنگام آموزش ندیده بود" in shown) == (told.recall is not None)


def test_page_says_who_decides() -> None:
    """CHECK has no phrases: only the reader is left."""
    told = Told(0.8, 0.4)
    assert "By a reader alone" in plain(page(CHECK, None, {}, Lang.EN, None, told=told))
    listed = replace(CHECK, groups=(PhraseGroup(text=("شما اشتباه",)),))
    shown = plain(page(listed, None, {}, Lang.EN, None, told=told))
    assert "By rules and by a reader" in shown
    assert "a warning from 80% likely on, a suggestion from 40%" in shown
    coded = replace(CHECK, matcher="bare-imperative", severity=Severity.SUGGESTION)
    assert "By rules and by a reader" in plain(page(coded, None, {}, Lang.EN, None, told=told))
    assert "a suggestion from 40% likely on, never a warning" in plain(page(coded, None, {}, Lang.EN, None, told=told))


def test_explained_as_values_says_how_it_decides() -> None:
    alone = explained_to_dict(CHECK, None, {}, None)
    assert alone["decides"] == {"rules": False, "reader": None}
    told = explained_to_dict(CHECK, None, {}, None, Told(0.8, 0.4, 0.9, 0.3, 0.7))["decides"]["reader"]
    assert told == {"warning": 0.8, "suggestion": 0.4, "precision": 0.9, "recall": 0.3, "average_precision": 0.7}


def test_markdown_has_the_figures() -> None:
    rows = markdown([CHECK], {CHECK.id: Measured(0.984, 1.0, 12)}).splitlines()
    assert rows[2] == "| `respect/blame` | warning | Blame | سرزنش | 98% | 100% | 12 |"
    assert markdown([CHECK], {}).splitlines()[2].endswith(" | — | — | 0 |")


def test_table_is_aligned() -> None:
    other = CheckDef(**{name: getattr(CHECK, name) for name in CHECK.__slots__} | {"id": "empathy/non-apology"})
    levels = {"respect/blame": None, "empathy/non-apology": Severity.SUGGESTION}
    assert bare(plain(table([other, CHECK], levels, Lang.EN))) == (
        "empathy/non-apology  suggestion  Blame\nrespect/blame        off         Blame\n"
    )
    assert plain(table([], {}, Lang.FA)) == ""


def test_mark_of_the_whole_draft_is_not_shown() -> None:
    examples = Examples(fire=(Example("⟦⟧ثبت شد.", "ثبت شد.", customer="کی؟"),), silent=(), rewrites=())
    shown = bare(plain(page(replace(CHECK, examples=examples), Severity.WARNING, {}, Lang.FA, None)))
    assert "(مشتری: کی؟) ثبت شد." in shown


def test_examples_show_earlier_replies() -> None:
    examples = Examples(fire=(Example("⟦⟧ثبت شد.", "ثبت شد.", past=("ثبت شده.", "شد.")),), silent=(), rewrites=())
    shown = bare(plain(page(replace(CHECK, examples=examples), Severity.WARNING, {}, Lang.EN, None)))
    assert "(earlier reply: ثبت شده.) (earlier reply: شد.) ثبت شد." in shown
