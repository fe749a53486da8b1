"""Checks that read the raw text: punctuation, identifiers, Arabic letters, disguised swear words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from hamdel.checks.phrase import phrase_hits
from hamdel.checks.respect.published import Published
from hamdel.checks.typography.latin_punct import mended_mark, too_many_marks
from hamdel.evidence.case import Case, Hit
from hamdel.evidence.customer.details import order_tokens
from hamdel.identifiers import find_identifiers, mask_identifiers
from hamdel.language.analysis import Analysis, Analyzer
from hamdel.language.fold import key
from hamdel.language.lexicon import Reading
from hamdel.language.tokenizer import Kind
from hamdel.model import Change, Channel, Edit, Safety, Severity
from hamdel.phrasebank import CheckDef

__all__ = ["ArabicLetters", "Privacy", "Profanity", "Shouting"]


class Shouting:
    """Runs of marks, stretched letters, Latin capitals; graver when the customer complains."""

    _STRETCHED = re.compile(r"([^\W\d_])\1\1+")
    _LOUD = re.compile(r"[!！؟?]{2}|\.\.|…|[A-Z]{2}")  # whatever isn't stretched needs one of these
    _ELLIPSES = 3

    def __init__(self, check: CheckDef, lookup: Callable[[str], tuple[Reading, ...]]) -> None:
        self._lookup = lookup
        self._acronyms = frozenset(word.upper() for word in check.words("acronyms"))

    def __call__(self, case: Case) -> Iterator[Hit]:
        if not (case.stretched or self._LOUD.search(case.draft.text)):
            return
        complaint = case.context.upset or bool(case.context.problem)
        severity = Severity.WARNING if complaint else Severity.SUGGESTION
        for first, last, kind in self._places(case):
            slots = (("replacement", self._short(case.draft.raw(first))),)
            yield Hit(first, last, kind, severity, slots=slots, edits=self._edits(case.draft, first, kind))

    def _short(self, raw: str) -> str:
        return self._STRETCHED.sub(r"\1", raw)

    def _edits(self, draft: Analysis, token: int, kind: str) -> tuple[Edit, ...]:
        """One mark for many; «چرا» for «چراااا», if that is a word."""
        if kind == "marks":
            return (mended_mark(draft.text, draft.starts[token], draft.ends[token]),)
        short = self._short(draft.raw(token))
        if kind != "stretched" or not self._lookup(key(short)):
            return ()
        return (Edit((Change(draft.starts[token], draft.ends[token], short),), Safety.SAFE),)

    def _places(self, case: Case) -> Iterator[tuple[int, int, str]]:
        draft = case.draft
        dots = [i for i in case.said if draft.words[i].norm[:1] in "…." and len(draft.raw(i)) > 1]
        if len(dots) >= self._ELLIPSES:
            yield dots[-1], dots[-1] + 1, "ellipsis"
        for i in case.said:
            word = draft.words[i]
            raw = draft.raw(i)
            if word.kind is Kind.PUNCT and too_many_marks(raw):
                yield i, i + 1, "marks"
            elif word.kind is Kind.WORD and self._STRETCHED.search(raw) and not self._lookup(key(raw)):
                yield i, i + 1, "stretched"
        yield from self._capitals(case)

    def _is_capital(self, case: Case, i: int) -> bool:
        raw = case.draft.raw(i)
        latin = case.draft.words[i].kind is Kind.LATIN
        return latin and len(raw) > 1 and raw.isalpha() and raw.isupper() and raw not in self._acronyms

    def _capitals(self, case: Case) -> Iterator[tuple[int, int, str]]:
        run: list[int] = []
        for i in [*case.said, -1]:
            if i >= 0 and self._is_capital(case, i):
                run.append(i)
                continue
            if len(run) > 1 and any(len(case.draft.raw(j)) > 4 for j in run):
                yield run[0], run[-1] + 1, "capitals"
            run = []


class Privacy:
    """Card numbers, national ids, phones, IBANs and passwords that a draft would send along.

    Args:
        check: the definition; see `hamdel.checks.respect.published.Published` for its options.
    """

    def __init__(self, check: CheckDef) -> None:
        self._published = Published(check)

    def __call__(self, case: Case) -> Iterator[Hit]:
        text = case.draft.text
        channel = case.conversation.channel
        severity = Severity.WARNING if channel is Channel.CHAT else Severity.ERROR
        identifiers = find_identifiers(text)
        masked = mask_identifiers(text) if identifiers else ""
        for found in identifiers:
            if found.kind == "email" and not self._is_customers(case, text[found.start : found.end]):
                continue
            if self._published.is_ours(case, found.kind, found.start, found.end):
                continue
            covered = Change(found.start, found.end, masked[found.start : found.end])
            yield Hit(
                kind=found.kind,
                severity=severity,
                chars=(found.start, found.end),
                slots=_ending(text[found.start : found.end]),
                edits=(Edit((covered,)),),
            )
        if channel is Channel.SOCIAL:  # in public, an order number is somebody's too
            draft, is_order = case.draft, self._published.is_order
            orders = (i for i in order_tokens(draft, named=True) if not draft.silent[i] and is_order(case, i))
            yield from (Hit(i, i + 1, "order", severity, slots=_ending(case.draft.raw(i))) for i in orders)

    @staticmethod
    def _is_customers(case: Case, address: str) -> bool:
        """An address of ours may be sent; the customer's own may not stand in public."""
        return case.conversation.channel is Channel.SOCIAL and address in case.context.message


