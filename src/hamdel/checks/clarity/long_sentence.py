"""clarity/long-sentence: a sentence that has to be read twice."""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.evidence.case import Case, Hit
from hamdel.language.fold import key
from hamdel.language.tokenizer import Kind
from hamdel.model import Channel, Emotion, Severity
from hamdel.phrasebank import CheckDef

__all__ = ["LongSentence"]

_COUNTED = (Kind.WORD, Kind.NUMBER, Kind.LATIN)
_ADDRESS_CUES = 2  # «خیابان» and «پلاک» make an address, one of them doesn't
_LIST = 5  # commas; with as many items of three or four words each a sentence is a list
_ITEM = 4


class LongSentence:
    """Counts words between two stops; quotations, addresses and lists count nothing."""

    def __init__(self, check: CheckDef) -> None:
        self._most = int(check.options.get("words", 35))
        self._email = int(check.options.get("email_words", 45))
        self._address = frozenset(map(key, check.words("address_words")))

    def __call__(self, case: Case) -> Iterator[Hit]:
        most = self._email if case.conversation.channel is Channel.EMAIL else self._most
        if len(case.said) <= most:
            return
        confused = case.context.emotion is Emotion.CONFUSION
        for first, last in case.draft.sentences:
            counted = self._counted(case, first, last) if last - first > most else []
            if len(counted) > most and not self._is_address(case, counted) and not self._is_list(case, first, last):
                severity = Severity.WARNING if confused else Severity.SUGGESTION
                yield Hit(counted[0], counted[-1] + 1, "length", severity, (str(len(counted)),))

    @staticmethod
    def _counted(case: Case, first: int, last: int) -> list[int]:
        draft = case.draft
        return [i for i in range(first, last) if draft.words[i].kind in _COUNTED and not draft.silent[i]]

    def _is_address(self, case: Case, counted: list[int]) -> bool:
        return len({case.draft.words[i].norm for i in counted} & self._address) >= _ADDRESS_CUES

    @staticmethod
    def _is_list(case: Case, first: int, last: int) -> bool:
        """«… شامل شارژر، کابل، کیف، …»: many commas, few words and no verb between two of them."""
        items: list[list[bool]] = [[]]
        for word in case.draft.words[first:last]:
            if word.norm in "،,":
                items.append([])
            elif word.kind in _COUNTED:
                items[-1].append(word.predicate)
        return sum(len(item) <= _ITEM and not any(item) for item in items[1:-1]) >= _LIST - 1
