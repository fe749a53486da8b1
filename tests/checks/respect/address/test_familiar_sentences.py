"""«تو» forms of a sentence change all together or not at all, and nothing else of it does."""

from __future__ import annotations

import re
import tomllib
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamdel import Checker
from hamdel.improve.fixing import Fixer
from hamdel.model import Conversation

WRITTEN = tomllib.loads((Path(__file__).parent / "data" / "tu_sentences.toml").read_text(encoding="utf-8"))
MARKED = re.compile(r"\{([^|{}]*)\|([^|{}]*)\}")

#: Nouns before «ـت», as (noun, what stands between it and a clitic).
NOUNS = [
    *(
        (noun, "")
        for noun in "سفارش حساب کد آدرس پول ایمیل پیام پنل اکانت پروفایل فایل درخواست اعتراض گزارش بلیت قرارداد".split()
    ),
    *((noun, "\u200c") for noun in "شماره بسته خونه بیمه‌نامه پرونده هزینه خواسته سلیقه".split()),
    *((noun, "") for noun in "گوشی موبایل دستگاه فروشگاه مودم پا صدا غذا راهنمایی نگرانی دندون ذهن قبلی بعدی".split()),
]
#: Clitic, what it becomes; «را» is said apart afterwards.
CLITICS = [("ت", "تون", " رو"), ("تو", "تون رو", ""), ("هات", "هاتون", " رو"), ("هاتو", "هاتون رو", "")]
LEADS = ["", "سلام. ", "اگه می‌شه ", "لطفاً ", "ساعت ۵ ", "😀 "]
ENDS = ["", ".", "، ممنون.", " و نتیجه‌ش رو ببینیم."]
OBJECTS = ["بهت", "برات", "ازت", "باهات"]


def pairs(checker: Checker) -> list[tuple[str, str]]:
    """All second persons singular of living verbs that are nothing else, with their plurals."""
    from hamdel.language.lexicon_compiling import _sources
    from hamdel.language.verbs import verb_forms

    sources = _sources()
    found: dict[str, str] = {}
    for verb in sources.verbs:
        if verb.archaic:
            continue
        plurals = {}
        forms = list(verb_forms(verb, sources.conjugation))
        for form in forms:
            if "Number=Plur|Person=2" in form.feats and form.text.endswith("ید"):
                plurals[form.text] = form.feats
        for form in forms:
            singular = "Number=Sing|Person=2" in form.feats and "Mood=Imp" not in form.feats
            if singular and not form.weak and form.text + "د" in plurals and form.text.startswith(("می", "نمی")):
                found[form.text] = form.text + "د"
    return sorted(found.items())


@pytest.fixture(scope="module")
def verbs(checker: Checker) -> list[tuple[str, str]]:
    return pairs(checker)


def test_there_are_three_hundred() -> None:
    assert len(WRITTEN["changes"]) + len(WRITTEN["stays"]) >= 300
    assert len({*WRITTEN["changes"], *WRITTEN["stays"]}) == len(WRITTEN["changes"]) + len(WRITTEN["stays"])


@pytest.mark.parametrize("sentence", WRITTEN["changes"])
def test_all_of_a_sentence_changes(checker: Checker, sentence: str) -> None:
    assert checker.fix(MARKED.sub(r"\1", sentence)).text == MARKED.sub(r"\2", sentence)


@pytest.mark.parametrize("sentence", WRITTEN["stays"])
def test_a_sentence_stays(checker: Checker, sentence: str) -> None:
    assert checker.fix(sentence).text == sentence


def test_there_are_many_verbs(verbs: list[tuple[str, str]]) -> None:
    assert len(verbs) > 1000


def test_every_verb_changes_with_its_noun(checker: Checker, verbs: list[tuple[str, str]]) -> None:
    """All verbs of the lexicon beside nouns, clitics and spellings in turn."""
    settled = 0
    combined = list(product(NOUNS, CLITICS, OBJECTS))
    for place, (verb, plural) in enumerate(verbs):
        (noun, joint), (clitic, new, mark), pronoun = combined[place % len(combined)]
        spelled = verb.replace("\u200c", " ") if place % 3 == 1 else verb
        bare = noun in ("قبلی", "بعدی") and clitic.startswith("ه")
        joint = "\u200c" if clitic.startswith("ه") and not bare else joint
        before = f"{pronoun} گفتم {noun}{joint}{clitic}{mark} {spelled}."
        after = f"{pronoun}ون گفتم {noun}{joint}{new}{mark} {plural if spelled == verb else spelled + 'د'}."
        text = checker.fix(before).text
        assert text in (before, after), before
        settled += text == after
    assert settled > 0.95 * len(verbs)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_all_or_nothing(checker: Checker, verbs: list[tuple[str, str]], data: st.DataObject) -> None:
    """Generated sentences: after a fix no form is left and every other character is the same, or nothing changed."""
    before = after = data.draw(st.sampled_from(LEADS))
    for number in range(data.draw(st.integers(1, 3))):
        noun, joint = data.draw(st.sampled_from(NOUNS))
        clitic, new, mark = data.draw(st.sampled_from(CLITICS))
        verb, plural = data.draw(st.sampled_from(verbs))
        joint = "\u200c" if clitic.startswith("ه") else joint
        glue = " و " if number else ""
        before += f"{glue}{noun}{joint}{clitic}{mark} {verb}"
        after += f"{glue}{noun}{joint}{new}{mark} {plural}"
    end = data.draw(st.sampled_from(ENDS))
    assert checker.fix(before + end).text in (before + end, after + end)


@pytest.mark.parametrize(
    "draft",
    [
        "سلام. مدارکتو بفرست تا پروندت تکمیل شه.",
        "سلام. موجودیتو نگاه کن.",
        "سلام. کد ملیتو بنویس.",
        "سلام. شناسنامتو بفرست.",
        "سلام. یوزرتو بفرست.",
        "سلام. جات خالی نیست، نوبتت فرداست.",
        "سلام. نامتو کامل بنویس و شناسنامتو بفرست.",
    ],
)
def test_what_may_be_a_form_keeps_the_others_from_changing_alone(checker: Checker, draft: str) -> None:
    assert Fixer(checker.check_conversation).fix(Conversation(draft)).text == draft
