"""«تو» to a customer: respect/tu-form, and its milder neighbour respect/tv-mix («شما می‌تونی»).

Evidence is a whole token, never a suffix: person and number come from the lexicon, possessed nouns from a closed
list, and a form that is also a noun («بدی», «داری», «خریدی») needs something else in its clause that says «تو».
"""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import NamedTuple

from hamdel.checks.respect.address.companions import KEEP, Before, Companions
from hamdel.checks.respect.address.doubts import closes, familiar_reading, is_bare, previous_lemma
from hamdel.checks.respect.address.homographs import is_another_word
from hamdel.checks.respect.address.mixing import CLITIC, COPULA, IMPERATIVE, OBJECT_MARKS, PRONOUN, VERB, mixed_from
from hamdel.checks.respect.address.pluralising import edits_by_sentence, polite_forms
from hamdel.checks.respect.address.possession import ENDINGS
from hamdel.evidence.acts.reported import is_reported
from hamdel.evidence.case import Case, Hit
from hamdel.language.analysis import Analysis
from hamdel.language.bounded_cache import Memory
from hamdel.language.fold import key
from hamdel.language.lexicon import Reading
from hamdel.language.sets import word_set
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word
from hamdel.model import Edit
from hamdel.phrasebank import CheckDef

__all__ = ["TuForms"]

_WITH_CLITIC = word_set("familiar.form.with_clitic")
_AFTER_TO = word_set("grammar.particle.after_you")
_BEFORE_TO = word_set("grammar.particle.before_you")
_SHOCK = word_set("familiar.form.before_shock")
#: Bare subjunctives («کنی») that are hardly ever anything else; others («بازی», «روی», «بینی») are mostly nouns.
_BARE = word_set("familiar.form.bare")
_KURDISH = word_set("familiar.before.kurdish")
_DEVICES = word_set("familiar.before.devices")
#: Nouns that «بده» makes a command with.
_GIVEN = word_set("familiar.before.given")
_SUBORDINATORS = word_set("grammar.leading.subordinate")
_MODALS = word_set("grammar.verb.modal")
#: Adjectives that «شو» makes a command with.
_BECOMING = word_set("familiar.before.becoming")
#: Verbs whose commands support agents use; others («بچش», «نخور», «بشین») are mostly something else.
_COMMANDS = word_set("familiar.verb.commands")
#: Verbs whose past «ـی» form is hardly ever a noun with an indefinite ی.
_PLAIN = word_set("familiar.verb.plain")
_COMPOUND_DARI = word_set("familiar.before.keeping")
_REACH = 6
_MAY_END = (*ENDINGS, "ی")
_GIVE = word_set("familiar.form.give")
_HAVE = word_set("familiar.form.have")
_OUGHT = word_set("grammar.auxiliary.long")
_NEVER, _ASKED, _ALWAYS = range(3)  # when a word may be a form
_WORDS = 8_000  # in a generation


class _Form(NamedTuple):
    token: int
    kind: str
    sure: bool


def _is_others(draft: Analysis, i: int) -> bool:
    """Tell whether a word is somebody else's («گفت تو …»); what comes of saying it («بگو تا پیدات کنم») isn't."""
    return is_reported(draft, i) and not any(word.norm == "تا" for word in draft.words[draft.sentence(i)[0] : i])


