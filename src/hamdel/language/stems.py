"""The stems of verbs, formal and colloquial, put together for :mod:`hamdel.language.verbs`.

Source: hazm's verbs.dat and iverbs.dat, and ``phrasebanks/lexicon/verbs.toml``, which has the last word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

__all__ = ["Verb", "assemble"]

_Roots = tuple[list[str], list[str]]
_VOWELS: Final = ("ا", "آ")
_COPULA: Final = "است"  # hazm's present stem of بودن; its forms come from a table


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb's stems; ``rank`` is its place among the living verbs, ``None`` for one out of use.

    ``traits`` (see verbs.toml): ``aux``, ``light``, ``indicative``, ``future``, ``impersonal``, ``bare imperative``.
    """

    lemma: str
    pasts: tuple[str, ...] = ()
    presents: tuple[str, ...] = ()
    imperatives: tuple[str, ...] = ()
    spoken_pasts: tuple[str, ...] = ()
    spoken_presents: tuple[str, ...] = ()
    spoken_imperatives: tuple[str, ...] = ()
    spoken_bare: bool = False
    preverb: str = ""
    rank: int | None = None
    traits: frozenset[str] = frozenset()

    @property
    def pos(self) -> str:
        """The part of speech of the finite forms."""
        return "AUX" if "aux" in self.traits else "VERB"

    @property
    def archaic(self) -> bool:
        """Whether the verb is out of use."""
        return self.rank is None


def assemble(lines: Iterable[str], spoken_lines: Iterable[str], ours: dict[str, Any]) -> list[Verb]:
    """Return all verbs.

    Args:
        lines: hazm's verbs, ``past#present``.
        spoken_lines: hazm's colloquial stems, ``past#present stem flag``.
        ours: the content of verbs.toml.
    """
    skipped = set(ours["skip"].split())
    lines = [line for line in (*lines, *ours["extra"]) if line.strip() not in ours["wrong"]]
    ranks = {lemma: rank for rank, lemma in enumerate(ours["common"].split())}
    spoken = _hazm_spoken(spoken_lines) | ours["colloquial"]
    verbs = {
        lemma: _with_spoken(_formal(lemma, roots, ranks.get(lemma), ours), spoken.get(lemma))
        for lemma, roots in _roots(lines).items()
        if lemma not in skipped
    }
    verbs |= _compounds(verbs, ours["preverbs"], len(ranks))
    return [*verbs.values(), *_spoken_compounds(ours["spoken"], len(ranks))]


def _roots(lines: Iterable[str]) -> dict[str, _Roots]:
    """Return pasts and presents by infinitive."""
    roots: dict[str, _Roots] = defaultdict(lambda: ([], []))
    for line in lines:
        past, present = (part.strip() for part in line.split("#"))
        if past.endswith(("دن", "تن")):
            past = past[:-1]  # some entries give the infinitive: «پیچیدن#پیچ»
        if past:
            roots[past + "ن"][0].append(past)
            roots[past + "ن"][1].extend(stem for stem in present.split(" یا ") if stem != _COPULA)
    return roots


def _formal(lemma: str, roots: _Roots, rank: int | None, ours: dict[str, Any]) -> Verb:
    pasts, presents = roots
    finite = [_finite_stem(stem, presents) for stem in presents]
    short = [stem[:-1] if stem.endswith(("ای", "آی")) else stem for stem in presents]  # «بفرما», «بیا»
    return Verb(
        lemma=lemma,
        pasts=tuple(dict.fromkeys(pasts)),
        presents=tuple(dict.fromkeys(finite)),
        imperatives=() if rank is None else tuple(dict.fromkeys(short)),
        rank=rank,
        traits=_traits(lemma, finite, ours),
    )


def _finite_stem(stem: str, stems: list[str]) -> str:
    """Return the stem that takes endings: «گوی» for «گو», «فرمای» for «فرما», but «رو» itself."""
    return stem + "ی" if stem.endswith(_VOWELS) or stem + "ی" in stems else stem


def _traits(lemma: str, presents: Iterable[str], ours: dict[str, Any]) -> frozenset[str]:
    light = lemma in ours["light"].split()
    found = {
        "light": light,
        "bare imperative": light and not set(ours["bare_imperatives"].split()).isdisjoint(presents),
        "indicative": lemma in ours["indicative"].split(),
        "aux": lemma == ours["copula"]["lemma"],
        "future": lemma == ours["future"],
        "impersonal": lemma == ours["impersonal"],
    }
    return frozenset(trait for trait, holds in found.items() if holds)


def _with_spoken(verb: Verb, spoken: dict[str, Any] | None) -> Verb:
    """Add the colloquial stems, by the rule of «ان» when nothing says otherwise."""
    if spoken is None:
        spoken = _with_un(verb.pasts[0], verb.presents[0])
    presents = tuple(spoken.get("present", ()))
    return replace(
        verb,
        spoken_pasts=tuple(spoken.get("past", ())),
        spoken_presents=presents,
        spoken_imperatives=tuple(stem for stem in presents if len(stem) > 1 and not stem.endswith("ا")),
        spoken_bare=spoken.get("bare", False),
    )


def _with_un(past: str, present: str) -> dict[str, Any]:
    """Return the spoken stems of a verb in «ان»: «رسون» and «رسوند»."""
    if not (present.endswith("ان") and past.endswith("اند")):
        return {}
    return {"present": [present[:-2] + "ون"], "past": [past[:-3] + "وند"]}


def _hazm_spoken(lines: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return hazm's colloquial present stems, from lines like «توانست#توان تون 0»."""
    spoken: dict[str, dict[str, Any]] = {}
    for line in lines:
        roots, stem, _ = line.split()
        past, present = roots.split("#")
        if stem != present:
            spoken[past + "ن"] = _with_un(past, present) | {"present": [stem]}
    return spoken


def _compounds(verbs: dict[str, Verb], preverbs: dict[str, str], rank: int) -> dict[str, Verb]:
    """Return the verbs with a preverb: «برگشتن» is «بر» and گشتن."""
    return {
        preverb + base: replace(verbs[base], lemma=preverb + base, preverb=preverb, rank=rank, traits=frozenset())
        for preverb, bases in preverbs.items()
        for base in bases.split()
    }


def _spoken_compounds(table: dict[str, dict[str, Any]], rank: int) -> list[Verb]:
    """Return the preverb verbs that only the spoken language has: «ورداشتن», «وایسادن»."""
    return [
        Verb(
            lemma=lemma,
            spoken_pasts=tuple(stems["past"]),
            spoken_presents=tuple(stems["present"]),
            spoken_imperatives=tuple(stems["imperative"]),
            preverb=stems["preverb"],
            rank=rank,
        )
        for lemma, stems in table.items()
    ]
