"""respect/honorific-gender: titles that nobody stated, and names too close for a stranger.

Persian marks gender in nothing but titles («آقای», «خانم»), so a wrong guess is always one that could be left out.
Terms such as «عزیزم» are phrases of the check; this module reads titles and «{name} جان».
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from hamdel.checks.phrase import phrase_hits
from hamdel.checks.respect.titled_names import CalledNames
from hamdel.evidence.case import Case, Hit
from hamdel.evidence.predicates.position import LEADS
from hamdel.language.analysis import Analysis
from hamdel.language.fold import key
from hamdel.language.sets import daytimes, word_set
from hamdel.language.tokenizer import Kind
from hamdel.model import Change, Channel, Edit, Severity
from hamdel.phrasebank import CheckDef

__all__ = ["Honorifics"]

_GENDERS = {
    **dict.fromkeys(word_set("acts.address.man", "acts.address.male"), "m"),
    **dict.fromkeys(word_set("acts.address.female"), "f"),
}
_PREFIXES = word_set("acts.address.prefixes")
_DEGREES = word_set("acts.address.degrees")
_CLOSERS = word_set("acts.address.dear", "grammar.copula.we_are") | LEADS
_FUNCTION = word_set("grammar.particle.no_names")
_NO_NAMES = _CLOSERS | _FUNCTION | _GENDERS.keys() | _PREFIXES
_SELF = word_set("acts.us.me")
_BEING = word_set("grammar.copula.i_am")
_HELLO = word_set("acts.lead.hello") | daytimes()
_LONGEST_NAME = 3
_OPENING = 2  # sentences in which an address is looked for; titles further on are mostly of third persons
_FILLERS = (Kind.SPACE, Kind.EMOJI)


class _Title(NamedTuple):
    """«جناب آقای [دکتر] کاوه رضایی»: where the title and the name stand, as indices into a list of norms."""

    gender: str
    first: int
    last: int
    name: int
    end: int


def _read_title(norms: Sequence[str], i: int) -> _Title | None:
    """Return the title that starts at ``i`` with what may be the name after it."""
    at = i + (norms[i] in _PREFIXES)
    gender = _GENDERS.get(norms[at]) if at < len(norms) else None
    if gender is None:
        return None
    name = at + 1
    while name < len(norms) and norms[name] in _DEGREES:
        name += 1
    end = name
    while end < len(norms) and end - name < _LONGEST_NAME and _may_name(norms[end]):
        end += 1
    return _Title(gender, i, at + 1, name, end)


def _may_name(norm: str) -> bool:
    return norm.isalpha() and norm not in _NO_NAMES


def stated_genders(norms: Sequence[str]) -> frozenset[str]:
    """Return what a customer says of their own title: «خانم کریمی هستم», «(خانم) دکتر نوری», a signature.

    Args:
        norms: matching keys of the message's tokens, without white space.
    """
    titles = (title for i in range(len(norms)) if (title := _read_title(norms, i)))
    return frozenset(title.gender for title in titles if _is_own(norms, title))


def _is_own(norms: Sequence[str], title: _Title) -> bool:
    """Tell «خانم کریمی هستم» from «با آقای احمدی صحبت کردم» and from «سلام خانم، …»."""
    before = norms[title.first - 1] if title.first else ""
    after = norms[title.end] if title.end < len(norms) else ""
    if before == "(":
        return after in ("", ")")
    if before.isalpha() and before not in LEADS and before not in _SELF:
        return False
    if after in _BEING or before in _SELF:
        return True
    named = title.end > title.name
    return named and (not after or not before or norms[title.end - 1].endswith("ام")) and not after.isalpha()


class Honorifics:
    """The check's phrases, titles and «{name} جان».

    Args:
        check: the definition; its option ``roles`` lists words that a title before makes a third person of.
        names: given names.
        surnames: family names.
    """

    def __init__(self, check: CheckDef, names: Iterable[str], surnames: Iterable[str]) -> None:
        self._check = check
        self._roles = frozenset(map(key, check.words("roles")))
        self._names = frozenset(map(key, names))
        self._called = CalledNames(self._names, frozenset(map(key, surnames)))

    def __call__(self, case: Case) -> Iterator[Hit]:
        for hit in phrase_hits(self._check, case):
            theirs = set(case.context.norms) >= {w.norm for w in case.draft.words[hit.first : hit.last]}
            severity = Severity.SUGGESTION if theirs else hit.severity
            begin = case.draft.sentence(hit.first)[0]
            before = [w.norm for w in case.draft.words[: hit.first] if w.kind not in _FILLERS]
            opens = "yes" if begin == 0 and all(norm in _HELLO or not norm.isalpha() for norm in before) else ""
            edits = (_left_out(case.draft, hit.first, hit.last),)
            yield Hit(hit.first, hit.last, hit.kind, severity, slots=(("opens", opens),), edits=edits)
        yield from self._titles(case)
        yield from self._familiar_names(case)

    def _titles(self, case: Case) -> Iterator[Hit]:
        draft = case.draft
        tokens = [i for i in case.said if draft.words[i].kind not in _FILLERS]
        norms = [draft.words[i].norm for i in tokens]
        customer = [norm for norm in case.context.norms if norm.strip()]
        end = 0
        if _GENDERS.keys().isdisjoint(norms):
            return
        for at in range(len(norms)):
            title = _read_title(norms, at) if at >= end else None
            if title is None:
                continue
            end = title.last
            if self._is_slashed(norms, title) or not self._addresses(case, norms, tokens, title):
                continue
            found = self._verdict(customer, norms[title.name : title.end], title.gender)
            if found:
                kind, severity = found
                name = self._called.name(case, [tokens[j] for j in range(title.name, title.end)])
                degree = _degree(draft, tokens[title.last : title.name])
                first, last = tokens[title.first], tokens[title.last - 1] + 1
                known = self._called.known(case, name)
                slots = (("name", degree + known),) if known else ()
                called = degree + (known or self._called.as_written(case, name))
                edit = _called_by_name(case, first, name, called) if name else _left_out(draft, first, last)
                edits = (edit,) if not name or self._called.is_name(case, name, _CLOSERS) else ()
                yield Hit(first, last, kind, severity, slots=slots, edits=edits)

    @staticmethod
    def _is_slashed(norms: Sequence[str], title: _Title) -> bool:
        """«آقای/خانم رضایی» guesses nothing."""
        around = (*norms[max(0, title.first - 1) : title.first], *norms[title.last : title.last + 1])
        return "/" in around or "یا" in around

    def _addresses(self, case: Case, norms: Sequence[str], tokens: Sequence[int], title: _Title) -> bool:
        """Tell an address from a third person («آقای نصاب فردا می‌آیند», «همکارم خانم راد»)."""
        draft, name = case.draft, norms[title.name : title.end]
        if self._roles & {*name, *norms[title.end : title.end + 2]}:
            return False
        begin = draft.sentence(tokens[title.first])[0]
        known = bool(name) and name[0] in case.context.norms
        if not known and len(draft.sentences) > _OPENING and begin >= draft.sentences[_OPENING][0]:
            return False
        opens = max(0, title.first - (tokens[title.first] - begin))
        before = [norms[j] for j in range(opens, title.first) if tokens[j] >= begin and norms[j].isalpha()]
        if not all(norm in LEADS for norm in before):
            return False
        after = draft.words[tokens[title.end]] if title.end < len(norms) else None
        closed = after is None or after.kind is Kind.PUNCT or after.norm in _CLOSERS
        closed = closed or draft.sentence(tokens[title.end])[0] == tokens[title.end]
        if 0 < begin == draft.sentences[-1][0] and not known and (after is None or after.norm == "."):
            return False  # a signature
        return closed or bool(before and name)

    def _verdict(self, customer: list[str], name: list[str], gender: str) -> tuple[str, Severity | None] | None:
        """Return kind and severity: a guess is graver when the customer gave the name without a title."""
        stated = stated_genders(customer)
        if gender in stated:
            return None
        if stated:
            return "conflicting-title", None
        surname = name[1] if len(name) > 1 and name[0] in self._names else "".join(name[:1])
        sure = bool(customer) and (not name or (surname in customer and not self._tells_gender(customer, surname)))
        return "assumed-title", None if sure else Severity.SUGGESTION

    def _tells_gender(self, customer: list[str], name: str) -> bool:
        """Tell whether the customer gave a given name, or a title of a relative («شوهرم آقای رضایی»)."""
        at = customer.index(name)
        around = customer[max(0, at - 1) : at + 1]
        return not self._names.isdisjoint(around) or not _GENDERS.keys().isdisjoint(around)

    def _familiar_names(self, case: Case) -> Iterator[Hit]:
        """«نگار جان»: warm among friends, early for a stranger; public colloquial pages live with it."""
        words = case.draft.words
        theirs = not word_set("acts.address.close").isdisjoint(case.context.norms)
        if theirs or case.conversation.channel is Channel.SOCIAL:
            return
        stated = {part for name in case.context.details.names for part in map(key, name.split())}
        for i in case.said:
            before = case.draft.previous_word(i) if words[i].norm in word_set("acts.address.close") else None
            if before is not None and (words[before].norm in self._names or words[before].norm in stated):
                start, end = case.draft.span(before, before + 1)
                slots = (("name", case.draft.text[start:end]),)
                dear = _joined(case.draft.text[start:end]) + " عزیز"
                edit = Edit((Change(start, case.draft.ends[i], dear),))
                yield Hit(i, i + 1, "name-jan", Severity.SUGGESTION, slots=slots, edits=(edit,))


def _left_out(draft: Analysis, first: int, last: int) -> Edit:
    """«سلام عزیزم، …» without «عزیزم»; at the start of a sentence the comma after it goes as well."""
    begin, end = draft.sentence(first)
    if any(draft.words[i].kind not in _FILLERS for i in range(begin, first)):
        return Edit((Change(draft.ends[first - 1], draft.ends[last - 1], ""),))
    while last < end and (draft.words[last].kind in _FILLERS or draft.words[last].norm in ("،", ",")):
        last += 1
    until = draft.starts[last] if last < len(draft.words) else draft.ends[-1]
    return Edit((Change(draft.starts[first], until, ""),))


def _called_by_name(case: Case, first: int, name: Sequence[int], called: str) -> Edit:
    """«جناب آقای رضایی» as «رضایی گرامی», or «رضایی عزیز»: ``called`` in the place of the title and the name."""
    draft = case.draft
    after = draft.next_word(name[-1])
    closed = after is not None and draft.words[after].norm in word_set("acts.address.polite")
    dear = "" if closed else " گرامی" if case.formal else " عزیز"
    return Edit((Change(draft.starts[first], draft.ends[name[-1]], _joined(called) + dear),))


def _degree(draft: Analysis, tokens: Sequence[int]) -> str:
    """«دکتر » of «آقای دکتر نوری»: earned, and no guess."""
    return draft.text[slice(*draft.span(tokens[0], tokens[-1] + 1))] + " " if tokens else ""


def _joined(name: str) -> str:
    """Return a name ready for «عزیز» after it: «رضای», «پرتوی»."""
    return name + "ی" if name.endswith(("ا", "و")) else name
