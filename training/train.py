"""Make the learned reader's model: ``python -m training.train`` (a quarter of an hour on one core).

The same corpus, code and machine give the same bytes. Figures of conversations that were left out are printed, and
thresholds come from nothing else. See README.md.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"  # sums in one order: the same bytes

import numpy as np

from hamdel.evidence.analysing import make_analyzer
from hamdel.evidence.learned.inference import MODEL
from hamdel.evidence.learned.traits import shipped_traits
from training.corpus import CORPUS, Sentence, Talk, read_examples, read_messages, read_pairs, read_talks
from training.folds import Unseen, leave_out, networks
from training.inputs import Inputs, make_inputs

__all__ = ["Material", "corpus_digest", "gather", "unseen"]


@dataclass(frozen=True)
class Material:
    """The corpus, as text and as numbers."""

    talks: list[Talk]
    pairs: list[Sentence]
    messages: list[tuple[str, str, str]]
    inputs: Inputs


def say(text: str) -> None:
    """Tell on standard error how far it is."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def gather(folder: Path = CORPUS) -> Material:
    """Read the corpus."""
    talks, pairs, messages = read_talks(folder), read_pairs(folder), read_messages(folder)
    analyse = make_analyzer()
    told = [*talks, *read_examples(analyse)]
    inputs = make_inputs(told, pairs, [text for _, text, _ in messages], analyse, shipped_traits())
    say(f"{inputs.rows.features.shape[1]} features, {len(inputs.files)} sentences")
    return Material(talks, pairs, messages, inputs)


def corpus_digest(folder: Path = CORPUS) -> str:
    """Return a digest of all files of a corpus."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(folder.glob("*.jsonl")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def unseen(material: Material, cache: Path | None = None) -> Unseen:
    """Return what networks say of files that they didn't see; remembered in ``cache``, if it is given."""
    if cache is not None and cache.exists():
        known = np.load(cache)
        return Unseen(known["logits"], known["folds"], known["vectors"])
    found = leave_out(material.inputs, say)
    if cache is not None:
        np.savez(cache, logits=found.logits, folds=found.folds, vectors=found.vectors)
    return found


def main() -> None:
    """Train, print figures, write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--unseen", type=Path, help="keep what is said of left-out files here, or take it from here")
    parser.add_argument("--figures", action="store_true", help="stop after the figures")
    options = parser.parse_args()
    from training.exemplars import choose
    from training.making import make_model
    from training.measuring import measure

    material = gather(options.corpus)
    left_out = unseen(material, options.unseen)
    made = measure(material, left_out)
    if not options.figures:
        everything = np.ones(len(material.inputs.files), bool)
        trained = networks(material.inputs, everything)
        exemplars = choose(material.talks, material.pairs, material.inputs, left_out)
        make_model(options.model, material, made, trained, corpus_digest(options.corpus), exemplars=exemplars)


if __name__ == "__main__":
    main()
