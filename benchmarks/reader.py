"""The learned reader on files that it didn't see: average precision, recall at a precision, scores, alarms.

Trains fifteen networks (about ten minutes on one core), each without a fifth of the files of conversations; needs the
extra ``train``. ``--unseen FILE`` keeps what they say, so that the figures can be printed again in half a minute.
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
    parser.add_argument("--unseen", type=Path, help="keep what is said of left-out files here, or take it from here")
    options = parser.parse_args()
    from training.material import gather, unseen
    from training.measuring import measure

    print(machine())
    material = gather()
    measure(material, unseen(material, options.unseen))


if __name__ == "__main__":
    main()
