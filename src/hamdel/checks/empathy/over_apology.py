"""empathy/over-apology: apologies that pile up until they take the place of help."""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.evidence.case import Case, Hit
from hamdel.language.tokenizer import Kind
from hamdel.phrasebank import CheckDef

__all__ = ["OverApology"]

_MARKS = (Kind.PUNCT, Kind.SPACE, Kind.EMOJI)


class OverApology:
    """Counts acts of apology; the words are data, «متأسفانه» and «ببخشید، مدل؟» are none."""

    def __init__(self, check: CheckDef) -> None:
        self._check = check
        self._most = int(check.options.get("acts", 3))
        self._share = float(check.options.get("share", 0.4))

    def __call__(self, case: Case) -> Iterator[Hit]:
        acts = self._acts(case)
        if len(acts) >= self._most:
            yield Hit(*acts[-1], kind="many", evidence=(str(len(acts)),))
        elif len(acts) > 1 and self._dominate(case, acts):
            yield Hit(*acts[-1], kind="share", evidence=(str(len(acts)),))

    def _acts(self, case: Case) -> list[tuple[int, int]]:
        """Return token ranges, one an act: «پوزش و عذرخواهی» is one."""
        acts: list[tuple[int, int]] = []
        for hit in case.phrases(self._check):
            if hit.group.kind == "attention" and self._calls_attention(case, hit.first, hit.last):
                continue
            if acts and self._joined(case, acts[-1][1], hit.first):
                acts[-1] = acts[-1][0], max(acts[-1][1], hit.last)
            else:
                acts.append((hit.first, hit.last))
        return acts

    @staticmethod
    def _joined(case: Case, end: int, first: int) -> bool:
        between = case.draft.words[end:first]
        if first <= end and not between:
            return first < end or not case.draft.words[end - 1].predicate
        return len(between) == 1 and between[0].norm == "و" and not case.draft.words[end - 1].predicate

    @staticmethod
    def _calls_attention(case: Case, first: int, last: int) -> bool:
        """«ببخشید، مدل رو می‌گید؟»: opens a question, and nothing says what for."""
        begin, end = case.draft.sentence(first)
        opens = all(word.kind in _MARKS for word in case.draft.words[begin:first])
        return opens and any(word.asks for word in case.draft.words[last:end])

    def _dominate(self, case: Case, acts: list[tuple[int, int]]) -> bool:
        """More than the allowed share of sentences apologise; greetings and lone names are no sentences."""
        sentences = [s for s in case.draft.sentences if any(w.predicate for w in case.draft.words[slice(*s)])]
        apologetic = {case.draft.sentence(first) for first, _ in acts}
        whole = len(apologetic | set(sentences))
        return len(apologetic) > 1 and len(apologetic) > self._share * whole
