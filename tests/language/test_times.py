"""One grammar reads all times: weekdays in every spelling, bounds, parts of the day; never a greeting."""

from __future__ import annotations

import time

import pytest

from hamdel.language.analysis import Analyzer
from hamdel.language.times import Bound, Time, times_in
from hamdel.reader import make_analyzer

EXACT = {
    "سه‌شنبه می‌رسه": "سه‌شنبه",
    "سه شنبه می‌رسه": "سه شنبه",
    "سهشنبه می‌رسه": "سهشنبه",
    "سشنبه می‌رسه": "سشنبه",
    "شمبه زنگ می‌زنم": "شمبه",
    "پنشنبه زنگ می‌زنم": "پنشنبه",
    "پنج شمبه زنگ می‌زنم": "پنج شمبه",
    "۵شنبه زنگ می‌زنم": "۵شنبه",
    "4 شنبه زنگ می‌زنم": "4 شنبه",
    "یه‌شنبه زنگ می‌زنم": "یه‌شنبه",
    "چارشنبه زنگ می‌زنم": "چارشنبه",
    "نوبتتون شنبه‌ست": "شنبه‌ست",
    "نوبتتون فرداس": "فرداس",
    "جمعه‌ها تعطیلیم": "جمعه‌ها",
    "شنبهٔ آینده می‌رسد": "شنبهٔ آینده",
    "فردا صبح می‌فرستم": "فردا صبح",
    "صبح فردا می‌فرستم": "صبح فردا",
    "پس فردا ظهر می‌فرستم": "پس فردا ظهر",
    "شنبه شب می‌فرستم": "شنبه شب",
    "تا شب می‌فرستم": "شب",
    "تا ظهر می‌فرستم": "ظهر",
    "عصر می‌فرستم": "عصر",
    "بعدازظهر می‌فرستم": "بعدازظهر",
    "تا آخر هفته می‌رسد": "آخر هفته",
    "آخر این هفته می‌رسد": "آخر این هفته",
    "هفتهٔ آینده می‌رسد": "هفتهٔ آینده",
    "هفته‌ی بعد می‌رسد": "هفته‌ی بعد",
    "هفته دیگه می‌رسه": "هفته دیگه",
    "همین هفته می‌رسه": "همین هفته",
    "این ماه واریز می‌شه": "این ماه",
    "ماه بعد واریز می‌شه": "ماه بعد",
    "سر ماه واریز می‌شه": "سر ماه",
    "اول ماه واریز می‌شه": "اول ماه",
    "تا پایان امروز می‌رسد": "پایان امروز",
    "تا پایان وقت اداری می‌رسد": "پایان وقت اداری",
    "تا آخر روز می‌رسد": "آخر روز",
    "نیم ساعت طول می‌کشد": "نیم ساعت",
    "یکی دو ساعت طول می‌کشه": "یکی دو ساعت",
    "ده پونزده دقیقه طول می‌کشه": "ده پونزده دقیقه",
    "یک ساعت و نیم طول می‌کشه": "یک ساعت و نیم",
    "دوساعته می‌رسه": "دوساعته",
    "۲۴ ساعته جواب می‌دیم": "۲۴ ساعته",
    "یه هفته‌ای می‌رسه": "یه هفته‌ای",
    "۲۴ ساعت طول می‌کشد": "۲۴ ساعت",
    "تا ۴۸ ساعت کاری می‌رسد": "۴۸ ساعت کاری",
    "تا دو روز کاری می‌رسد": "دو روز کاری",
    "۲ تا ۳ روز کاری طول می‌کشد": "۲ تا ۳ روز کاری",
    "۲-۳ روز طول می‌کشد": "۲-۳ روز",
    "روز کاری بعد می‌رسد": "روز کاری بعد",
    "در تاریخ ۱۴۰۴/۹/۲۵ ثبت شد": "۱۴۰۴/۹/۲۵",
    "در تاریخ ۹/۲۵ ثبت می‌شود": "۹/۲۵",
    "۲۵ آذر می‌رسد": "۲۵ آذر",
    "بیست و پنجم آذر می‌رسد": "بیست و پنجم آذر",
    "تا آذرماه می‌رسد": "آذرماه",
    "دی ماه می‌رسد": "دی ماه",
    "ساعت ۱۰ می‌رسد": "ساعت ۱۰",
    "ساعت ده و نیم می‌رسد": "ساعت ده و نیم",
    "راس ۱۰:۳۰ می‌رسد": "۱۰:۳۰",
    "تا ۵ عصر می‌رسد": "۵ عصر",
    "فردا تا ۱۶ خبر می‌دم": "فردا تا ۱۶",
    "یکشنبه ۲۵ آذر ساعت ۱۰ برگزار می‌شود": "یکشنبه ۲۵ آذر ساعت ۱۰",
    "شنبه، ساعت ۹ برگزار می‌شود": "شنبه، ساعت ۹",
    "سه روز پیش از پرواز تماس می‌گیرم": "سه روز",
}  # fmt: skip
NONE = (
    "صبح بخیر", "صبح به خیر", "صبحتون بخیر", "صبح شما بخیر", "صبح همگی به‌خیر", "عصر بخیر", "عصرتون به‌خیر",
    "ظهر شما بخیر", "شب خوش", "شبتون خوش", "شب بخیر", "روز خوش", "روزتون بخیر", "روز خوبی داشته باشید",
    "وقت بخیر", "جمعه‌تون بخیر", "آخر هفتهٔ خوبی داشته باشید", "آخر هفته خوش", "امروزتون خوش", "از مهر و محبت شما ممنونم",
    "تیر آهن موجود نیست", "شب یلدا مبارک", "سال نو مبارک", "دفعهٔ بعد", "دو بار گفتم", "۲۰٪ تخفیف", "۳ عدد", "تا ۱۰ نفر",
    "به‌زودی", "در اسرع وقت", "ساعت مچی موجود است", "ساعت کاری را بنویسید", "مبلغ ۱۰٫۵ میلیون", "نسخهٔ ۱۰.۵.۳",
    "هفت‌سین", "خانم بهمن‌پور",
)  # fmt: skip
VAGUE = ("چند روز آینده", "طی چند روز", "چند ساعت دیگه", "در روزهای آینده", "همین روزها", "این چند روز", "ساعات آینده")
PAST = ("دیروز", "دو روز پیش", "هفتهٔ گذشته", "ماه قبل", "سه ساعت قبل", "پریروز عصر", "۱۰ دقیقه پیش")


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return make_analyzer()


