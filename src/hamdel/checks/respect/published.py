"""Whose number is it? What a company publishes («شماره پشتیبانی ما …») and what its customer gave is no leak."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hamdel.evidence.case import Case
from hamdel.language.analysis import Analysis
from hamdel.language.fold import key
from hamdel.language.tokenizer import Kind
from hamdel.phrasebank import CheckDef

__all__ = ["Published"]

_REACH = 6  # tokens
_OTHER = frozenset(("secret", "national_id"))  # nobody publishes these
_ORDER = 6  # digits; shorter numbers are guessed by anybody, and name no order without its customer
_PHONE = re.compile(r"0\d{6,13}")


class Published:
    """Tells numbers and addresses that may be sent.

    Args:
        check: the definition of respect/privacy-leak; its options list words of the company (``ours``), of the customer
            (``theirs``), what parts a number from its owner (``parting``), and local parts of a company's addresses
            (``roles``).
    """

    def __init__(self, check: CheckDef) -> None:
        self._ours, self._theirs, self._parting, self._to = (
            frozenset(map(key, check.words(name))) for name in ("ours", "theirs", "parting", "to")
        )
        self._roles = frozenset(check.words("roles"))

    def is_ours(self, case: Case, kind: str, start: int, end: int) -> bool:
        """Tell whether ``draft.text[start:end]`` is the company's: it says so, or asks the customer to use it.

        Args:
            case: the draft under examination.
            kind: of the identifier; see `hamdel.identifiers`.
            start, end: code points.
        """
        draft = case.draft
        if kind == "email":
            return draft.text[start:end].partition("@")[0].lower() in self._roles
        tokens = draft.tokens(start, end)
        if kind in _OTHER or not tokens:
            return False
        if self._says_ours(draft, tokens):
            return True
        return not _was_given(case, draft.text[start:end]) and self._is_to_be_used(draft, tokens)

    def is_order(self, case: Case, token: int) -> bool:
        """Tell whether an order number gives something away: long, no phone, and not what the customer wrote."""
        digits = case.draft.words[token].norm
        if len(digits) < _ORDER or _PHONE.fullmatch(digits):
            return False
        return not _was_given(case, digits) and not self._says_ours(case.draft, range(token, token + 1))

    def _says_ours(self, draft: Analysis, tokens: range) -> bool:
        """«شماره پشتیبانی ما …», «… شماره شرکت است»; never «پشتیبانی با شماره … تماس می‌گیرد»."""
        sides = _backwards(draft, tokens.start), _forwards(draft, tokens.stop - 1)
        return any(self._belongs_to_us(draft, side) for side in sides)

    def _belongs_to_us(self, draft: Analysis, side: Iterator[int]) -> bool:
        ours = False
        for i in side:
            word = draft.words[i]
            if word.norm in self._theirs or word.possessor in (2, -2):
                return False
            if word.finite or word.norm in self._parting:
                break
            ours = ours or word.norm in self._ours or word.lemma in self._ours or word.possessor == -1
        return ours

    def _is_to_be_used(self, draft: Analysis, tokens: range) -> bool:
        """«با شماره … تماس بگیرید», «به کارت … واریز کنید»; never «شماره‌تون … رو وارد کنید»."""
        before = list(_backwards(draft, tokens.start))[:4]
        if any(draft.words[i].norm in self._theirs or draft.words[i].possessor in (2, -2) for i in before):
            return False
        if not any(draft.words[i].norm in self._to for i in before):
            return False
        end = draft.sentence(tokens.stop - 1)[1]
        verb = next((w for w in draft.words[tokens.stop : end] if w.finite), None)
        return verb is not None and verb.person == 2 and not verb.negative and "Tense=Past" not in verb.feats


def _backwards(draft: Analysis, token: int) -> Iterator[int]:
    first = draft.sentence(token)[0]
    near = (i for i in range(token - 1, first - 1, -1) if draft.words[i].kind is not Kind.SPACE)
    yield from (i for _, i in zip(range(_REACH), near, strict=False))


def _forwards(draft: Analysis, token: int) -> Iterator[int]:
    last = draft.sentence(token)[1]
    near = (i for i in range(token + 1, last) if draft.words[i].kind is not Kind.SPACE)
    yield from (i for _, i in zip(range(_REACH), near, strict=False))


def _was_given(case: Case, number: str) -> bool:
    """The customer wrote the same digits."""
    digits = _digits(number)
    return bool(digits) and digits in _digits(case.context.message)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, key(text)))
