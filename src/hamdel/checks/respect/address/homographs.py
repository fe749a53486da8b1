"""Words that are spelled like a form of «تو» and are another word in their place: «شلوار کردی», «تو htaccess».

What stands around a word decides, never the word alone; which words are doubtful is data
(``phrasebanks/lexicon/homographs.toml``): «خرید» is a past and a noun, the «ی» of «کاری» and «مشتری خوبی» is that of
"a", and «نا» of «ناراحت» negates nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

from hamdel.checks.respect.address.mixing import OBJECT_MARKS
from hamdel.language.analysis import Analysis
from hamdel.language.fold import key
from hamdel.language.sets import table, word_set
from hamdel.language.times import is_unit
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word
from hamdel.masking.courtesy import DEAR, TITLES

__all__ = ["is_another_word"]

_IN_LATIN = (Kind.LATIN, Kind.URL, Kind.EMAIL, Kind.CODE, Kind.SLOT)
_YOU = word_set("familiar.form.subjects")
_TO = word_set("grammar.particle.before_you")
_JOINERS = "\u200c\u200d\u200b "


@cache
def _sets() -> Mapping[str, Any]:
    """The tables with their words as matching keys."""
    return {name: _keys(value) for name, value in table("homographs").items()}


def _keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {key(name): _keys(words) for name, words in value.items()}
    return frozenset(map(key, value))


def is_another_word(draft: Analysis, i: int) -> bool:
    """Tell whether token ``i``, spelled like «تو» or a form of it, is another word.

    Args:
        draft: the text, read.
        i: a token whose key is that of a pronoun, a possessed noun or a verb in the familiar singular.
    """
    word = draft.words[i]
    rule = _RULES.get(word.norm)
    if rule is not None and rule(draft, i):
        return True
    return word.familiar and (_is_name(draft, i) or _is_compound(draft, i) or _is_participle(draft, i))


def _around(draft: Analysis, i: int) -> tuple[str, str]:
    """The keys of the words before and after; empty at the sentence's ends."""
    before, after = draft.previous_word(i), draft.next_word(i)
    words = draft.words
    return "" if before is None else words[before].norm, "" if after is None else words[after].norm


def _is_inside(draft: Analysis, i: int) -> bool:
    """«تو htaccess», «تو ۲۴ ساعت», «تو «تنظیمات»», «این تو»; never «به تو», «تو ۲ بار گفتی»."""
    before, after = _around(draft, i)
    if before in _TO or not after:
        return False
    following = int(draft.next_word(i) or i)
    kind = draft.words[following].kind
    spoken_to = any(word.familiar for word in draft.words[i : draft.clause(i)[1]])
    if kind is Kind.NUMBER:
        return not spoken_to or is_unit(_around(draft, following)[1])
    return kind in _IN_LATIN or after in _sets()["opening"] or (before in _sets()["here"] and not spoken_to)


def _is_bill(draft: Analysis, i: int) -> bool:
    """«برات ارزی», «سفته و برات», «برات شما»."""
    before, after = _around(draft, i)
    if before == "و" and i > 1:
        before = draft.words[i - 2].norm
    return before in _sets()["bill_before"] or after in _sets()["bill_after"]


def _is_kurdish(draft: Analysis, i: int) -> bool:
    """«شلوار کردی», «منوی کردی و ترکی»; never «شلوار را سفارش کردی»."""
    before, after = _around(draft, i)
    if _has_object(draft, i) or after in ("؟", "?"):
        return False
    named = before in _sets()["kurdish_after"] or before in TITLES
    return named or (after == "است" and before not in OBJECT_MARKS)


def _is_glued_noun(draft: Analysis, i: int) -> bool:
    """«در میدانی», «بازدید میدانی», «رنگ میشی»; «می‌دانی» with a joiner is the verb."""
    if any(joiner in draft.raw(i) for joiner in _JOINERS):
        return False
    word = draft.words[i].norm
    before, after = _around(draft, i)
    previous = draft.previous_word(i)
    attributive = before in _sets()["imperfective"][word]
    placed = previous is not None and (draft.words[previous].pos == "ADP" and before not in OBJECT_MARKS)
    if attributive or placed:
        return True
    return word == key("میدانی") and _is_square(draft, i, after)


