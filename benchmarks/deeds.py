"""What an audit says replies do, against labels, on files that the learned reader didn't see.

Prints for each of the four: replies where it is called for, precision, recall, the share as people labelled it and as
it is read, and how far both are apart from file to file, each of which is one voice. Takes what `benchmarks/reader.py
--unseen FILE` keeps, and makes it where it isn't there; needs the extra ``train``.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from common import ROOT, machine

sys.path.insert(0, str(ROOT))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--unseen", type=Path, help="what is said of left-out files: kept here, or taken from here")
    options = parser.parse_args()
    from training.deeds import calibrated, count_deeds, figures_of
    from training.material import gather, unseen
    from training.measuring import unseen_messages

    print(machine())
    material = gather()
    known = unseen(material, options.unseen)
    counted = count_deeds(material.talks, calibrated(material, known), unseen_messages(material, known))
    for name, one in counted.items():
        told = "  ".join(f"{key} {value:.3f}" if isinstance(value, float) else f"{key} {value}"
                         for key, value in figures_of(one).items())  # fmt: skip
        print(f"{name:7s} {told}")


if __name__ == "__main__":
    main()
