"""respect/register-mismatch: slang to a formal customer, office wording to a colloquial one, both in one sentence."""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.checks.phrase import phrase_hits
from hamdel.evidence.case import Case, Hit
from hamdel.language.fold import key
from hamdel.model import Audience, Channel, Register, Severity
from hamdel.phrasebank import CheckDef

__all__ = ["RegisterMismatch"]

_SLANG, _OFFICE, _STIFF = "slang", "bureaucratic", "stiff"
_ENOUGH = 2  # formal marks that make a customer formal; one («را», «است») is in most messages


class RegisterMismatch:
    """Compares the draft's register with the customer's, and with itself inside one sentence.

    Args:
        check: the definition. Its groups are ``slang``, ``bureaucratic`` and ``stiff`` («می‌باشد», which only counts
            twice); its options ``formal`` (one such word makes a message formal) and ``written`` (two do).
    """

    def __init__(self, check: CheckDef) -> None:
        self._check = check
        self._formal = frozenset(map(key, check.words("formal")))
        self._written = frozenset(map(key, check.words("written")))

    def __call__(self, case: Case) -> Iterator[Hit]:
        hits = list(phrase_hits(self._check, case))
        talk = case.conversation
        letter = talk.audience is Audience.BUSINESS and talk.channel is Channel.EMAIL
        severity = Severity.WARNING if letter else Severity.SUGGESTION
        for first, last, kind in sorted({*self._against_customer(case, hits), *_mixed(case, hits)}):
            yield Hit(first, last, kind, severity)

    def _is_formal(self, case: Case) -> bool:
        context = case.context
        if context.register is not Register.FORMAL:
            return False
        written = sum(norm in self._written for norm in context.norms)
        return written >= _ENOUGH or not self._formal.isdisjoint(context.norms)

    def _against_customer(self, case: Case, hits: list[Hit]) -> Iterator[tuple[int, int, str]]:
        if self._is_formal(case):
            yield from ((hit.first, hit.last, _SLANG) for hit in hits if hit.kind == _SLANG)
        elif case.context.register is Register.COLLOQUIAL:
            stiff = [hit for hit in hits if hit.kind == _STIFF]
            office = [hit for hit in hits if hit.kind == _OFFICE] + (stiff[1:] if len(stiff) >= _ENOUGH else [])
            yield from ((hit.first, hit.last, _OFFICE) for hit in office)


def _mixed(case: Case, hits: list[Hit]) -> Iterator[tuple[int, int, str]]:
    """«بدین‌وسیله میگم که …»: the first colloquial word of a sentence that is written in office wording."""
    draft = case.draft
    for sentence in dict.fromkeys(draft.sentence(hit.first) for hit in hits if hit.kind == _OFFICE):
        slang = [hit for hit in hits if hit.kind == _SLANG and sentence[0] <= hit.first < sentence[1]]
        if slang:
            yield slang[0].first, slang[0].last, "mixed"
            continue
        for i in range(*sentence):
            if not draft.silent[i] and draft.words[i].finite and "Style=Coll" in draft.words[i].feats:
                yield i, i + 1, "mixed"
                break
