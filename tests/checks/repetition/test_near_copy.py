"""repetition/near-copy and opener with an archive: who got it, how much is new, and what may be copied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hamdel.archive.archive import Archive
from hamdel.checker import Checker
from hamdel.model import Finding, Severity
from hamdel.settings.config import Config

ORDER = (
    "سلام مینا جان، وقت بخیر. سفارش شمارهٔ ۵۵۰۱ شما فردا تحویل پست می‌شود و سه روز کاری بعد به دستتان می‌رسد. "
    "هزینهٔ ارسال این سفارش هم رایگان است. اگر سؤالی بود در خدمتیم."
)
AGAIN = ORDER.replace("مینا", "رضا").replace("۵۵۰۱", "۷۷۱۲").replace("فردا", "شنبه")
REFUND = "سلام. مبلغ خرید شما طی هفتاد و دو ساعت به همان کارت بانکی برمی‌گردد و پیامک واریز برایتان فرستاده می‌شود."
STEPS = (
    "۱. از منوی بالا وارد بخش تنظیمات حساب شوید.\n۲. روی گزینهٔ تغییر رمز عبور بزنید و رمز تازه را دو بار بنویسید.\n"
    "۳. دکمهٔ ذخیره را بزنید و یک بار از برنامه خارج شوید."
)
DAY = 1_715_500_000  # 23 Ordibehesht 1403


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "archive", write=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def checker() -> Checker:
    """One whose archive tests replace."""
    return Checker(Config())


def found(
    checker: Checker, archive: Archive, draft: str, check: str = "repetition/near-copy", **about: str
) -> list[Finding]:
    checker.archive = archive
    report = checker.check(draft, **about)  # type: ignore[arg-type]
    return [finding for finding in report.findings if finding.check == check]


def test_a_copy_of_a_reply_to_somebody_else(checker: Checker, archive: Archive) -> None:
    archive.add(ORDER, customer="1", agent="سارا", time=DAY)
    archive.add(ORDER, customer="2", agent="رضا", time=DAY + 86_400)
    (finding,) = found(checker, archive, AGAIN, customer_id="3")
    copy = finding.copy
    assert copy is not None
    assert (finding.kind, finding.severity, finding.start, finding.end) == ("copy", Severity.WARNING, 0, 0)
    assert (copy.score, copy.count, copy.first, copy.last) == (100, 2, DAY, DAY + 86_400)
    assert (copy.own, copy.own_share, copy.same_customer) == ((), 0, False)
    assert next(AGAIN[a:b] for a, b in copy.copied).startswith("سفارش شمارهٔ ۷۷۱۲ شما شنبه")
    assert "#" in copy.reply
    assert "۵۵۰۱" not in copy.reply


def test_the_customer_own_words_are_shown(checker: Checker, archive: Archive) -> None:
    archive.add(ORDER, customer="1", time=DAY)
    draft = AGAIN.replace(" اگر سؤالی", " کتاب برای تولد است. اگر سؤالی")
    (finding,) = found(checker, archive, draft, customer_id="3")
    assert finding.copy is not None
    assert [draft[a:b] for a, b in finding.copy.own] == ["کتاب برای تولد است"]
    assert 0 < finding.copy.own_share < 0.3


def test_enough_new_words_are_no_copy(checker: Checker, archive: Archive) -> None:
    archive.add(ORDER, customer="1", time=DAY)
    own = "نوشتید که کتاب را برای جشن تولد دخترتان می‌خواهید و نگران دیر رسیدنش هستید، حق با شماست. "
    assert not found(checker, archive, own + AGAIN, customer_id="3")


def test_the_same_customer_gets_stronger_words(checker: Checker, archive: Archive) -> None:
    archive.add(ORDER, customer="0912", time=DAY)
    draft = AGAIN.replace(" هزینهٔ ارسال این سفارش هم رایگان است.", " پیک پیش از آمدن تماس می‌گیرد.")
    assert not found(checker, archive, draft, customer_id="7")
    assert not found(checker, archive, draft, customer_id="0912")
    (finding,) = found(checker, archive, draft, "repetition/looping", customer_id="0912")
    assert finding.kind == "near"
    assert finding.message.startswith("مشتری تقریباً همین متن را قبلاً از شما گرفته است")
    assert finding.copy is not None
    assert (finding.copy.same_customer, finding.copy.count) == (True, 1)
    assert 70 <= finding.copy.score < 85


def test_what_only_this_customer_got_is_no_reply_to_others(checker: Checker, archive: Archive) -> None:
    archive.add(REFUND, customer="1", time=DAY)
    assert not found(checker, archive, REFUND, customer_id="1")
    (finding,) = found(checker, archive, REFUND, "repetition/looping", customer_id="1")
    assert finding.kind == "same"
    assert finding.message.startswith("مشتری همین متن را قبلاً از شما گرفته است")


def test_short_replies_count_only_when_they_are_the_same(checker: Checker, archive: Archive) -> None:
    archive.add("سلام، درخواست تعویض کالای شما همین امروز ثبت شد.", customer="1", time=DAY)
    assert found(checker, archive, "درود. درخواست تعویض کالای شما همین امروز ثبت شد.")
    assert not found(checker, archive, "سلام، درخواست تعویض گوشی شما همین امروز ثبت شد.")
    assert not found(checker, archive, "خواهش می‌کنم، روز خوبی داشته باشید 🌹")


def test_steps_may_be_copied_behind_a_sentence_of_ones_own(checker: Checker, archive: Archive) -> None:
    archive.add(f"برای بازیابی رمز این سه مرحله کافی است.\n{STEPS}", customer="1", time=DAY)
    opening = "نوشتید رمزتان را در گوشی تازه فراموش کرده‌اید."
    assert found(checker, archive, f"برای بازیابی رمز این سه مرحله کافی است.\n{STEPS}", customer="رمزم یادم رفته")
    assert not found(checker, archive, f"{opening}\n{STEPS}", customer="گوشی تازه خریدم و رمزم یادم رفته")


def test_a_draft_put_together_from_several_replies(checker: Checker, archive: Archive) -> None:
    sentences = [
        "سفارش شما امروز از انبار مرکزی تهران بیرون رفته است",
        "مبلغ کسر شده تا هفتاد و دو ساعت دیگر به کارت شما برمی‌گردد",
        "برای پیگیری مرسوله کد رهگیری را در سایت شرکت پست وارد کنید",
    ]
    for number, sentence in enumerate(sentences):
        archive.add(
            f"سلام. {sentence}. این یکی دربارهٔ موضوع شمارهٔ {'ابجد'[number]} بود و ربطی به بقیه ندارد.", time=DAY
        )
    (finding,) = found(checker, archive, "سلام. " + ". ".join(sentences) + ".")
    assert (finding.kind, finding.severity) == ("patchwork", Severity.SUGGESTION)
    assert finding.copy is not None
    assert len(finding.copy.copied) == 3
    assert not found(checker, archive, "سلام. " + ". ".join(sentences[:1]) + ". کتاب تولد دخترتان هم در همین بسته است.")


def test_approved_templates_are_no_copies(archive: Archive, tmp_path: Path) -> None:
    archive.add(ORDER, customer="1", time=DAY)
    folder = tmp_path / "approved"
    folder.mkdir()
    template = ORDER.replace("مینا", "{name}").replace("۵۵۰۱", "[شمارهٔ سفارش]").replace("فردا", "____")
    (folder / "order.txt").write_text(template, "utf-8")
    assert not found(Checker(Config(approved=(folder,))), archive, AGAIN, customer_id="3")
    assert not found(Checker(Config(approved=(folder / "order.txt",))), archive, AGAIN, customer_id="3")
    assert found(Checker(Config()), archive, AGAIN, customer_id="3")


def test_the_openings_of_this_agent_count(checker: Checker, archive: Archive) -> None:
    opening = "سلام، ممنون که با ما در ارتباط هستید."
    for number in range(4):
        archive.add(f"{opening} موضوع {'ابجد'[number]} امروز انجام شد.", agent="سارا", time=DAY + number)
    draft = f"{opening} بلیت سفرتان همین حالا صادر شد."
    (finding,) = found(checker, archive, draft, "repetition/opener", agent="سارا")
    assert draft[finding.start : finding.end] == "ممنون که با ما در ارتباط هستید"
    assert not found(checker, archive, draft, "repetition/opener", agent="رضا")
    assert found(checker, archive, draft, "repetition/opener")


def test_earlier_replies_that_are_given_win_over_the_archive(checker: Checker, archive: Archive) -> None:
    archive.add(ORDER, customer="1", time=DAY)
    checker.archive = archive
    report = checker.check(AGAIN, past=["پیام دیگری که هیچ ربطی به این یکی ندارد."])
    assert not [finding for finding in report.findings if finding.copy]
