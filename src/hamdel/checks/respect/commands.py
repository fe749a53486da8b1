"""Which verbs command the customer: «عکس را بفرستید», not «خسته نباشید», «حق دارید ناراحت باشید» or «بسته نرسید».

The second person plural has one form for what is, what may be and what shall be («کنید»), so its clause decides: after
«اگر», «که», «تا», «باید» it commands nothing, and wishes, what is granted and reported words look the same.
"""

from __future__ import annotations

from hamdel.checks.respect.address.mixing import OBJECT_MARKS
from hamdel.evidence.acts.lists import is_item
from hamdel.evidence.acts.reported import is_reported
from hamdel.evidence.case import Case
from hamdel.evidence.predicates.position import LEADS
from hamdel.language.analysis import Analysis
from hamdel.language.fold import key
from hamdel.language.sets import word_set
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word
from hamdel.phrasebank import CheckDef

__all__ = ["Commands", "whole_command"]

_EXPLAINING = word_set("grammar.clause.explaining")
_MODALS = word_set("grammar.verb.modal")
_STOPS = frozenset(".!؟?…؛;:()«»")
_ITSELF = word_set("grammar.verb.being")  # «کلافه باشید», «روز خوبی داشته باشید»: a state
_LEAVE = "گذاشتن"  # «بذارید ببینم»: let me
_LIST = 300  # tokens before a step in which the words that lead in its list are looked for
_AFTER = 5  # tokens after a command in which «لطفاً» or «ممنون» still belongs to it
_ADDRESS = 5  # words that «سلام خانم رضایی،» has fewer of
_LONGEST = 14  # words of a request that still reads well with a polite word before it


class Commands:
    """Tells commands without a softener from the other uses of their forms.

    Args:
        check: respect/bare-imperative; its options list the words that decide.
    """

    def __init__(self, check: CheckDef) -> None:
        def option(name: str) -> frozenset[str]:
            return frozenset(map(key, check.words(name)))

        self.softeners = option("softeners")
        self._polite = option("polite_verbs")
        self._harmless = option("harmless")
        self._duties = option("duties")
        self._subordinators = option("subordinators")
        self._wishes = option("wishes")
        self._passives = option("passives")

    def is_bare(self, case: Case, i: int) -> bool:
        """Tell whether token ``i`` of the draft is a command that nothing softens."""
        word = case.draft.words[i]
        if word.person != 2 or not word.finite or not _is_command_form(word):
            return False
        if word.lemma in self._polite or word.lemma in _MODALS or word.norm in self._passives:
            return False
        if is_reported(case.draft, i) or self._is_wish(case, i) or _lets_us(case.draft, i):
            return False
        return not (self._is_soft(case, i) or self._is_harmless(case, i))

    def _is_wish(self, case: Case, i: int) -> bool:
        """«خسته نباشید», «حق دارید کلافه باشید», «امیدواریم راضی باشید»; «پیگیر باشید» is a duty."""
        draft = case.draft
        begin, end = draft.sentence(i)
        if any(word.norm in self._subordinators or word.lemma in _MODALS for word in draft.words[begin:i]):
            return True
        if any(word.norm in self._wishes or word.lemma in self._wishes for word in draft.words[begin:end]):
            return True
        if draft.words[i].lemma not in _ITSELF:
            return False
        near = [w for w in draft.words[max(begin, i - 5) : i] if w.kind is Kind.WORD][-2:]
        return not any(word.norm in self._duties for word in near)

    def _is_harmless(self, case: Case, i: int) -> bool:
        """«نگران نشید», «توجه کنید»: comfort and safety notes."""
        words = case.draft.words[max(0, i - 2) : i]
        return any(word.lemma in self._harmless or word.norm in self._harmless for word in words)

    def _is_soft(self, case: Case, i: int) -> bool:
        """A softener, a question, a benefit or a permission stands in the sentence, or leads in its list."""
        begin, end = case.draft.sentence(i)
        words = case.draft.words
        if any(w.norm in self.softeners for w in words[begin : min(end, i + _AFTER)]):
            return True
        if any(w.asks or w.lemma in _MODALS or _is_benefit(w) for w in words[i + 1 : end]):
            return True
        return is_item(case.draft, begin, end) and self._led_in(case, begin)

    def _led_in(self, case: Case, begin: int) -> bool:
        """«لطفاً این سه مرحله را انجام دهید: ۱) … ۲) …», and steps that a number tells: they guide."""
        words = case.draft.words
        first = next((j for j in range(begin, len(words)) if words[j].kind is not Kind.SPACE), begin)
        if words[first].kind is Kind.NUMBER:
            return True
        return any(word.norm in self.softeners for word in words[max(0, begin - _LIST) : begin])


