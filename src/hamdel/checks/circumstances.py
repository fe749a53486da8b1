"""Predicates about the whole case: who reads the draft, what they feel, what else the draft says."""

from __future__ import annotations

from hamdel.checks.case import Case
from hamdel.checks.nearby import around, keys, norms
from hamdel.language.tokenizer import Kind
from hamdel.model import Audience

__all__ = [
    "apologises",
    "bare_answer",
    "blamed_us",
    "business_or_refusal",
    "cause_named",
    "only_statement",
    "owned",
    "protective",
    "sole_empathy",
    "stacked",
    "survey",
    "that_clause",
]

_CANNED, _TAAROF, _REFUSALS = "empathy/canned-empathy", "respect/over-taarof", "clarity/refusal-no-alternative"
_SURVEY = keys("نظرسنجی امتیاز فرم پرسشنامه ستاره بازخورد")
_IFIDS = keys(
    "پوزش عذرخواهی عذر معذرت معذرتخواهی ببخشید ببخشین متاسفم متاسفیم متاسف شرمنده شرمندهایم شرمندهام شرمندم "
    "عذرخواهم عذرخواهیم"
)
_US = keys("ما من ماست منه بنده خودمان خودمون خودم همکارم همکارانم همکارمون همکارمان تیممون تیممان")
_OF_US = keys("از سمت طرف جانب سوی اشتباه خطای کوتاهی قصور تقصیر مسئولیت مقصر بیدقتی")
_OWNING = keys("کوتاهی کوتاهیمون قصور قصورمان مسئولیت مسئولیتش سهلانگاری")
_THIRD = keys(
    "بانک بانکی درگاه شاپرک شتاب پست پستی اپراتور مخابرات زیرساخت باربری گمرک کشتیرانی هواپیمایی ایرلاین تولیدکننده "
    "سازنده فروشنده علت علتش دلیل دلیلش ریشه"
)
_OPENING = keys(
    "سلام درود وقت وقتتون وقتتان روز روزتون شب عصر صبح ظهر بخیر به خیر با احترام و عزیز گرامی جان دوست همراه خانم آقای "
    "ممنون متاسفانه متاسفم ببخشید نه خیر"
)
_IMPOSSIBLE = keys("ممکن میسر مقدور امکانپذیر امکان شدنی")
_STACK = 3


def sole_empathy(case: Case, first: int, last: int) -> bool:
    """The customer says anger, worry or disappointment, and only set phrases answer it, or has to say so again."""
    if not case.context.upset:
        return False
    if case.conversation.turn is not None and case.conversation.turn > 1:
        return True
    canned = case.hits.get(_CANNED, ())
    shown = case.hits.get("empathy/no-feeling-ack", ())
    return all(any(c.first < hit.last and hit.first < c.last for c in canned) for hit in shown)


def that_clause(case: Case, first: int, last: int) -> bool:
    """«که» or «چون» follows: the phrase goes on to name what happened."""
    after = case.draft.next_word(last - 1)
    return after is not None and case.draft.words[after].norm in ("که", "چون", "وقتی")


def survey(case: Case, first: int, last: int) -> bool:
    """The sentence or a neighbour asks for an opinion: «نظرسنجی»، «امتیاز»."""
    begin, end = around(case, first, last)
    return not _SURVEY.isdisjoint(norms(case.draft.words[begin:end]))


def apologises(case: Case, first: int, last: int) -> bool:
    """An apology stands in the sentence or a neighbour; «متأسفانه» is none."""
    begin, end = around(case, first, last)
    return not _IFIDS.isdisjoint(norms(case.draft.words[begin:end]))


def owned(case: Case, first: int, last: int) -> bool:
    """The sentence says «ما» or «من», or a neighbour takes the fault on («اشتباه از ما بود»، «کوتاهی کردیم»)."""
    words = case.draft.words
    sentence = case.draft.sentence(first)
    if not _US.isdisjoint(norms(words[sentence[0] : sentence[1]])):
        return True
    begin, end = around(case, first, last)
    if not _OWNING.isdisjoint(norms(words[begin:end])):
        return True
    if any(words[i].norm in _US and words[i - 1].norm in _OF_US for i in range(begin + 1, end)):
        return True
    wrongs = [i for i in range(begin, end) if words[i].lemma == "اشتباه" and not first <= i < last]
    return any(w.person == 1 and "Tense=Past" in w.feats for i in wrongs for w in words[i : i + 4])


def cause_named(case: Case, first: int, last: int) -> bool:
    """The sentence or a neighbour names somebody else's part, or says that the cause is looked for."""
    begin, end = around(case, first, last)
    return not _THIRD.isdisjoint(norms(case.draft.words[begin:end]))


def blamed_us(case: Case, first: int, last: int) -> bool:
    """The customer says that the fault is ours: «اشتباهی فرستادید»."""
    return case.context.blames_us


def protective(case: Case, first: int, last: int) -> bool:
    """What is refused protects somebody: «محرمانه»، «امنیت» (credit phrases of clarity/refusal-no-alternative)."""
    return case.has_credit(_REFUSALS, "credit-protection")


def bare_answer(case: Case, first: int, last: int) -> bool:
    """The sentence says nothing else; a greeting and «متأسفانه» may stand before the match."""
    begin, end = case.draft.sentence(first)
    around = case.draft.words[begin:first], case.draft.words[last:end]
    return all(w.kind is not Kind.WORD or w.norm in _OPENING for w in around[0]) and not any(
        w.kind in (Kind.WORD, Kind.NUMBER) for w in around[1]
    )


def only_statement(case: Case, first: int, last: int) -> bool:
    """Nothing else in the draft says or asks anything; a greeting and thanks may stand."""
    words = case.draft.words
    rest = [words[i] for i in case.said if not first <= i < last]
    return not any(w.predicate or w.asks or w.kind is Kind.NUMBER for w in rest)


def _refuses(case: Case) -> bool:
    if any(not hit.group.kind.startswith("credit") for hit in case.hits.get(_REFUSALS, ())):
        return True
    words = case.said_words
    if any(w.lemma == "شدن" and w.negative and "Tense=Pres" in w.feats for w in words):
        return True
    return any(w.lemma in _IMPOSSIBLE for w in words) and any(w.negative and w.predicate for w in words)


def business_or_refusal(case: Case, first: int, last: int) -> bool:
    """The reader is a business, or the draft refuses something."""
    return case.conversation.audience is Audience.BUSINESS or _refuses(case)


def stacked(case: Case, first: int, last: int) -> bool:
    """The third formula of taʾarof in the draft, or a later one."""
    formulae: list[tuple[int, int]] = []
    for hit in case.hits.get(_TAAROF, ()):
        if not formulae or hit.first >= formulae[-1][1]:
            formulae.append((hit.first, hit.last))
    return any(begin <= first < end for begin, end in formulae[_STACK - 1 :])
