"""Does every «تو» form of hazm's verbs become the right «شما» form?

    python benchmarks/plural_forms.py

Formal forms and their plurals come from hazm's ``Conjugation``, whose lists hold the second persons at fixed places, in
Persian spelling («نیاراستی» for hazm's «نآراستی»); colloquial ones are those that hamdel generates from stems, and a
plural is right when it is generated as well, for the same verb, tense and polarity. A command's plural is the
subjunctive's. Prints a row for each group, then the forms that went wrong; exits with 1 when fewer than 99 % are right.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from common import machine, row, share

from hamdel.language.fold import key
from hamdel.language.lexicon import Lexicon
from hamdel.language.lexicon_compiling import _sources
from hamdel.language.plural_verbs import plural_form
from hamdel.language.stems import Verb
from hamdel.language.verbs import (
    _PAST_ROWS,
    _PERFECT_ROWS,
    Form,
    _present_rows,
    _rests,
    _spellings,
    _takes_be,
    verb_forms,
)

SINGULAR, PLURAL = 1, 4  # places of the second persons in hazm's lists of six
PARTICIPLE = 3  # hazm's present perfect has a seventh form


class Pair(NamedTuple):
    group: str
    singular: str
    plurals: frozenset[str]
    formal: bool


def hazm_pairs(verb: Verb, conjugation: object) -> Iterator[Pair]:
    """Yield the formal pairs of a verb, straight from hazm."""
    rows = [(stem, row) for stem in verb.pasts for row in (*_PAST_ROWS, *_PERFECT_ROWS)]
    rows += [(stem, row) for stem in verb.presents for row in _present_rows(verb)]
    for stem, tense in rows:
        forms = _rests(conjugation, tense, stem)
        if tense in _PERFECT_ROWS:
            forms.pop(PARTICIPLE)
        if tense.prefix == "ب" and not _takes_be(verb, forms[SINGULAR]):
            continue  # «بربداری» is no word
        spelled = (_spellings(tense.prefix, forms[place], "") for place in (SINGULAR, PLURAL))
        for (singular, _), (plural, _) in zip(*spelled, strict=True):
            group = f"formal, {tense.prefix or 'bare'}"
            yield Pair(group, verb.preverb + singular, frozenset((key(verb.preverb + plural),)), True)


def generated_pairs(verb: Verb, conjugation: object) -> Iterator[Pair]:
    """Yield colloquial forms and commands, each with every plural that is generated for it."""
    plurals: dict[str, set[str]] = defaultdict(set)
    singular: list[Form] = []
    for form in verb_forms(verb, conjugation):
        feats = form.feats.split("|")
        if form.pos in ("VERB", "AUX") and "Person=2" in feats:
            if "Number=Plur" in feats:
                plurals[tense_of(form)].add(key(form.text))
            else:
                singular.append(form)
    for form in singular:
        command = "Mood=Imp" in form.feats
        if (command or "Style=Coll" in form.feats) and "Style=Arch" not in form.feats:
            right = frozenset(plurals[tense_of(form)])
            for formal in (True, False):
                style = "formal" if formal else "colloquial"
                yield Pair(f"command, {style}" if command else "colloquial", form.text, right, formal)


def tense_of(form: Form) -> str:
    """Return what a singular and its plural share; a command's mood is the subjunctive."""
    feats = form.feats.replace("Mood=Imp", "Mood=Sub|Tense=Pres").split("|")
    return "|".join(sorted({feat for feat in feats if not feat.startswith(("Number", "Style"))}))


def main() -> int:
    sources, lexicon = _sources(), Lexicon.open()
    right: dict[str, int] = defaultdict(int)
    total: dict[str, int] = defaultdict(int)
    wrong: dict[str, str | None] = {}
    for verb in sources.verbs:
        for read in (hazm_pairs, generated_pairs):
            for pair in dict.fromkeys(read(verb, sources.conjugation)):
                found = plural_form(pair.singular, lexicon.lookup, formal=pair.formal)
                total[pair.group] += 1
                if found is not None and key(found) in pair.plurals:
                    right[pair.group] += 1
                else:
                    wrong[f"{verb.lemma}: {pair.singular}"] = found
    print(machine())
    for group, count in total.items():
        row(group, share(right[group], count))
    row("all", share(sum(right.values()), sum(total.values())))
    for form, found in wrong.items():
        print(f"  {form} -> {found}")
    return int(sum(right.values()) < 0.99 * sum(total.values()))


if __name__ == "__main__":
    sys.exit(main())