class TuForms:
    """Finds forms that address one familiar person, once for both checks.

    Args:
        check: the definition of respect/tu-form; its options list nouns that take «ـت».
        lookup: the lexicon's readings of a matching key.
    """

    def __init__(self, check: CheckDef, lookup: Callable[[str], tuple[Reading, ...]]) -> None:
        self._lookup = lookup
        self._companions = Companions(check, lookup, Before(_GIVEN, _KURDISH, _DEVICES, _COMPOUND_DARI, _BECOMING))
        self._possessions = self._companions.possessions
        self._pronouns = _WITH_CLITIC | frozenset(map(key, check.words("pronouns"))) | {"تو"}
        self._settled = (self._pronouns | _OUGHT) - {"تو"}  # one that isn't a form for sure is none
        self._doubts = Memory[Word, int](_WORDS)
        self._last: tuple[Case, tuple[list[Hit], list[Hit]]] | None = None

    def forms(self, case: Case) -> tuple[list[_Form], list[_Form]]:
        """Return the «تو» forms of the draft, and what may be one beside them though nobody can tell."""
        found = [form for i in self._candidates(case) if (form := self._form(case.draft, i))]
        quoted = {form.token: form for form in found if form.sure and _is_others(case.draft, form.token)}
        sure = {form.token: form for form in found if form.sure and form.token not in quoted}
        sentences = {case.draft.sentence(token) for token in sure}
        forms: list[_Form] = list(sure.values())
        doubts = [form for form in quoted.values() if case.draft.sentence(form.token) in sentences]
        for i in self._others(case, sentences) if sentences else ():
            known = i in sure or i in quoted or case.draft.words[i].norm in self._settled
            if not (known or is_another_word(case.draft, i)):
                kind, certain = self._companions.beside(case.draft, i)
                if certain is not False:
                    (forms if certain and not _is_others(case.draft, i) else doubts).append(_Form(i, kind, False))
        return sorted(forms), doubts

    def _candidates(self, case: Case) -> list[int]:
        """Return the tokens that `_form` may find to be one: few, and most are known to be none by their word alone."""
        doubts, candidates = self._doubts, []
        for i, word in zip(case.said, case.said_words, strict=True):
            doubt = doubts[word]
            if doubt is None:
                doubt = doubts[word] = self._doubt(word)
            if doubt == _ALWAYS or (doubt == _ASKED and case.marked):
                candidates.append(i)
        return candidates

    def _doubt(self, word: Word) -> int:
        """Tell when a word may be a form: never, always, or where something is asked («مطمئنی؟»)."""
        norm = word.norm
        if word.kind is not Kind.WORD or norm in _OUGHT:
            return _NEVER
        listed = norm.endswith(ENDINGS) and self._possessions.listed(norm)
        if norm in self._pronouns or word.familiar or listed:
            return _ALWAYS
        return _ASKED if norm[-1:] == "ی" else _NEVER

    def _others(self, case: Case, sentences: Container[tuple[int, int]]) -> list[int]:
        """Return the tokens that `Companions.beside` may know in sentences that say «تو» for sure."""
        draft, also = case.draft, self._pronouns | KEEP
        words = [(i, draft.words[i]) for i in case.said if draft.sentence(i) in sentences]
        return [i for i, word in words if word.familiar or word.norm.endswith(_MAY_END) or word.norm in also]

    def _form(self, draft: Analysis, i: int) -> _Form | None:
        word = draft.words[i]
        if word.kind is not Kind.WORD or word.norm in _OUGHT or is_another_word(draft, i):
            return None
        if word.norm == "تو":
            return _Form(i, PRONOUN, True) if _is_pronoun(draft, i) else None
        if word.norm in self._pronouns:
            shock = word.norm == "بهت" and i and draft.words[i - 1].norm in _SHOCK
            return None if shock else _Form(i, PRONOUN, True)
        if word.norm.endswith(ENDINGS) and self._possessions.listed(word.norm):
            return _Form(i, CLITIC, True)
        if word.familiar:
            return _verb_form(draft, i)
        asked = word.norm[-1:] == "ی" and self._companions.asked(draft, i)
        return _Form(i, COPULA, True) if asked else None

    def hits(self, case: Case) -> tuple[list[Hit], list[Hit]]:
        """Return the hits of respect/tu-form and of respect/tv-mix; remembers the last case."""
        if self._last is None or self._last[0] is not case:
            self._last = (case, self._hits(case))
        return self._last[1]

    def _hits(self, case: Case) -> tuple[list[Hit], list[Hit]]:
        tu: list[Hit] = []
        mix: list[Hit] = []
        draft = case.draft
        forms, doubts = self.forms(case)
        kinds = [(form.token, form.kind) for form in sorted((*forms, *doubts))]
        better = polite_forms(case, kinds, self._lookup, self._possessions) if forms else {}
        edits = edits_by_sentence(draft, kinds, better, {form.token for form in doubts})
        for form in forms:
            start = mixed_from(draft, form.token, form.kind)
            first = form.token if start is None else start
            hit = _hit(draft, form, first, better[form.token], edits.get(draft.sentence(form.token)))
            (tu if start is None else mix).append(hit)
        return tu, _without_overlaps(mix)


