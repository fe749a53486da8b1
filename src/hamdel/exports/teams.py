"""Who answers, in exports of chats that don't say it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from hamdel.exports.preset import Source
from hamdel.exports.questions import Asked, QuestionError
from hamdel.exports.rows import excerpt
from hamdel.language.fold import key

__all__ = ["choose_team", "name_of", "phone_of"]

_SHOWN = 12  # names that an error lists
_SPACES = re.compile(r"[\s_]+")
_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_PHONE = re.compile(r"\+?\d[\d\s().-]{6,20}\d")


def name_of(text: str) -> str:
    """Return what two spellings of a name have in common: marks, spaces, digits and keyboards don't matter."""
    return _SPACES.sub(" ", key(text)).strip(" ~")


def phone_of(name: str) -> str:
    """Return the phone number that stands for a name which isn't in the address book; empty for any other name.

    A name is no id: two customers may have the same one.
    """
    plain = key(_MARKS.sub("", name)).replace("\u00a0", " ").replace("\u202f", " ").strip(" ~")
    if not _PHONE.fullmatch(plain):
        return ""
    return ("+" if plain.startswith("+") else "") + re.sub(r"\D", "", plain)


def choose_team(people: Sequence[str], others: Iterable[str], source: Source) -> frozenset[str]:
    """Settle which of a chat's people answer.

    Args:
        people: the names of those who write in it.
        others: names that the export itself gives to customers, as a chat is named after the other one.
        source: the file; what is decided is added to its notes.

    Returns:
        Their names as `name_of` has them.

    Raises:
        QuestionError: nobody said who answers, and the export doesn't tell, or nobody of that name writes in it.
    """
    known = {name_of(one): one for one in people}
    plain = [_MARKS.sub("", one).strip() for one in known.values()]
    if source.wanted.team:
        team = {name_of(one) for one in source.wanted.team}
        found = [one for one in known if one in team or phone_of(one).lstrip("+") in _numbers(team)]
        if not found:
            told = f"{source.name}: nobody in it is called {_listed(source.wanted.team)}; {_people(people)}"
            raise QuestionError(told, Asked.TEAM, plain)
        return frozenset(found)
    customers = {name_of(one) for one in others if one} & known.keys()
    if len(known) == 2 and len(customers) == 1:
        (name,) = known.keys() - customers
        source.notes.append(("team_titled", excerpt(known[name])))
        return frozenset((name,))
    told = f"{source.name}: the export doesn't say who answers; say --team NAME. {_people(people)}"
    raise QuestionError(told, Asked.TEAM, plain)


def _numbers(team: Collection[str]) -> set[str]:
    return {phone_of(one).lstrip("+") for one in team} - {""}


def _people(people: Sequence[str]) -> str:
    return f"There write {_listed(people)}" if people else "Nobody writes in it"


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f'"{excerpt(_MARKS.sub("", one))}"' for one in names[:_SHOWN])
    return shown + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
