"""respect/name-missing: the customer gave a name, and nobody is called by it."""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.checks.respect.names import HELLO, bare, same, stated_names, vocatives
from hamdel.evidence.case import Case, Hit
from hamdel.language.fold import key
from hamdel.model import Change, Channel, Edit, Emotion

__all__ = ["NameMissing"]

_FIRST = 3  # tokens in which the greeting stands that a name may follow


class NameMissing:
    """respect/name-missing: the customer gave a name, and the first e-mail calls nobody by it."""

    def __call__(self, case: Case) -> Iterator[Hit]:
        talk = case.conversation
        first = talk.channel is Channel.EMAIL and talk.turn in (None, 1)
        names = stated_names(case) if first and case.context.emotion is not Emotion.THANKS else []
        if not names or vocatives(case):
            return
        mine = [bare(word.norm) for word in case.draft.words]
        theirs = [bare(key(word)) for name in names for word in name]
        if not any(same(a, b) for a in mine for b in theirs) and "".join(theirs) not in "".join(mine):
            name = " ".join(names[0])
            yield Hit(kind="name", evidence=(name,), slots=(("name", name),), edits=_greeting_by(case, name))


def _greeting_by(case: Case, name: str) -> tuple[Edit, ...]:
    """«سلام مریم صادقی گرامی، …»: the name after the greeting, if there is one to put it after."""
    draft = case.draft
    hello = next((i for i in case.said[:_FIRST] if draft.words[i].norm in HELLO), None)
    if hello is None:
        return ()
    dear = "گرامی" if case.formal else "عزیز"
    return (Edit((Change(draft.ends[hello], draft.ends[hello], f" {name} {dear}"),)),)