def read(analyzer: Analyzer, text: str) -> list[tuple[str, Time]]:
    analysis = analyzer(text)
    return [(text[slice(*analysis.span(one.first, one.last))], one) for one in times_in(analysis)]


@pytest.mark.parametrize("text", EXACT)
def test_exact_times(analyzer: Analyzer, text: str) -> None:
    [(found, one)] = read(analyzer, text)
    assert (found, one.bound) == (EXACT[text], Bound.EXACT)


@pytest.mark.parametrize("text", NONE)
def test_no_times(analyzer: Analyzer, text: str) -> None:
    assert not read(analyzer, text)


@pytest.mark.parametrize(("text", "bound"), [*((t, Bound.VAGUE) for t in VAGUE), *((t, Bound.PAST) for t in PAST)])
def test_vague_and_past(analyzer: Analyzer, text: str, bound: Bound) -> None:
    assert [one.bound for _, one in read(analyzer, text)] == [bound]


def test_a_greeting_before_a_time(analyzer: Analyzer) -> None:
    assert [found for found, _ in read(analyzer, "صبح شما بخیر، فردا صبح زنگ می‌زنم")] == ["فردا صبح"]


def test_days_and_hours(analyzer: Analyzer) -> None:
    found = {shown: (one.names_day, one.clock) for shown, one in read(analyzer, "دو ساعت. فردا. ساعت ۵. جمعه ساعت ۵.")}
    assert found == {
        "دو ساعت": (False, False), "فردا": (True, False), "ساعت ۵": (False, True), "جمعه ساعت ۵": (True, True),
    }  # fmt: skip


@pytest.mark.parametrize("unit", ["دو و ", "۲ تا ", "۱۲ ", "شنبه، ", "این ", "آخر ", "صبح "])
def test_long_rows_take_linear_time(analyzer: Analyzer, unit: str) -> None:
    def cost(times: int) -> float:
        analysis = analyzer(unit * times)
        start = time.process_time()
        times_in(analysis)
        return time.process_time() - start

    cost(1_000)
    assert cost(20_000) <= 12 * max(cost(5_000), 0.01)
