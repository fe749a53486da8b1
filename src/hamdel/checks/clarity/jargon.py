"""clarity/jargon: terms of our trade, and Latin words, that the customer neither used nor has had explained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hamdel.checks.phrase import phrase_hits
from hamdel.evidence.case import Case, Hit
from hamdel.language.fold import key
from hamdel.language.sets import word_set
from hamdel.language.tokenizer import Kind
from hamdel.model import Emotion, Severity
from hamdel.phrasebank import CheckDef

__all__ = ["Jargon"]

_EVERYDAY = "banking"  # the group of terms that many customers know: never more than a suggestion
_LONGEST_ACRONYM = 5
_GLOSSES = word_set("matters.saying.glosses")
_NEAR = 4
_ARROWS = frozenset(("›", ">", "←", "→", "»>", "<"))
_TYPED = frozenset("/._-@\\<=:#$`~*")
_QUOTES = frozenset(("«", "»", "“", "”", '"', "`", "'"))


class Jargon:
    """The check's list of terms, and Latin words outside an allow list.

    Args:
        check: the definition; its options are ``allowed`` (Latin words that everybody reads), ``naming`` (words before
            a name: «مدل», «برند»), ``technical`` (words by which a customer shows to know the trade) and ``meanings``
            (a term's plain words).
    """

    def __init__(self, check: CheckDef) -> None:
        self._check = check
        self._allowed = frozenset(map(key, check.words("allowed")))
        self._naming = frozenset(map(key, check.words("naming")))
        meanings: Mapping[str, str] = check.options.get("meanings", {})
        self._meanings = {key(term).replace(" ", ""): plain for term, plain in meanings.items()}
        self._technical = frozenset(map(key, check.words("technical")))

    def __call__(self, case: Case) -> Iterator[Hit]:
        if self._knows_the_trade(case):
            return
        listed = [hit for hit in phrase_hits(self._check, case) if not self._is_excused(case, hit)]
        puzzled = case.context.emotion is Emotion.CONFUSION
        for hit in listed:
            grave = puzzled and hit.kind != _EVERYDAY
            severity = Severity.WARNING if grave else Severity.SUGGESTION
            mendable = not _goes_on(case, hit.last)
            yield Hit(hit.first, hit.last, hit.kind, severity, slots=self._plain(case, hit), mendable=mendable)
        taken = {i for hit in listed for i in range(hit.first, hit.last)}
        for i in case.said if Kind.LATIN in case.kinds else ():
            if i not in taken and case.draft.words[i].kind is Kind.LATIN and self._is_term(case, i):
                yield Hit(i, i + 1, "latin", Severity.SUGGESTION, mendable=not _goes_on(case, i + 1))

    def _knows_the_trade(self, case: Case) -> bool:
        """Who writes terms in Latin letters, or one of the trade's words, reads them as well."""
        if not self._technical.isdisjoint(case.context.norms):
            return True
        latin = {norm for norm in case.context.norms if norm.isascii() and norm.isalpha() and len(norm) > 1}
        return bool(latin - self._allowed)

    @staticmethod
    def _is_excused(case: Case, hit: Hit) -> bool:
        """«یعنی …» follows, or it is part of a name in Latin letters («Rebuild Database»)."""
        latin = case.draft.words[hit.first].kind is Kind.LATIN
        named = latin and (_in_latin_name(case, hit.first, hit.last) or _is_label(case, hit.first))
        return named or _glossed(case, hit.first, hit.last)

    def _plain(self, case: Case, hit: Hit) -> tuple[tuple[str, str], ...]:
        start, end = case.draft.span(hit.first, hit.last)
        term = key(case.draft.text[start:end]).replace(" ", "")
        return (("meaning", self._meanings.get(term, "")),)

    def _is_term(self, case: Case, i: int) -> bool:
        draft = case.draft
        raw = draft.raw(i)
        if not _like_a_term(raw) or draft.words[i].norm in self._allowed or draft.words[i].norm in case.context.norms:
            return False
        if _in_latin_name(case, i, i + 1) or _is_value(case, i) or _is_label(case, i):
            return False
        if _is_address(draft.text, draft.starts[i], draft.ends[i]):
            return False
        before = draft.previous_word(i)
        named = before is not None and draft.words[before].lemma in self._naming
        return not named and not _glossed(case, i, i + 1)


def _in_latin_name(case: Case, first: int, last: int) -> bool:
    """«Galaxy Tab», «USB 3», «Rebuild Database»: part of a name."""
    draft = case.draft
    if draft.words[first].kind is not Kind.LATIN:
        return False
    around = [draft.words[j] for j in (draft.previous_word(first), draft.next_word(last - 1)) if j is not None]
    return any(word.kind in (Kind.LATIN, Kind.NUMBER) for word in around)


def _is_address(text: str, start: int, end: int) -> bool:
    """«/fa/docs», «fara._domainkey», «check@…», «--dry-run», «status.…»: part of what is typed or copied."""
    before, after = text[max(0, start - 1) : start], text[end : end + 2]
    typed = before in _TYPED or after[:1] in _TYPED
    return typed and not (after[:1] == "." and not after[1:].strip())  # a full stop


def _is_value(case: Case, i: int) -> bool:
    """«strict: false»: what is typed after a Latin name and a colon."""
    before = case.draft.previous_word(i)
    if before is None or case.draft.words[before].norm not in (":", "="):
        return False
    named = case.draft.previous_word(before)
    return named is not None and case.draft.words[named].kind is Kind.LATIN


def _is_label(case: Case, i: int) -> bool:
    """What the customer has to find and press: in quotation marks, or in a path of menus («تنظیمات > Wi»)."""
    draft = case.draft
    before, after = draft.previous_word(i), draft.next_word(i)
    near = {draft.words[j].norm for j in (before, after) if j is not None}
    first, last = draft.sentence(i)
    menus = any(word.norm in _ARROWS for word in draft.words[first:last])
    return menus or not near.isdisjoint(_QUOTES)


def _goes_on(case: Case, last: int) -> bool:
    """Tell whether a noun or adjective follows at once: a gloss before it would cut «ریلیز رسمی» in two."""
    if last >= len(case.draft.words):
        return False
    after = case.draft.words[last]
    return after.kind is Kind.WORD and after.pos in ("NOUN", "ADJ", "VERB") and last < case.draft.clause(last - 1)[1]


def _like_a_term(raw: str) -> bool:
    """Tell «reverse» and «PSP» from «Nike» (a name), «A54» (a model) and «SUMMERSALE» (a code)."""
    if not raw.isascii() or not raw.isalpha() or len(raw) == 1:
        return False
    return raw.islower() or (raw.isupper() and len(raw) <= _LONGEST_ACRONYM)


def _glossed(case: Case, first: int, last: int) -> bool:
    """«PSP (یعنی …)», «PSP یعنی …»; and «درگاه پرداخت (PSP)», where the term itself is the gloss."""
    draft = case.draft
    before = draft.previous_word(first)
    if before is not None and draft.words[before].norm == "(":
        return True
    end = draft.sentence(first)[1]
    following = [w for w in draft.words[last:end] if w.kind is not Kind.SPACE][:_NEAR]
    if any(word.norm in _GLOSSES for word in following):
        return True
    return len(following) > 1 and following[0].norm == "(" and following[1].kind is Kind.WORD
