"""respect/unfilled-placeholder: slots that nobody filled, in the shapes that helpdesks and mailers write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from hamdel.evidence.case import Case, Hit
from hamdel.language.analysis import Analysis
from hamdel.language.fold import key
from hamdel.language.tokenizer import Kind
from hamdel.masking.courtesy import DEAR, TITLES
from hamdel.phrasebank import CheckDef

__all__ = ["Placeholders"]

_PARTS = re.compile(r"[\s_:.،,|/+*\"'-]+|(?<=[a-z])(?=[A-Z])|(?<=[^\W\d])(?=\d)")
_MOST_PARTS = 6  # a bracket with more words is text
_NEAR = 24  # code points before or after a shape in which a word that explains it may stand
_WORD = r"([^\W\d][\w\u200c\u064b-\u0655]*)"
_LAST_WORD = re.compile(rf"{_WORD}[\s:：]*$")
_FIRST_WORD = re.compile(rf"[\s،,]*{_WORD}")
_SHORT = 3  # code points; the customer may write «...», too
_BLANK = "blank"
_IN_ADDRESSES = ("{{", "{%", "*|")


class Placeholders:
    """Finds them; the shapes are data, ``phrasebanks/lexicon/placeholders.toml``.

    Args:
        check: the definition; its options list the words that name a slot (``slot_words``), a button (``buttons``), an
            element of HTML (``elements``), a part of a page (``pages``), what is explained (``taught``), what greets.
        table: the shapes as they were read.
    """

    def __init__(self, check: CheckDef, table: Mapping[str, Any]) -> None:
        self._words, self._buttons, self._elements, self._pages, self._taught, self._greets, self._asks = (
            frozenset(map(key, check.words(name)))
            for name in ("slot_words", "buttons", "elements", "pages", "taught", "greets", "asks_for_value")
        )
        self._shapes: list[Mapping[str, Any]] = table["shape"]
        hints = dict.fromkeys(hint for shape in self._shapes for hint in shape["hints"])
        starts = "".join(re.escape(hint.removeprefix("\\")[0]) for hint in hints)
        self._maybe = re.compile(f"(?=[{starts}])(?:{'|'.join(hints)})")

    @cached_property
    def _find(self) -> re.Pattern[str]:
        """All shapes in one pattern; the first that fits a place wins, and its group tells which it is."""
        parts = (
            f"(?P<s{i}>{shape['pattern'].replace('?P<inner>', f'?P<i{i}>')})" for i, shape in enumerate(self._shapes)
        )
        return re.compile("|".join(parts))

    def __call__(self, case: Case) -> Iterator[Hit]:
        text = case.draft.text
        first = self._maybe.search(text)
        if not first:
            return
        draft = case.draft
        explaining = self._explaining(draft)
        at = max(0, first.start() - 1)
        while match := self._find.search(text, at):
            shape = int(next(name for name, found in match.groupdict().items() if found is not None)[1:])
            theirs = len(match[0]) > _SHORT and match[0] in case.context.message
            explained = theirs or draft.sentence(draft.token_at(match.start())) in explaining
            unfilled = not explained and self._is_unfilled(draft, match, shape)
            # What one shape is refused may still hold another: «[سلام {{name}}]».
            at = match.end() if unfilled else match.start() + 1
            if unfilled:
                yield _hit(case, match.span(), self._shapes[shape]["needs"])

    def _is_unfilled(self, draft: Analysis, match: re.Match[str], shape: int) -> bool:
        """Tell whether the shape has what it needs to be a slot."""
        needs = self._shapes[shape]["needs"]
        if _in_code(draft, match, sure=needs == "nothing"):
            return False
        if needs == _BLANK:
            return self._asks_for_value(draft.text, match)
        if needs == "line":
            return not _is_rule(draft.text, match)
        return needs == "nothing" or self._is_named_slot(draft.text, match, (match[f"i{shape}"] or "").strip(), needs)

    def _is_named_slot(self, text: str, match: re.Match[str], inner: str, needs: str) -> bool:
        """The name in the shape is one of a slot, and it stands where a slot may stand."""
        if needs == "label" and self._is_shown(text, match, inner):
            return False
        if needs == "address" and not self._is_addressed(text, match):
            return False
        return self._names_slot(inner)

    def _names_slot(self, inner: str) -> bool:
        """«نام مشتری», «customer_name» and «firstName» are slots, «ثبت سفارش» and «پیگیری سفارش» are buttons."""
        parts = [key(part) for part in _PARTS.split(inner) if part]
        few = 0 < len(parts) <= _MOST_PARTS
        return few and parts[0] not in self._buttons and any(part in self._words for part in parts)

    def _is_shown(self, text: str, match: re.Match[str], inner: str) -> bool:
        """«روی [نام کاربری] بزنید», «<title>»: what a page shows, or an element of HTML."""
        if match[0][0] == "<" and (inner.lower() in self._elements or f"</{inner}>" in text):
            return True
        return _word_before(text, match.start()) in self._pages

    def _is_addressed(self, text: str, match: re.Match[str]) -> bool:
        """«سلام (نام)», «آقای (نام)», «(نام) عزیز»."""
        before, after = _word_before(text, match.start()), _word_after(text, match.end())
        return before in self._greets or before in TITLES or (after in DEAR)

    def _asks_for_value(self, text: str, match: re.Match[str]) -> bool:
        """«آقای ....», «کد رهگیری: ....», «.... تومان», «سلام ... عزیز»."""
        before, after = _word_before(text, match.start()), _word_after(text, match.end())
        if before in TITLES:
            return after not in TITLES  # «خانم‌ها ... آقایان»
        if before in self._words:
            return ":" in text[max(0, match.start() - 2) : match.start()] or after in self._asks
        return before in self._greets and after in DEAR

    def _explaining(self, draft: Analysis) -> set[tuple[int, int]]:
        """The sentences that are about placeholders: «متغیر {{name}}», «… را جایگزین کنید»."""
        taught = self._taught
        return {draft.sentence(i) for i, w in enumerate(draft.words) if w.norm in taught or w.lemma in taught}


def _word_before(text: str, at: int) -> str:
    found = _LAST_WORD.search(text[max(0, at - _NEAR) : at])
    return key(found[1]) if found else ""


def _word_after(text: str, at: int) -> str:
    found = _FIRST_WORD.match(text[at : at + _NEAR])
    return key(found[1]) if found else ""


def _in_code(draft: Analysis, match: re.Match[str], sure: bool) -> bool:
    """Code is taught; in an address only a sure shape is a slot («…/o/{{order_id}}», never «?q=%name%»)."""
    token = draft.token_at(match.start())
    kind = draft.words[token].kind
    inside = kind in (Kind.URL, Kind.EMAIL) and draft.starts[token] < match.start()
    return kind is Kind.CODE or (inside and not (sure and match[0][:2] in _IN_ADDRESSES))


def _is_rule(text: str, match: re.Match[str]) -> bool:
    """A line of nothing else parts a mail from what is quoted below."""
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    alone = not text[start : match.start()].strip() and not text[match.end() : end if end >= 0 else None].strip()
    return alone and "\n" in text


def _hit(case: Case, span: tuple[int, int], needs: str) -> Hit:
    """Return the hit as a token where it is one, as it is elsewhere."""
    draft = case.draft
    kind = _BLANK if needs in (_BLANK, "line") else "slot"
    evidence = (draft.text[slice(*span)],)
    tokens = draft.tokens(*span)
    if len(tokens) == 1 and draft.span(tokens.start, tokens.stop) == span:
        return Hit(tokens.start, tokens.stop, kind, evidence=evidence)
    return Hit(kind=kind, chars=span, evidence=evidence)