def _is_square(draft: Analysis, i: int, after: str) -> bool:
    """«میدانی مثل آزادی», «میدانی که بسته در آن است»; never «میدانی که …؟», «خودت میدانی», «میدانی مشکل چیست»."""
    begin, end = draft.sentence(i)
    rest = draft.words[i + 1 : end]
    asked = any(word.asks or word.norm in _sets()["knowing"]["asked"] for word in rest)
    if asked or any(word.norm in _YOU for word in draft.words[begin:i]):
        return False
    if after == "که":
        return _refers_back(rest)
    return bool(rest) and rest[0].kind is Kind.WORD


def _refers_back(rest: list[Word]) -> bool:
    """The clause of «که» refers back to its noun, or a second verb follows on it: «… که در آن است», «… رسید»."""
    return any(word.norm in _sets()["knowing"]["back"] for word in rest) or _two_verbs(rest)


def _two_verbs(words: list[Word]) -> bool:
    """A relative clause has ended: its verb stands right before another one («… که فرستادید رسید»)."""
    said = [word for word in words if word.kind is not Kind.SPACE]
    return any(a.finite and b.reading("VerbForm=Fin") for a, b in pairwise(said))


def _is_name(draft: Analysis, i: int) -> bool:
    """«هستی جان», «با هستی تماس گرفتیم», «مهندس کردی», «آقای کریمی نیا»."""
    names = _sets()["names"]
    word, (before, after) = draft.words[i].norm, _around(draft, i)
    if before in TITLES:
        return True
    if word in names["ends"] and i > 1:
        return draft.words[i - 2].norm in TITLES
    if word not in names["given"]:
        return False
    previous = draft.previous_word(i)
    addressed = previous is not None and draft.words[previous].pos == "ADP" and before not in OBJECT_MARKS
    return after in DEAR or after in TITLES or addressed or before in names["world"]


def _is_compound(draft: Analysis, i: int) -> bool:
    """«پیش آمدی», «رفت و آمدی», «بساز بفروش», «پاک کن موجود است»; «شیء» is spelled with a hamza."""
    sets, word = _sets(), draft.words[i].norm
    before, after = _around(draft, i)
    if after == "و" and i + 2 < len(draft.words):
        after = draft.words[i + 2].norm
    if before in sets["compounds"].get(word, ()) or after in sets["opens"].get(word, ()) or "ء" in draft.raw(i):
        return True
    if before == "و" and i > 1:
        return _is_pair(draft, i) or draft.words[i - 2].norm in sets["compounds"].get(word, ())
    tools = sets["tools"].get(before) if word == "کن" else None
    if tools is None or _has_object(draft, i):
        return False
    owner = draft.words[i - 2].norm if i > 1 else ""
    return owner in tools if tools else _is_told_of(draft, i)


def _is_pair(draft: Analysis, i: int) -> bool:
    """«رفت و آمدی نبود», «زد و خوردی شد»: two pasts in a row are one noun, of which something is said."""
    first = draft.words[i - 2]
    past = first.reading("Tense=Past", "Person=3", "Number=Sing")
    after = draft.next_word(i)
    return past is not None and after is not None and draft.words[after].finite and draft.words[after].person != 2


def _is_participle(draft: Analysis, i: int) -> bool:
    """«نوشته‌ای که فرستادید رسید»: a noun with «ـی», of which a clause tells."""
    rest = draft.words[i + 1 : draft.sentence(i)[1]]
    return draft.words[i].norm.endswith("های") and _around(draft, i)[1] == "که" and _two_verbs(rest)


def _has_object(draft: Analysis, i: int) -> bool:
    """Something is done to something: «را» stands before the form in its clause."""
    return any(word.norm in OBJECT_MARKS for word in draft.words[draft.clause(i)[0] : i])


def _is_told_of(draft: Analysis, i: int) -> bool:
    """A verb that isn't about the customer closes the clause of the form."""
    rest = draft.words[i + 1 : draft.clause(i)[1]]
    return any(word.finite and word.person in (1, 3) for word in rest)


_RULES: Mapping[str, Callable[[Analysis, int], bool]] = {
    **dict.fromkeys(word_set("familiar.form.pronoun"), _is_inside),
    **dict.fromkeys(word_set("familiar.form.bill"), _is_bill),
    **dict.fromkeys(word_set("familiar.form.kurdish"), _is_kurdish),
    **dict.fromkeys(word_set("familiar.form.glued_nouns"), _is_glued_noun),
}
