"""respect/name-misspelled: the customer is called by a name that is nearly theirs."""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.checks.respect.names import WORD, bare, given, same, stated_names, vocatives
from hamdel.evidence.case import Case, Hit
from hamdel.language.fold import key
from hamdel.language.sets import word_set
from hamdel.model import Change, Edit, Severity
from hamdel.phrasebank import CheckDef

__all__ = ["NameMisspelled"]

_SHORT = 3  # letters; shorter names may differ by one letter only


def _given_of(names: list[list[str]]) -> str:
    """Return the given name that was stated, as written."""
    return next((word for name in names for word in name if given(bare(key(word)))), "")


def _is_listed_other(word: str, names: list[list[str]]) -> bool:
    """«مریم هستم», «سلام زهرا جان»: a given name that has nothing to do with the stated one."""
    stated = "".join(bare(key(part)) for name in names for part in name)
    return given(word) and word not in stated and not any(bare(key(n[0])) in word for n in names)


class NameMisspelled:
    """respect/name-misspelled: the name that the draft calls is nearly the stated one."""

    def __init__(self, check: CheckDef) -> None:
        self._distance = int(check.options.get("distance", 2))

    def __call__(self, case: Case) -> Iterator[Hit]:
        called = vocatives(case) if case.context.message else []
        names = stated_names(case) if called else []
        if not names:
            return
        said = {bare(key(word)) for word in WORD.findall(case.context.message)}
        for tokens in called:
            yield from self._wrong(case, tokens, names, said)

    def _wrong(self, case: Case, tokens: tuple[int, ...], names: list[list[str]], said: set[str]) -> Iterator[Hit]:
        words = [bare(case.draft.words[i].norm) for i in tokens]
        whole = "".join(words)
        for name in names:
            keys = [bare(key(word)) for word in name]
            if same(whole, "".join(keys)) or whole in "".join(keys):
                return
        titled = tokens[0] > 0 and case.draft.words[tokens[0] - 1].norm in word_set("acts.address.titles")
        known = [any(same(word, other) for other in said) for word in words]
        for place, i in enumerate(tokens):
            if known[place]:
                continue
            right = self._meant(words, place, known, names, titled)
            other = "" if right or titled or len(words) > 1 else _given_of(names)
            if right or (other and _is_listed_other(words[place], names)):
                better = right or other
                severity = None if right else Severity.SUGGESTION
                slots = (("replacement", better), ("name", better))
                edit = Edit((Change(case.draft.starts[i], case.draft.ends[i], better),))
                yield Hit(i, i + 1, "name" if right else "other", severity, (better,), slots, edits=(edit,))

    def _meant(self, words: list[str], place: int, known: list[bool], names: list[list[str]], titled: bool) -> str:
        """Return the stated word that ``words[place]`` stands for; empty when it may be another name."""
        word = words[place]
        for name in names:
            for raw in name:
                stated = bare(key(raw))
                if word in stated or (given(word) and given(stated) and stated in word):
                    return ""  # «رضا» for «محمدرضا», or the other way round
                if (not titled or not given(stated)) and self._near(word, stated):
                    return raw
        family = place == len(words) - 1 and place > 0 and known[place - 1] and given(words[place - 1])
        fulls = [name for name in names if len(name) > 1 and same(bare(key(name[0])), words[0])]
        return fulls[0][-1] if family and fulls and word.startswith(bare(key(fulls[0][-1]))) else ""

    def _near(self, word: str, stated: str) -> bool:
        """Tell a slip from another kind of name: a given name is compared with given names."""
        from rapidfuzz.distance import Levenshtein  # few drafts call a name that the customer didn't write

        short = min(len(word), len(stated)) <= _SHORT or given(word) != given(stated)
        limit = 1 if short else self._distance
        return bool(Levenshtein.distance(word, stated, score_cutoff=limit) <= limit)
