"""Questions that ask for nothing get no answer; «کی» asks who or when."""

from __future__ import annotations

import pytest

from hamdel import Checker
from hamdel.evidence.customer import Question, QuestionKind


def asked(checker: Checker, message: str) -> tuple[Question, ...]:
    return checker.read_customer(message).questions


@pytest.mark.parametrize(
    "message",
    [
        "چند بار باید پیگیری کنم؟",
        "آخه چند دفعه زنگ بزنم؟",
        "چندبار باید توضیح بدم؟",
        "تا کی باید صبر کنم؟",
        "تا کی منتظر بمونم؟",
        "این چه وضعشه؟",
        "این چه وضعیه؟",
        "مگه نگفتید امروز می‌رسه؟",
        "شما پشتیبانی ۲۴ ساعته نیستید مگه؟",
        "خودتون خجالت نمی‌کشید؟",
        "چرا کسی جواب نمی‌ده؟",
        "چرا هیچ‌کس رسیدگی نمی‌کنه؟",
        "من تحویل نگرفتم؟؟؟",
        "چند بار ایمیل زدیم و خبری نشد.",
        "کانفیگم وصل میشه ولی اینترنت نداره",
    ],
)
def test_exasperation_asks_for_nothing(checker: Checker, message: str) -> None:
    assert not asked(checker, message)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("برای فعال شدن چند روز باید صبر کنم؟", QuestionKind.NUMBER),
        ("کی می‌رسه؟", QuestionKind.WHEN),
        ("تا کی مهلت دارم؟", QuestionKind.WHEN),
        ("بسته کی رسیده؟", QuestionKind.WHEN),
        ("کی گرفته؟", QuestionKind.WHICH),
        ("به کی تحویل دادید؟", QuestionKind.WHICH),
        ("کی مسئول این بخشه؟", QuestionKind.WHICH),
        ("چند بار می‌تونم رمز رو بفرستم؟", QuestionKind.NUMBER),
        ("چرا سفارشم لغو شد؟", QuestionKind.WHY),
        ("میشه عوضش کنید", QuestionKind.YES_NO),
        ("میشه لغوش کرد", QuestionKind.YES_NO),
    ],
)
def test_what_asks_keeps_its_kind(checker: Checker, message: str, kind: QuestionKind) -> None:
    assert [question.kind for question in asked(checker, message)] == [kind]
