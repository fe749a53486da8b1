"""Sentences that come again are known, reworded; those that say something else aren't."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from hamdel import Checker
from hamdel.evidence.learned.wordings import ALIKE, Index, likeness

Words = Callable[[str], Mapping[int, float]]


@pytest.fixture(scope="module")
def words() -> Words:
    checker = Checker(suggestions=False)
    assert checker.reader is not None
    reader = checker.reader

    def read(text: str) -> Mapping[int, float]:
        _, case = checker.examine(checker.conversation(text))
        return reader.wording(case.draft, (0, len(case.draft.words)))

    return read


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("این روال ما همه‌جا همین است و کسی گله نکرده.", "این روال ما همه جا همین هست و کسی هم گله نکرده"),
        ("سفارش ۵۴۳ شما در صف بررسی کارشناسان است.", "سفارش ۱۲۰۰ شما در صف بررسی کارشناسان است!"),
        ("قبل از تماس راهنمای سایت را بخوانید.", "آقای رضایی، قبل از تماس راهنمای سایت رو بخوانید"),
        ("مخابراته دیگه", "مخابراته دیگه."),
    ],
)
def test_the_same_sentence_reworded(words: Words, one: str, other: str) -> None:
    assert likeness(words(one), words(other)) >= ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("می‌توانیم هزینه را برگردانیم.", "نمی‌توانیم هزینه را برگردانیم."),
        ("باید صبر کنی.", "باید صبر کنید."),
        ("سفارش شما ارسال شد.", "سفارش شما لغو شد."),
        ("سلام", "سلام، وقت بخیر"),
        ("", "سلام"),
    ],
)
def test_another_sentence(words: Words, one: str, other: str) -> None:
    assert likeness(words(one), words(other)) < 1
    assert not {0: 1.0}.items() <= Index([words(one)]).near(words(other)).items()


def test_a_phrase_is_found_in_a_longer_sentence(words: Words) -> None:
    index = Index([words("این روال ما همه‌جا همین است")])
    assert index.near(words("این روال ما همه‌جا همین است و شما هم مثل بقیه صبر می‌کنید"))[0] >= ALIKE
    assert index.near(words("بسته فردا می‌رسد و کد رهگیری را پیامک می‌کنیم")) == {}
