"""respect/bare-imperative: commands that nothing softens.

Persian requests are mostly direct (YB), so one bare «بفرستید» is normal; a row of them, or one to somebody who is
angry, reads as an order. Homographs are decided by the clause: «اگر بفرستید» is no command (catalogue 7, trap 15).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hamdel.checks.case import Case, Hit
from hamdel.checks.mixing import IMPERATIVE
from hamdel.checks.pluralising import polite_forms
from hamdel.checks.reported import is_reported
from hamdel.language.fold import key
from hamdel.language.lexicon import Reading
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word
from hamdel.model import Change, Edit, Severity
from hamdel.phrasebank import CheckDef

__all__ = ["BareImperative"]

_SUBORDINATORS = frozenset(
    "اگر اگه که تا چون باید نباید شاید کاش چنانچه وقتی هروقت هرگاه هرگونه هر چه هرچه لازمه لازم بهتره".split()
)
_MODALS = frozenset("توانستن خواستن".split())
_GREETINGS = frozenset("سلام درود بخیر عزیز گرامی ادب احترام".split())
_PAST = frozenset("گردید نگردید".split())  # «رد گردید» is hardly ever anything but a passive
_MANY = 3
_LIST = 300  # tokens before a step in which the words that lead in its list are looked for
_AFTER = 5  # tokens after a command in which «لطفاً» or «ممنون» still belongs to it


def _subordinates(word: Word) -> bool:
    return word.norm in _SUBORDINATORS or word.lemma in _MODALS


def _modal(word: Word) -> bool:
    return word.lemma in _MODALS


def _asks(word: Word) -> bool:
    return word.asks


def _leads_to(word: Word) -> bool:
    return word.norm == "تا"


class BareImperative:
    """Counts commands without a softener.

    Args:
        check: the definition; its options list softeners and verbs that are polite by themselves.
        lookup: the lexicon's readings of a matching key.
    """

    def __init__(self, check: CheckDef, lookup: Callable[[str], tuple[Reading, ...]]) -> None:
        self._lookup = lookup
        self._softeners = frozenset(map(key, check.words("softeners")))
        self._polite = frozenset(map(key, check.words("polite_verbs")))
        self._harmless = frozenset(map(key, check.words("harmless")))

    def __call__(self, case: Case) -> Iterator[Hit]:
        words = zip(case.said, case.said_words, strict=True)
        bare = [i for i, word in words if word.person == 2 and word.finite and self._is_bare(case, i)]
        upset = case.context.upset
        if len(bare) >= _MANY and not self._softened_anywhere(case):
            severity: Severity | None = Severity.WARNING
        elif len(bare) > 1 or (bare and (upset or self._is_whole(case, bare[0]) or self._is_curt(case))):
            severity = Severity.SUGGESTION
        else:
            return
        softened = self._softened(case, bare[0])
        for i in bare:
            first = self._first(case, i)
            slots = (("replacement", self._replacement(case, first, i)),)
            yield Hit(first, i + 1, "command", severity, slots=slots, edits=(softened,))

    def _replacement(self, case: Case, first: int, i: int) -> str:
        """Return a command to somebody called «تو» as one for «شما»; empty when it is one or nobody can tell."""
        draft = case.draft
        polite = polite_forms(case, [(i, IMPERATIVE)], self._lookup)[i] if draft.words[i].familiar else None
        return draft.text[draft.starts[first] : draft.starts[i]] + polite if polite else ""

    @staticmethod
    def _softened(case: Case, i: int) -> Edit:
        """«لطفاً» before the first command's clause; one serves them all."""
        draft = case.draft
        first = draft.clause(i)[0]
        while first < i and (draft.words[first].kind is not Kind.WORD or draft.words[first].pos == "CCONJ"):
            first += 1
        return Edit((Change(draft.starts[first], draft.starts[first], "لطفاً "),))

    @staticmethod
    def _first(case: Case, i: int) -> int:
        """Return where the compound verb starts: «پر کنید», «تماس بگیرید»."""
        before = case.draft.previous_word(i)
        word = case.draft.words[before] if before is not None else None
        noun = word is not None and word.pos in ("NOUN", "ADJ") and word.norm not in ("را", "رو")
        return before if before is not None and noun and before > case.draft.clause(i)[0] else i

    def _is_bare(self, case: Case, i: int) -> bool:
        word = case.draft.words[i]
        plural = word.reading("Mood=Sub", "Number=Plur", "Person=2") is not None and "Tense=Past" not in word.feats
        if not plural and not (word.familiar and "Mood=Imp" in word.feats):
            return False
        if word.lemma in self._polite or word.lemma in _MODALS or word.norm in _PAST:
            return False
        if is_reported(case.draft, i) or self._is_subordinate(case, i):
            return False
        return not (self._is_soft(case, i) or self._is_harmless(case, i))

    def _is_harmless(self, case: Case, i: int) -> bool:
        """«نگران نباشید», «توجه کنید», «موفق باشید»: wishes, comfort and safety notes."""
        words = case.draft.words[max(0, i - 2) : i]
        return any(word.lemma in self._harmless or word.norm in self._harmless for word in words)

    @staticmethod
    def _is_subordinate(case: Case, i: int) -> bool:
        return case.draft.among(_subordinates, case.draft.sentence(i)[0], i)

    def _is_soft(self, case: Case, i: int) -> bool:
        """A softener, a question, a benefit («تا …») or a permission stands in the sentence, or leads in its list."""
        begin, end = case.draft.sentence(i)
        draft = case.draft
        if draft.among(self._is_softener, begin, min(end, i + _AFTER)) or draft.among(_asks, i, end):
            return True
        if draft.among(_leads_to, i + 1, end) or draft.among(_modal, begin, end):
            return True
        return self._led_in(case, begin)

    def _led_in(self, case: Case, begin: int) -> bool:
        """«لطفاً این سه مرحله را انجام دهید: ۱) … ۲) …»: one softener serves the whole list."""
        words = case.draft.words
        first = next((j for j in range(begin, len(words)) if words[j].kind is not Kind.SPACE), begin)
        if words[first].kind is not Kind.NUMBER:
            return False
        return case.draft.among(self._is_softener, begin - _LIST, begin)

    def _is_softener(self, word: Word) -> bool:
        return word.norm in self._softeners

    def _softened_anywhere(self, case: Case) -> bool:
        return not self._softeners.isdisjoint(case.said_norms)

    def _is_curt(self, case: Case) -> bool:
        """Nothing in the whole reply is kind: no greeting, no softener, no question."""
        courteous = not _GREETINGS.isdisjoint(case.said_norms)
        return not (courteous or case.asks or self._softened_anywhere(case))

    @staticmethod
    def _is_whole(case: Case, i: int) -> bool:
        """The command is all that the reply says, a greeting aside."""
        heavy = [s for s in case.draft.sentences if sum(w.kind is Kind.WORD for w in case.draft.words[s[0] : s[1]]) > 2]
        words = sum(word.kind is Kind.WORD for word in case.said_words)
        return len(heavy) <= 1 and words <= 8 and case.draft.sentence(i) in heavy