def _ending(number: str) -> tuple[tuple[str, str], ...]:
    """Return the slot with what may be shown of a number."""
    return (("ending", "".join(filter(str.isdecimal, number))[-4:]),)


class ArabicLetters:
    """Letters and digits of an Arabic keyboard; one finding a draft."""

    _ARABIC = re.compile("[يكىة٠-٩]")

    def __init__(self, check: CheckDef) -> None:
        self._religious = frozenset(map(key, check.words("arabic_words")))

    def __call__(self, case: Case) -> Iterator[Hit]:
        draft = case.draft
        if not self._ARABIC.search(draft.text):
            return
        typed = [i for i in case.said if self._is_typed(draft, i)]
        if typed:
            changes = tuple(Change(draft.starts[i], draft.ends[i], draft.raw(i).translate(_PERSIAN)) for i in typed)
            first = typed[0]
            slots = (("replacement", changes[0].new),)
            yield Hit(first, first + 1, "letters", slots=slots, edits=(Edit(changes, Safety.SAFE),))

    def _is_typed(self, draft: Analysis, i: int) -> bool:
        """Tell a Persian word or a number with such letters from Arabic itself."""
        letters = draft.words[i].kind in (Kind.WORD, Kind.NUMBER) and self._ARABIC.search(draft.raw(i))
        return bool(letters) and not self._in_arabic(draft, i)

    def _in_arabic(self, draft: Analysis, i: int) -> bool:
        first, last = max(0, i - 2), i + 3
        return any(w.norm in self._religious or "الله" in w.norm for w in draft.words[first:last])


_PERSIAN = str.maketrans("يكىة٠١٢٣٤٥٦٧٨٩", "یکیه۰۱۲۳۴۵۶۷۸۹")


class Profanity:
    """Listed insults as whole tokens, spelled plainly, stretched («احمققق») or letter by letter («ا.ح.م.ق»)."""

    _SPELLED = re.compile(r"(?<!\w)[^\W\d_](?:[.*_\- \u200c]{1,2}[^\W\d_](?!\w)){2,}")
    _REPEATS = re.compile(r"(.)\1{2,}")

    def __init__(self, check: CheckDef, analyzer: Analyzer) -> None:
        self._check = check
        texts = [text for group in check.groups if group.severity is None for text in group.text]
        self._insults = frozenset("".join(w.norm for w in analyzer(text).words) for text in texts)

    def __call__(self, case: Case) -> Iterator[Hit]:
        yield from phrase_hits(self._check, case)
        draft = case.draft
        for i in case.said if case.stretched else ():
            short = self._REPEATS.sub(r"\1", draft.words[i].norm)
            if short != draft.words[i].norm and short in self._insults:
                yield Hit(i, i + 1, "stretched")
        for match in self._SPELLED.finditer(draft.text):
            tokens = draft.tokens(*match.span())
            letters = re.sub(r"[\W_]", "", key(match[0]))
            if letters in self._insults and not any(draft.silent[i] for i in tokens):
                yield Hit(tokens.start, tokens.stop, "spelled")
