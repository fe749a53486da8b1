"""The edit of a sentence with «تو» forms: all of them become «شما» forms together, so that they agree."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from itertools import groupby

from hamdel.checks.respect.address.mixing import CLITIC, COPULA, OBJECT_MARKS, PRONOUN, VERB
from hamdel.checks.respect.address.polite_forms import polite_form, possessed_form
from hamdel.checks.respect.address.possession import Possessions
from hamdel.evidence.case import Case
from hamdel.language.analysis import Analysis
from hamdel.language.lexicon import Reading
from hamdel.language.sets import word_set
from hamdel.language.words import Word
from hamdel.model import Change, Edit, Safety

__all__ = ["edits_by_sentence", "polite_forms"]

_Lookup = Callable[[str], tuple[Reading, ...]]
#: These may be the subject of a verb, which then has to agree.
_SUBJECTS = word_set("familiar.form.subjects")


def _is_spoken(word: Word) -> bool:
    """«می‌کنین»."""
    return word.person == 2 and word.plural and word.norm.endswith("ین")


def polite_forms(
    case: Case, forms: Iterable[tuple[int, str]], lookup: _Lookup, possessions: Possessions | None = None
) -> dict[int, str | None]:
    """Return by token what each «تو» form becomes; None where nobody can tell.

    Args:
        case: the draft under examination.
        forms: token and kind of each form.
        lookup: the lexicon's readings of a matching key.
        possessions: reads forms of kind ``clitic``; without it there are none.
    """
    words = case.draft.words
    spoken_ending = case.draft.among(_is_spoken, 0, len(words))
    better: dict[int, str | None] = {}
    for token, kind in forms:
        formal = case.formal and "Style=Coll" not in words[token].feats
        raw, norm = case.draft.raw(token), words[token].norm
        owned = possessions.read(norm, raw) if possessions and kind == CLITIC else None
        polite = possessed_form(raw, owned, formal=formal) if owned else polite_form(raw, norm, kind, formal, lookup)
        if polite and spoken_ending and not formal and polite.endswith("ید") and kind != PRONOUN:
            polite = polite[:-1] + "ن"
        better[token] = polite
    return better


def edits_by_sentence(
    draft: Analysis, forms: Sequence[tuple[int, str]], better: Mapping[int, str | None], doubts: Container[int] = ()
) -> dict[tuple[int, int], Edit]:
    """Return one edit for each sentence all of whose «تو» forms have a «شما» form.

    Args:
        draft: the draft, read.
        forms: token and kind of each form, in order; doubtful ones are among them.
        better: as `polite_forms` returns it.
        doubts: tokens that may be no such form: an edit with one of them is offered only.
    """
    edits = {}
    for sentence, found in groupby(forms, lambda form: draft.sentence(form[0])):
        mine = list(found)
        changes = tuple(_change(draft, token, new) for token, _ in mine if (new := better[token]) is not None)
        if len(changes) == len(mine):
            safe = all(token not in doubts and (kind != PRONOUN or _agrees(draft, token, mine)) for token, kind in mine)
            edits[sentence] = Edit(changes, Safety.SAFE if safe else Safety.OFFERED)
    return edits


def _change(draft: Analysis, token: int, new: str) -> Change:
    return Change(draft.starts[token], draft.ends[token], new)


def _agrees(draft: Analysis, token: int, forms: Sequence[tuple[int, str]]) -> bool:
    """Tell whether a pronoun is an object or belongs to a preposition, or else has a verb that changes with it.

    «تو مسئولی» has none: its «ی» is a copula that no list tells from "a".
    """
    words = draft.words
    after, before = draft.next_word(token), draft.previous_word(token)
    if words[token].norm not in _SUBJECTS or (after is not None and words[after].norm in OBJECT_MARKS):
        return True
    if before is not None and words[before].pos in ("ADP", "NOUN"):
        # «شماره تو بده» is «شماره‌تو بده», with an object.
        return words[before].pos == "ADP" or after is None or not words[after].familiar
    verbs = [other for other, kind in forms if kind in (VERB, COPULA) or "Mood=Imp" in words[other].feats]
    plural = any(word.person == 2 and word.plural for word in words[slice(*draft.sentence(token))])
    return plural or any(other > token for other in verbs)
