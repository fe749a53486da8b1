"""The corpus as text and as numbers, and what networks say of files that were left out."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hamdel.evidence.analysing import make_analyzer
from hamdel.evidence.learned.traits import shipped_traits
from training.corpus import CORPUS, Sentence, Talk, read_examples, read_messages, read_pairs, read_said, read_talks
from training.folds import Unseen, leave_out
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
    told = [*talks, *read_examples(analyse), *read_said(talks, messages, analyse)]
    inputs = make_inputs(told, pairs, messages, analyse, shipped_traits())
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
