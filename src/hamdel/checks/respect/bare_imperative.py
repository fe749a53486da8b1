"""respect/bare-imperative: commands that nothing softens.

Persian requests are mostly direct (YB), so one bare «بفرستید» among other sentences is normal; a reply that is little
but commands reads as an order. Steps that the customer asked for are an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hamdel.checks.respect.address.mixing import IMPERATIVE, OBJECT_MARKS
from hamdel.checks.respect.address.pluralising import polite_forms
from hamdel.checks.respect.commands import Commands, whole_command
from hamdel.evidence.case import Case, Hit
from hamdel.evidence.customer import QuestionKind
from hamdel.language.analysis import Analysis
from hamdel.language.fold import key
from hamdel.language.lexicon import Reading
from hamdel.language.tokenizer import Kind
from hamdel.model import Change, Edit, Safety, Severity
from hamdel.model.policy import Role
from hamdel.phrasebank import CheckDef

__all__ = ["BareImperative"]

_DIRECTIONS = frozenset((QuestionKind.HOW, QuestionKind.WHERE))
_MANY = 3  # commands from which a row of them is a warning
_CURT = 8  # words of a reply that is nothing but a command
_HEAVY = 2  # words that a sentence has more of, unless it only greets


class BareImperative:
    """Counts commands without a softener.

    Args:
        check: the definition; its options are those of `Commands`, and ``asked``.
        lookup: the lexicon's readings of a matching key.
    """

    def __init__(self, check: CheckDef, lookup: Callable[[str], tuple[Reading, ...]]) -> None:
        self._lookup = lookup
        self._commands = Commands(check)
        self._late = frozenset(map(key, check.words("reproaches")))
        self._asked = frozenset(map(key, check.words("asked")))

    def __call__(self, case: Case) -> Iterator[Hit]:
        if self._asked_for(case) or case.has(Role.SALES):  # a sales talk has a finding of its own
            return
        tu = {hit.last - 1 for hit in case.finds(Role.ADDRESS)}  # these tell «بده» (give) from «بده» (is bad)
        words = case.draft.words
        finite = [i for i in case.helpful if words[i].person == 2 and words[i].finite]
        bare = [i for i in finite if self._commands.is_bare(case, i) and (not words[i].familiar or i in tu)]
        if not bare or not self._reads_as_order(case, bare):
            return
        softened = not self._commands.softeners.isdisjoint(case.said_norms)
        severity = Severity.WARNING if len(bare) >= _MANY and not softened else Severity.SUGGESTION
        edits = self._softened(case, bare)
        for i in bare:
            slots = (("ask", self._ask(case, i)),)
            yield Hit(self._first(case, i), i + 1, "command", severity, slots=slots, edits=edits)

    def _asked_for(self, case: Case) -> bool:
        """«چطور …؟», «از کجا …؟», «راهنمایی کنید»: the steps are what the customer wants."""
        context = case.context
        return any(q.kind in _DIRECTIONS for q in context.questions) or not self._asked.isdisjoint(context.norms)

    def _reads_as_order(self, case: Case, bare: list[int]) -> bool:
        """Tell whether the reply is little but commands; somebody upset needs fewer of them to feel ordered about."""
        draft = case.draft
        heavy = [s for s in draft.sentences if sum(w.kind is Kind.WORD for w in draft.words[s[0] : s[1]]) > _HEAVY]
        rows = {draft.sentence(i) for i in bare}
        others = sum(sentence not in rows for sentence in heavy)
        if others == 0 and len(bare) == 1 and not case.context.upset:
            return sum(word.kind is Kind.WORD for word in case.said_words) <= _CURT
        return others < len(rows) or (others == len(rows) and self._is_cold(case))

    def _is_cold(self, case: Case) -> bool:
        """Somebody upset gets no word of welcome and nothing that we do."""
        words = case.said_words
        ours = any(word.person == 1 and word.finite and not word.negative for word in words)
        return case.context.upset and not ours and self._commands.softeners.isdisjoint(case.said_norms)

    def _ask(self, case: Case, i: int) -> str:
        """Return the whole command, to «شما»; empty when it may not be whole, or a «تو» would be left in it."""
        draft = case.draft
        first = None if self._reproaches(draft, i) else whole_command(draft, i)
        if first is None or any(first <= hit.first <= i for hit in case.finds(Role.MIXED_ADDRESS)):
            return ""
        familiar = [hit for hit in case.finds(Role.FAMILIAR) if first <= hit.first <= i]
        if any(edit.safety is not Safety.SAFE for hit in familiar for edit in hit.edits):
            return ""
        forms = {hit.first: hit.kind for hit in familiar}
        if draft.words[i].familiar:
            forms[i] = IMPERATIVE
        polite = polite_forms(case, forms.items(), self._lookup)
        theirs = {j for j in range(first, i) if draft.words[j].possessor == 2}
        if not all(polite.values()) or theirs - polite.keys():
            return ""
        text, place = "", draft.starts[first]
        for j in sorted(polite):
            text, place = f"{text}{draft.text[place : draft.starts[j]]}{polite[j]}", draft.ends[j]
        return text + draft.text[place : draft.ends[i]]

    def _reproaches(self, draft: Analysis, i: int) -> bool:
        """«دفعه بعد زودتر سفارش بدید»: advice after the fact hurts, however politely it is put."""
        return any(word.norm in self._late for word in draft.words[slice(*draft.sentence(i))])

    @staticmethod
    def _softened(case: Case, bare: list[int]) -> tuple[Edit, ...]:
        """«لطفاً» before the first command that is whole; one serves them all."""
        starts = (whole_command(case.draft, i) for i in bare)
        first = next((start for start in starts if start is not None), None)
        if first is None:
            return ()
        place = case.draft.starts[first]
        return (Edit((Change(place, place, "لطفاً "),)),)

    @staticmethod
    def _first(case: Case, i: int) -> int:
        """Return where the compound verb starts: «پر کنید», «تماس بگیرید»."""
        before = case.draft.previous_word(i)
        word = case.draft.words[before] if before is not None else None
        noun = word is not None and word.pos in ("NOUN", "ADJ") and word.norm not in OBJECT_MARKS
        return before if before is not None and noun and before > case.draft.clause(i)[0] else i
