"""What a sentence states stays, as do greetings and names; what couldn't be mended is named; hamdel scores nothing."""

from __future__ import annotations

import pytest

from hamdel import Checker
from hamdel.improve.clause_cutting import is_greeting
from hamdel.model import Improved, Source
from hamdel.render.report.improvement import render

UPSET = "بسته‌م سه روزه نرسیده، کلافه شدم"


def shown(checker: Checker, draft: str, customer: str = "") -> list[str]:
    return ["".join(piece.text for piece in line) for line in render(checker.improve(draft, customer=customer))]


@pytest.mark.parametrize(
    "draft",
    [
        "متأسفانه گارانتی نداریم، ولی برای اینکه ناراحت نشید تعویض رایگان داریم.",
        "گارانتی نداره، ولی برای اینکه ناراحت نشی تعویضش می‌کنیم.",
        "سفارش رو لغو می‌کنیم، اگه تا فردا مدارک نرسه، چون شما اشتباه کردید.",
        "این مشکل شماست و پول هم برنمی‌گرده چون کالا باز شده.",
        "این مشکل شماست، پول هم برنمی‌گرده.",
        "به ما مربوط نیست، اما تا ۲۴ ساعت دیگه وصل می‌شه.",
        "شما اشتباه کردید، اگه فاکتور نباشه تعویض نمی‌کنیم.",
        "هزینهٔ ارسال پس داده نمی‌شه چون خودتون دیر خبر دادید.",
    ],
)
def test_an_offered_edit_loses_no_statement(checker: Checker, draft: str) -> None:
    text = checker.fix(draft, offered=True).text
    stated = ("گارانتی ندار", "اگه تا فردا مدارک نرسه", "پول هم برنمی‌گرده", "۲۴ ساعت", "تعویض نمی‌کنیم", "پس داده نمی‌شه")
    for fact in stated:
        assert fact not in draft or fact in text


@pytest.mark.parametrize(
    "draft",
    [
        "این مشکل شماست، پول هم برنمی‌گرده.",
        "شما اشتباه کردید، گارانتی هم نداره.",
        "به ما ربطی نداره، ارسال هم رایگان نیست.",
    ],
)
def test_a_rewrite_reminds_of_what_is_not_so(checker: Checker, draft: str) -> None:
    text = checker.improve(draft, customer=UPSET).text
    assert any(fact in text for fact in ("برنمی‌گرده", "گارانتی هم نداره", "رایگان نیست"))


GREETINGS = [
    "عصرتون بخیر.",
    "شب خوش.",
    "خسته نباشید.",
    "روز شما خوش.",
    "وقتتون بخیر.",
    "ظهر بخیر.",
    "صبحتون بخیر خانم رضایی.",
    "بعد از ظهر بخیر.",
    "خدا قوت.",
    "درود بر شما.",
    "اوقات بخیر جناب دکتر احمدی.",
    "روزتان به خیر.",
]


@pytest.mark.parametrize("greeting", GREETINGS)
def test_a_greeting_stays_the_first_and_only_one(checker: Checker, greeting: str) -> None:
    text = checker.improve(f"{greeting} سفارش شما ثبت شد.", customer=UPSET).text
    assert text.startswith(greeting)
    assert "سلام" not in text


@pytest.mark.parametrize("words", ["سفارش ثبت شد", "سلام سفارش شما رسید", "خانوم رضایی", "ممنون از صبرتون"])
def test_what_greets_nobody(checker: Checker, words: str) -> None:
    draft = checker._judge.language.analyzer(words)
    assert not is_greeting(draft, (0, len(draft.words)))


@pytest.mark.parametrize(
    "name", ["خانوم رضایی", "آقا رضا", "استاد احمدی", "مهندس کریمی", "جناب رضایی", "دکتر امینی", "خانم زرین‌کوب"]
)
def test_a_name_is_kept_whatever_its_title(checker: Checker, name: str) -> None:
    for draft in (f"{name} این مشکل شماست.", f"سلام {name}، به ما مربوط نیست."):
        assert name.split()[1] in checker.improve(draft, customer=UPSET).text


@pytest.mark.parametrize(
    "draft",
    [
        "سلام عزیزم خوبی؟ سفارشت فردا می‌رسه",
        "سلام جانم، آدرستو بفرست. این مشکل شماست.",
        "سلام. همون‌طور که گفتم، باید صبر کنید. شما اشتباه کردید و بسته برگشت.",
    ],
)
def test_lines_before_are_the_drafts_own(checker: Checker, draft: str) -> None:
    better = checker.improve(draft, customer=UPSET)
    assert all(step.before in draft for step in better.steps)
    lines = shown(checker, draft, UPSET)
    before = [line.split("− ", 1)[1].rstrip("\u2069") for line in lines if "− " in line]
    assert before
    assert all(line in draft for line in before)
    assert len(before) == len(set(before))


def test_what_could_not_be_mended_is_named(checker: Checker) -> None:
    text = "سلام. این مشکل شماست. فردا می‌رسه."
    for draft in (text, "سلام. فردا می‌رسه."):
        lines = render(Improved(draft, text, (), checker.check(text)))
        assert any(
            "این جمله هنوز" in piece.text and "این مشکل شماست." in piece.text for line in lines for piece in line
        )


def test_the_order_not_to_write_again_is_mended(checker: Checker) -> None:
    draft = "سلام. پیام شما دریافت شد. صبور باشید و از ارسال پیام تکراری خودداری کنید."
    assert "تکراری" not in checker.improve(draft, customer=UPSET).text


@pytest.mark.parametrize("draft", ["سلام. پیام شما دریافت شد.", "سلام. این مشکل شماست.", "به ما مربوط نیست."])
def test_a_sentence_of_hamdels_earns_nothing(checker: Checker, draft: str) -> None:
    before = checker.check(draft, customer=UPSET).scores
    after = checker.improve(draft, customer=UPSET).report.scores
    assert before and after
    present = {part.reason for part in before.parts if "/" not in part.reason}
    assert {part.reason for part in after.parts if "/" not in part.reason} <= present


def test_a_skeleton_earns_nothing_until_it_is_the_agents(checker: Checker) -> None:
    scores = checker.improve("", situation="late-delivery", customer=UPSET).report.scores
    assert scores
    assert not [part for part in scores.parts if part.points > 0]


@pytest.mark.parametrize(
    ("customer", "draft"),
    [
        ("رمزم رو سه بار عوض کردم بازم وارد نمی‌شه", "سلام. ما همون‌طور که هست توضیح داده بودیم. لینک رو فرستادم."),
        ("کد تخفیف کار نمی‌کنه؟؟", "سلام، والا ما که هزار بار گفتیم اول سبد رو خالی کنید."),
        ("چرا قطعه", "سلام. این رو تو پیام قبل هم نوشته بودم."),
    ],
)
def test_no_clause_goes_that_only_the_reader_finds(checker: Checker, customer: str, draft: str) -> None:
    found = [one for one in checker.check(draft, customer=customer).findings if one.check == "respect/as-i-said"]
    own = [one for one in found if one.source is Source.READER]
    text = checker.improve(draft, customer=customer).text
    assert own
    assert all(one.matched in text for one in own)
