"""Does the compiled lexicon answer as hazm does? Compares them on every token of real text.

    python benchmarks/lexicon_vs_hazm.py FILE...

Tokens are those of hazm's ``WordTokenizer``. Two questions are asked of each: is it a word of hazm's list, and which
root has it in the table of hazm's ``Lemmatizer``. Exits with 1 when hazm knows a word or a root that the lexicon
doesn't, apart from what the lexicon leaves out (tenses of several tokens) or corrects (see verbs.toml) by design.
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from hamdel.base.resources import phrasebank_dir
from hamdel.language.fold import key
from hamdel.language.lexicon import Lexicon

TOP = 30
BOTH_WORD, MISS_WORD = "word: both", "word: hazm only"
FIRST_ROOT, LATER_ROOT, MISS_ROOT = "root: both", "root: both, the lexicon's first is another", "root: hazm only"
COMPOUND, CORRECTED = "left out: tenses of several tokens", "corrected: misprints, copula, stems in a vowel, preverbs"
OURS, UNKNOWN = "verb: lexicon only", "unknown to both"


class Corrections:
    """What the lexicon changes in hazm's verbs."""

    def __init__(self) -> None:
        table = tomllib.loads((phrasebank_dir() / "lexicon" / "verbs.toml").read_text(encoding="utf-8"))
        self._roots = set(table["wrong"])
        self._verbs = set(table["skip"].split()) | {
            preverb + base for preverb, bases in table["preverbs"].items() for base in bases.split()
        }

    def __contains__(self, root: str) -> bool:
        past, _, present = root.partition("#")
        vowel = present.endswith(("ا", "آ", "گو", "جو")) or past.startswith(("ا", "آ"))
        return not past or vowel or root in self._roots or f"{past}ن" in self._verbs


def verdicts(token: str, hazm: Any, lexicon: Lexicon, corrections: Corrections) -> Iterator[str]:
    """Yield how the two compare on one token of hazm's."""
    readings = lexicon.lookup("".join(key(token.replace("_", "")).split()))
    lemmas = list(dict.fromkeys(reading.lemma for reading in readings if reading.pos in ("VERB", "AUX")))
    root = hazm.verbs.get(token)
    if token in hazm.words:
        yield BOTH_WORD if readings else MISS_WORD
    elif root is None and not readings:
        yield UNKNOWN
    if root is not None:
        yield root_verdict(token, root, lemmas, corrections)
    elif lemmas:
        yield OURS


def root_verdict(token: str, root: str, lemmas: list[str], corrections: Corrections) -> str:
    lemma = root.partition("#")[0].removesuffix("ن") + "ن"  # some of hazm's roots are infinitives already
    if lemma in lemmas:
        return FIRST_ROOT if lemma == lemmas[0] else LATER_ROOT
    if "_" in token:
        return COMPOUND
    return CORRECTED if root in corrections else MISS_ROOT


def compare(lines: Iterable[str], hazm: Any, lexicon: Lexicon) -> dict[str, Counter[str]]:
    """Return the tokens under each verdict."""
    tokenizer = import_module("hazm").WordTokenizer()
    corrections = Corrections()
    found: dict[str, Counter[str]] = {}
    for line in lines:
        for token in tokenizer.tokenize(line):
            if any(char.isalpha() for char in token):
                for verdict in verdicts(token, hazm, lexicon, corrections):
                    found.setdefault(verdict, Counter())[token] += 1
    return found


def share(found: dict[str, Counter[str]], agree: list[str], miss: str) -> str:
    yes = sum(found.get(name, Counter()).total() for name in agree)
    both = yes + found.get(miss, Counter()).total()
    return f"{yes} of {both} tokens ({100 * yes / max(both, 1):.3f} %)"


def show(found: dict[str, Counter[str]], hazm: Any) -> None:
    print("words of hazm that the lexicon knows:", share(found, [BOTH_WORD], MISS_WORD))
    print("roots of hazm that the lexicon has:  ", share(found, [FIRST_ROOT, LATER_ROOT], MISS_ROOT))
    for verdict in (MISS_WORD, MISS_ROOT, LATER_ROOT, CORRECTED, COMPOUND, OURS, UNKNOWN):
        tokens = found.get(verdict, Counter())
        print(f"\n{verdict}: {tokens.total()} tokens, {len(tokens)} forms")
        for token, count in tokens.most_common(TOP):
            print(f"{count:7} {token} {hazm.verbs.get(token, '')}")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", nargs="+", type=Path, help="UTF-8 text")
    files = parser.parse_args().file
    start = time.perf_counter()
    lexicon = Lexicon.open()
    print(f"lexicon opened in {1000 * (time.perf_counter() - start):.1f} ms")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        hazm = import_module("hazm").Lemmatizer()
    print(f"hazm opened in {time.perf_counter() - start:.1f} s")
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    found = compare(lines, hazm, lexicon)
    print(f"{len(lines)} lines\n")
    show(found, hazm)
    return int(any(found.get(verdict) for verdict in (MISS_WORD, MISS_ROOT)))


if __name__ == "__main__":
    sys.exit(main())
