"""What each module recognises today: recogniser × phrase. A list that moves or is merged changes a cell of this table.

The verdicts are pinned, not praised: where two recognisers of one thing disagree, the row says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from hamdel import Checker
from hamdel.doors.lsp.offers import _GREETING
from hamdel.evidence.acts.steps import asks
from hamdel.evidence.case import Case
from hamdel.evidence.customer import Context
from hamdel.evidence.customer.problem import without_greeting
from hamdel.evidence.predicates import position
from hamdel.evidence.predicates.registry import GUARDS
from hamdel.improve.clause_cutting import is_cut, is_greeting
from hamdel.language.fold import key
from hamdel.language.times import asks_when, is_unit, times_in
from hamdel.masking.courtesy import body, greeting_end
from hamdel.masking.mask import mask
from hamdel.model import Channel, Conversation, Register


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(suggestions=False, learned=False)


def _case(checker: Checker, draft: str, customer: str = "", channel: Channel = Channel.CHAT) -> Case:
    return checker.examine(Conversation(draft, customer=customer, channel=channel, turn=1))[1]


def _fires(checker: Checker, check: str, draft: str, channel: Channel) -> bool:
    talk = Conversation(draft, customer="بسته‌ام نرسیده", channel=channel, turn=1)
    return any(finding.check == check for finding in checker.examine(talk)[0].findings)


_MORE = "سفارش شما از انبار بیرون رفته و در مسیر شهر دیگری است"


def _guard(name: str) -> Callable[[Checker, str], bool]:
    def holds(checker: Checker, phrase: str) -> bool:
        """The guard holds for the last word of «phrase واژه»."""
        case = _case(checker, f"{phrase} کتاب")
        last = len(case.draft.words)
        return bool(GUARDS[name](case, last - 1, last))

    return holds


def _whole(checker: Checker, phrase: str) -> bool:
    case = _case(checker, phrase)
    return is_greeting(case.draft, (0, len(case.draft.words)))


def _bound(checker: Checker, phrase: str) -> bool:
    """«phrase» joins a clause to the one before."""
    draft = _case(checker, f"بسته رسید، {phrase} برگه نبود").draft
    return is_cut(draft, (0, len(draft.words)), [0])


def _vocative(checker: Checker, phrase: str) -> bool:
    case = _case(checker, f"{phrase} رفیق")
    last = len(case.draft.words)
    return position.vocative(case, last - 1, last)


def _context(checker: Checker, phrase: str) -> Context:
    return _case(checker, "چشم.", customer=phrase).context


#: Letter: what it says of a phrase.
RECOGNISERS: Mapping[str, Callable[[Checker, str], bool]] = {
    # greetings
    "G": lambda c, p: not _fires(c, "respect/missing-greeting", f"{p}، {_MORE}.", Channel.EMAIL),
    "A": lambda c, p: greeting_end(key(f"{p}، {_MORE}")) > 0,
    "Q": lambda c, p: without_greeting(f"{p} {_MORE}") != f"{p} {_MORE}",
    "O": lambda c, p: bool(_GREETING.match(p)),
    "R": _whole,
    "V": _vocative,
    # closings, warmth
    "C": lambda c, p: not _fires(c, "respect/missing-closing", f"{_MORE}، این نشد. {p}", Channel.EMAIL),
    "B": lambda c, p: body(folded := key(f"{_MORE}. {p}"))[1] < len(folded),
    # apologies, people
    "s": _guard("apologises"),
    "f": _guard("first_person"),
    "o": _guard("owned"),
    # clauses
    "h": _guard("hypothetical"),
    "e": _guard("hedged"),
    "r": _guard("reason_given"),
    "n": _guard("negated"),
    "j": _bound,
    # times
    "t": lambda c, p: bool(times_in(_case(c, p).draft)),
    "u": lambda c, p: is_unit(key(p)),
    "w": lambda c, p: asks_when(key(p)),
    "m": lambda c, p: mask(f"سفارش پیگیری {p} میز") == mask("سفارش پیگیری ۵ میز"),
    # questions, of the draft and of the customer's message
    "a": lambda c, p: asks(_case(c, f"{p} کتاب")),
    "q": lambda c, p: bool(_context(c, f"{p} کتاب").questions),
    # the customer's message
    "b": lambda c, p: bool(_context(c, f"کالا {p}").problem),
    "N": lambda c, p: bool(_context(c, f"{p} هستم").details.names),
    # register
    "F": lambda c, p: _case(c, p).register is Register.FORMAL,
    "L": lambda c, p: _case(c, p).register is Register.COLLOQUIAL,
}

#: The letters of all that recognise a phrase.
MATRIX: Mapping[str, str] = {
    # greetings
    "سلام": "GAQORV",
    "درود": "GAQORV",
    "با سلام": "GAQORVF",
    "سلام علیکم": "GAQOR",
    "سلام و احترام": "GAQORVF",
    "با سلام و عرض ادب": "GAQORVF",
    "سلام وقت بخیر": "GAQORV",
    "وقت بخیر": "GAQORV",
    "وقتتون بخیر": "GAQORVL",
    "وقت شما بخیر": "GAQORV",
    "صبح بخیر": "GAQRV",
    "ظهر بخیر": "GAQRV",
    "عصرتون بخیر": "GAQRVL",
    "شب بخیر": "GAQRV",
    "روز خوش": "GAQRVB",
    "روزتان به خیر": "GARV",
    "بعدازظهر بخیر": "GARV",
    "ایام به خیر": "GARV",
    "خسته نباشید": "GAQRVnF",
    "خدا قوت": "GQR",
    "خداقوت": "GRVN",
    "عرض ادب": "GRV",
    "خوش آمدید": "GRVF",
    "احتراماً": "GF",
    "ضمن احترام": "GRF",
    "سلامت باشید": "OVBF",
    "سلام دوستان": "GAQOR",
    "سلام به شما": "GAQOR",
    "سلام گرم": "GAQOR",
    # address
    "جناب آقای رضایی": "N",
    "خانم کریمی": "N",
    "سرکار خانم احمدی": "N",
    "دکتر نوری": "N",
    "مهندس رضایی": "N",
    "استاد کریمی": "N",
    "سید رضا": "N",
    "حاج آقا": "N",
    "پروفسور نوری": "N",
    "مینا جان": "AN",
    "مینا جون": "ANL",
    "مینا عزیز": "AN",
    "رضای گرامی": "AF",
    "مشتری محترم": "A",
    "دوست ارجمند": "A",
    "همکار بزرگوار": "A",
    "شما عزیزان": "",
    "مشتری": "",
    "کاربر": "",
    "هم‌وطن": "",
    "من مینا کریمی": "foN",
    "بنده رضایی": "fo",
    "خانم کریمی هستم": "VfN",
    "خانوم کریمی": "NL",
    "آقای نوری": "N",
    # closings
    "با احترام": "GRVBF",
    "با تشکر": "VB",
    "با سپاس": "VB",
    "با ارادت": "B",
    "ارادتمند": "B",
    "ارادتمند شما": "B",
    "سپاسگزارم": "VBF",
    "ممنون از صبرتان": "VB",
    "ممنونم": "VB",
    "متشکرم": "VB",
    "مرسی": "VNL",
    "تشکر": "VB",
    "خدانگهدار": "VB",
    "خدا نگهدار": "B",
    "بدرود": "B",
    "موفق باشید": "VBF",
    "شاد باشید": "VBF",
    "پایدار باشید": "VBF",
    "روز خوبی داشته باشید": "VBF",
    "شب خوبی داشته باشید": "VCBF",
    "در خدمتم": "B",
    "در خدمتیم": "B",
    "در خدمت شما هستیم": "VBf",
    "اگر سؤالی بود در خدمتیم": "BjF",
    "هر سؤالی داشتید بپرسید": "VCBF",
    "با آرزوی سلامتی": "CB",
    "خوشحال می‌شویم": "Vf",
    "امیدواریم": "",
    # apologies
    "ببخشید": "QVsF",
    "ببخشین": "QVsL",
    "پوزش می‌خواهیم": "Vsf",
    "عذر می‌خواهم": "QVsf",
    "عذرخواهی می‌کنیم": "Vsf",
    "معذرت می‌خوام": "QVsfL",
    "متأسفم": "s",
    "متأسفیم": "s",
    "متأسفانه": "Q",
    "شرمنده‌ام": "Vs",
    "شرمنده‌ایم": "s",
    "کوتاهی کردیم": "VCfo",
    "قصور از ما بود": "Vfo",
    "اشتباه از ما بود": "Vfob",
    "مسئولیتش با ماست": "o",
    "سهل‌انگاری شد": "Vo",
    # people
    "من": "fo",
    "ما": "fo",
    "بنده": "fo",
    "این‌جانب": "fF",
    "اینجانب": "fF",
    "خودم": "fo",
    "خودمان": "fo",
    "خودمون": "fo",
    "همکارم": "fo",
    "همکاران": "f",
    "همکارمون": "foL",
    "تیممون": "oL",
    "شما": "RV",
    "تو": "",
    "او": "",
    "ایشان": "F",
    # clauses
    "اگر": "hjF",
    "اگه": "hjL",
    "چنانچه": "hjF",
    "درصورتی که": "hj",
    "در صورتی‌که": "",
    "هروقت": "hN",
    "هرگاه": "h",
    "وقتی": "wN",
    "هنگامی که": "j",
    "هر": "",
    "درحالی‌که": "",
    "که": "j",
    "تا": "rj",
    "یا": "",
    "وگرنه": "j",
    "و": "RV",
    "ولی": "jN",
    "اما": "j",
    "لیکن": "j",
    "بلکه": "",
    "پس": "",
    "چون": "rj",
    "زیرا": "rjF",
    "چرا که": "jaq",
    "به دلیل": "rN",
    "به خاطر": "rN",
    "به علت": "rN",
    "بابت": "r",
    "مگر": "j",
    "منتها": "",
    "در عوض": "",
    "تا اینکه": "rj",
    # hedges
    "شاید": "e",
    "احتمالاً": "e",
    "احتمال دارد": "VeF",
    "ممکن است": "VeF",
    "ممکنه": "eq",
    "گویا": "e",
    "ظاهراً": "e",
    "انگار": "e",
    "امکان دارد": "VeF",
    "به نظر": "e",
    "محتملاً": "e",
    "می‌تواند": "VeF",
    "می‌تونه": "VeL",
    "بعید است": "VF",
    # negations
    "نه": "Vn",
    "بدون": "n",
    "هیچ": "n",
    "نیست": "VnbF",
    "نبود": "Vnb",
    "نیستند": "VnbF",
    "نبوده": "Vnb",
    "بی": "N",
    "نمی‌شود": "VnbF",
    "ندارد": "VnbF",
    # modals and light verbs
    "باید": "",
    "نباید": "",
    "بایستی": "N",
    "می‌توان": "V",
    "می‌خواهم": "Vf",
    "می‌توانم": "Vf",
    "توانستن": "",
    "خواستن": "",
    "کردن": "",
    "شدن": "",
    "داشتن": "",
    # times
    "فردا": "tm",
    "امروز": "tm",
    "دیروز": "tm",
    "پس‌فردا": "tm",
    "امشب": "tm",
    "دیشب": "tm",
    "شنبه": "tm",
    "سه‌شنبه": "tm",
    "جمعه": "tm",
    "آدینه": "tm",
    "فروردین": "m",
    "شهریور": "m",
    "مهر": "m",
    "صبح": "Vtm",
    "ظهر": "Vtm",
    "عصر": "Vtm",
    "شب": "Vm",
    "بعدازظهر": "Vtm",
    "بامداد": "tm",
    "دو روز": "t",
    "سه ساعت": "t",
    "چند روز": "taq",
    "دویست روز": "",
    "بیست و سه هزار تومان": "m",
    "هفتهٔ آینده": "t",
    "آخر هفته": "t",
    "ساعت ۱۰": "tm",
    "تا شب": "rjt",
    "عید": "",
    # units
    "روز": "Vuw",
    "روزه": "u",
    "ساعت": "uw",
    "ساعته": "u",
    "دقیقه": "u",
    "ثانیه": "u",
    "هفته": "u",
    "ماه": "u",
    "ماهه": "u",
    "سال": "u",
    "سالانه": "",
    "فصل": "u",
    "تومان": "",
    "تومن": "L",
    "ریال": "",
    "هزار": "",
    "میلیون": "",
    "میلیارد": "",
    "درصد": "",
    "عدد": "",
    "بار": "",
    "نفر": "",
    "گیگ": "",
    "متر": "",
    "زمانی": "wN",
    "وقت": "Vw",
    "تاریخی": "wN",
    "موقعی": "wN",
    # questions
    "چرا": "aq",
    "کجا": "aq",
    "کجاست": "aqL",
    "کی": "qN",
    "چه زمانی": "q",
    "چه وقت": "q",
    "چند": "aq",
    "چندتا": "aqN",
    "چنده": "aq",
    "چقدر": "q",
    "چقدره": "q",
    "چقدر طول می‌کشه": "VqL",
    "چطور": "aq",
    "چطوری": "aqNL",
    "چگونه": "aq",
    "چجوری": "aqN",
    "کدام": "a",
    "کدوم": "aL",
    "چی": "aNL",
    "چیه": "aL",
    "چیست": "a",
    "چیکار": "a",
    "آیا": "aq",
    "میشه بگید": "VqL",
    "ممکنه بگید": "VeqL",
    "می‌تونید بگید": "VqL",
    "امکانش هست": "VqF",
    # problems
    "خراب است": "VbF",
    "شکسته": "Vb",
    "معیوب بود": "Vb",
    "اشتباه بود": "Vb",
    "قطع شد": "Vb",
    "گم شد": "Vb",
    "ارور داد": "Vb",
    "نرسیده": "Vnb",
    "کرش می‌کند": "VbF",
    "حل شد": "V",
    "درست شد": "V",
    "نگرانم": "",
    "خوب است": "V",
    "دیر رسید": "b",
    "تقلبی بود": "Vb",
    # register
    "است": "VF",
    "هست": "VF",
    "می‌باشد": "VF",
    "را": "F",
    "رو": "L",
    "دیگه": "L",
    "یه": "L",
    "واسه": "L",
    "الان": "L",
    "لذا": "F",
    "مستدعی است": "VF",
    "خواهشمند است": "VF",
    "باشه": "VL",
    "اوکی": "NL",
    "داداش": "QL",
}


@pytest.mark.parametrize("phrase", MATRIX)
def test_who_recognises_it(checker: Checker, phrase: str) -> None:
    """The same recognisers as ever say yes."""
    assert "".join(letter for letter, says in RECOGNISERS.items() if says(checker, phrase)) == MATRIX[phrase]
