"""respect/shouting: runs of marks, stretched letters, Latin capitals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from hamdel.checks.typography.latin_punct import mended_mark, too_many_marks
from hamdel.evidence.case import Case, Hit
from hamdel.language.analysis import Analysis
from hamdel.language.fold import key
from hamdel.language.lexicon import Reading
from hamdel.language.tokenizer import Kind
from hamdel.model import Change, Edit, Safety, Severity
from hamdel.phrasebank import CheckDef

__all__ = ["Shouting"]


class Shouting:
    """Runs of marks, stretched letters, Latin capitals; graver when the customer complains."""

    _STRETCHED = re.compile(r"([^\W\d_])\1\1+")
    _LOUD = re.compile(r"[!！؟?]{2}|[A-Z]{2}")  # whatever isn't stretched needs one of these

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