def _without_overlaps(hits: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in hits:
        if not kept or hit.first >= kept[-1].last:
            kept.append(hit)
    return kept


def _hit(draft: Analysis, form: _Form, first: int, better: str | None, edit: Edit | None) -> Hit:
    i = form.token
    raw = draft.raw(i)
    slots = (("replacement", better or raw), ("form", raw))
    return Hit(first, i + 1, form.kind, evidence=(raw,), slots=slots, edits=(edit,) if edit else ())


def _is_pronoun(draft: Analysis, i: int) -> bool:
    """Tell «تو» (you) from «تو» (in) and from the oath «تو رو (به) خدا»."""
    after, before = draft.next_word(i), draft.previous_word(i)
    if "خدا" in [word.norm for word in draft.words[i + 2 : i + 4]] and draft.words[i + 1].norm in OBJECT_MARKS:
        return False
    following = draft.words[after] if after is not None else None
    if before is not None and draft.words[before].norm in _BEFORE_TO:
        return True
    if following is None or following.norm in _AFTER_TO or following.kind is not Kind.WORD:
        return following is None or following.norm not in ("»",)
    if following.finite:
        return following.familiar
    return following.pos in ("ADV", "SCONJ") and _second_within_reach(draft, i)


def _second_within_reach(draft: Analysis, i: int) -> bool:
    last = draft.clause(i)[1]
    return any(word.familiar for word in draft.words[i + 1 : min(last, i + _REACH + 1)])


def _verb_form(draft: Analysis, i: int) -> _Form | None:
    word = draft.words[i]
    reading = familiar_reading(word)
    if "Mood=Imp" in reading.feats:
        command = _is_command(draft, i, reading.lemma)
        return _Form(i, IMPERATIVE, command) if command or word.norm in _GIVE else None
    if is_bare(reading, word.norm) and word.norm not in _BARE:
        return None
    if previous_lemma(draft, i) in (_COMPOUND_DARI if word.norm in _HAVE else _KURDISH):
        return None
    if word.norm.endswith("های"):  # «خریده‌ای» is written like «خریدهای», and «شده‌ای» may be "a … one"
        return _Form(i, VERB, _acts_as_verb(draft, i) or (reading.lemma in _PLAIN and closes(draft, i)))
    plain = reading.lemma in _PLAIN and "Tense=Past" in reading.feats
    if plain or word.norm in _BARE or not word.doubtful or _acts_as_verb(draft, i):
        return _Form(i, VERB, True)
    listed = any(r.pos in ("NOUN", "ADJ", "ADP") for r in word.readings)  # «بدی», «بری»: words of their own
    return None if listed else _Form(i, VERB, False)


def _is_command(draft: Analysis, i: int, lemma: str) -> bool:
    """Tell a command from its homographs: «خشک کن» is a dryer, «شو» may be «ـش رو», «نشون بده» may be "he show"."""
    norm, before, after = draft.words[i].norm, previous_lemma(draft, i), draft.next_word(i)
    if norm == "کن":
        return before not in _DEVICES
    if lemma == "شدن":
        return before in _BECOMING
    if norm in _GIVE:
        return (not before or before == "را" or before in _GIVEN) and not _subordinate(draft, i)
    if after is not None and draft.words[after].norm.startswith("مگو"):
        return False
    return lemma in _COMMANDS and (not draft.words[i].doubtful or _acts_as_verb(draft, i))


def _subordinate(draft: Analysis, i: int) -> bool:
    """Tell whether something before token ``i`` makes a subjunctive of it: «باید نشون بده», «کسی هست جواب بده؟»."""
    begin = draft.sentence(i)[0]
    if any(word.norm in _SUBORDINATORS or word.lemma in _MODALS for word in draft.words[begin:i]):
        return True
    return any(word.finite and word.person == 3 for word in draft.words[draft.clause(i)[0] : i])


def _acts_as_verb(draft: Analysis, i: int) -> bool:
    """The form closes its clause, and an object stands before it."""
    if not closes(draft, i) or draft.previous_word(i) is None:
        return False
    begin = draft.clause(i)[0]
    return any(word.norm in OBJECT_MARKS for word in draft.words[max(begin, i - 4) : i])
