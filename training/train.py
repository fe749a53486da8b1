"""Make the learned reader's model: ``python -m training.train`` (a quarter of an hour on one core).

The same corpus, code and machine give the same bytes. Figures of conversations that were left out are printed, and
thresholds come from nothing else. See README.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from hamdel.evidence.learned.inference import MODEL
from training.corpus import CORPUS
from training.exemplars import choose
from training.folds import networks
from training.making import make_model
from training.material import corpus_digest, gather, unseen
from training.measuring import measure


def main() -> None:
    """Train, print figures, write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--unseen", type=Path, help="keep what is said of left-out files here, or take it from here")
    parser.add_argument("--figures", action="store_true", help="stop after the figures")
    options = parser.parse_args()
    material = gather(options.corpus)
    left_out = unseen(material, options.unseen)
    made = measure(material, left_out)
    if not options.figures:
        everything = np.ones(len(material.inputs.files), bool)
        trained = networks(material.inputs.rows, everything)
        exemplars = choose(material.talks, material.pairs, material.inputs, left_out)
        make_model(options.model, material, made, trained, corpus_digest(options.corpus), exemplars=exemplars)


if __name__ == "__main__":
    main()