def _is_command_form(word: Word) -> bool:
    """«بفرستید», «بفرست»; not «نرسید», which is a past as well: only its story tells, and nobody is sure of that."""
    if word.familiar and "Mood=Imp" in word.feats:
        return True
    plural = word.reading("Mood=Sub", "Number=Plur", "Person=2")
    if plural is None or "Tense=Past" in word.feats:
        return False
    past = word.reading("Tense=Past", "Number=Sing", "Person=3")
    return past is None or past.lemma != plural.lemma


def _is_benefit(word: Word) -> bool:
    """«… تا زودتر راهنماییتون کنم», «… که سردتون نشه», «… شارژ می‌کنم»: what the command is good for."""
    return word.norm in _EXPLAINING or (word.finite and word.person == 1 and not word.negative)


def _lets_us(draft: Analysis, i: int) -> bool:
    """«بذارید همین الان حلش کنیم»."""
    if draft.words[i].lemma != _LEAVE:
        return False
    following = draft.words[i + 1 : draft.sentence(i)[1]]
    return any(word.person == 1 and "Mood=Sub" in word.feats for word in following)


def whole_command(draft: Analysis, i: int) -> int | None:
    """Return where the predicate of a command starts; None when it isn't sure to be whole.

    It is whole when it opens its sentence, or follows a finished predicate or a mark that ends one; when it holds more
    than the verb; and when nothing that belongs to it follows («روشنش کنید روی حالت ۲»).

    Args:
        draft: the draft, read.
        i: token of the command's verb.
    """
    first = _opened(draft, i) if _is_closed(draft, i) else None
    if first is None:
        return None
    joined = False
    while first < i and _is_joint(draft.words[first]):
        joined = joined or draft.words[first].kind is Kind.WORD
        first += 1
    words = draft.words[first:i]
    bare = not words or (joined and len(words) == 1)  # «… و ذخیره کنید» shares the object of the verb before
    if bare or _shares_object(draft, first, i) or len(words) > _LONGEST or any(word.pos == "SCONJ" for word in words):
        return None
    return first


def _shares_object(draft: Analysis, first: int, i: int) -> bool:
    """«از آن عکس نگیرید، در ایمیل نگذارید»: after another predicate, without an object of its own."""
    before = draft.words[draft.sentence(i)[0] : first]
    follows = any(word.predicate for word in before)
    return follows and not any(word.norm in OBJECT_MARKS for word in draft.words[first:i])


def _is_closed(draft: Analysis, i: int) -> bool:
    """Tell whether nothing follows the verb that may belong to it."""
    after = draft.next_word(i)
    return after is None or draft.words[after].kind in (Kind.PUNCT, Kind.EMOJI) or draft.words[after].pos == "CCONJ"


def _is_joint(word: Word) -> bool:
    """Tell whether a word may stand before a sentence without being part of it: marks, «و», «پس»."""
    return word.kind in (Kind.SPACE, Kind.PUNCT, Kind.EMOJI) or word.pos == "CCONJ"


def _opened(draft: Analysis, i: int) -> int | None:
    """Return the token after what stands before a predicate; None where a comma may be part of it."""
    begin = draft.sentence(i)[0]
    for j in range(i - 1, begin - 1, -1):
        word = draft.words[j]
        if _ends_predicate(draft, j) and not (word.lemma == "داشتن" and draft.words[i].lemma == "بودن"):
            return j + 1
        if word.kind is Kind.PUNCT and word.norm[:1] in _STOPS:
            return None if word.norm[:1] in "«»()" else j + 1
        if word.kind is Kind.PUNCT:
            return j + 1 if _is_set_apart(draft, begin, j) else None
    return begin


def _ends_predicate(draft: Analysis, j: int) -> bool:
    """Tell a predicate from what is written like one: «بسته را», «پروندت رو»; «بسته شما» may be either."""
    word, after = draft.words[j], draft.next_word(j)
    if not word.predicate or (after is not None and draft.words[after].norm in OBJECT_MARKS):
        return False
    noun = not word.finite and any(reading.pos == "NOUN" for reading in word.readings)
    return not noun or (after is not None and draft.words[after].pos in ("PUNCT", "CCONJ", "SCONJ"))


def _is_set_apart(draft: Analysis, begin: int, comma: int) -> bool:
    """Tell whether what stands before a comma is finished: a statement, or a word or two of address («سلام، …»)."""
    words = [word for word in draft.words[begin:comma] if word.kind is not Kind.SPACE]
    return bool(words) and (words[-1].predicate or (len(words) < _ADDRESS and words[0].norm in LEADS))
