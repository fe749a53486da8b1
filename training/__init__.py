"""Makes the learned reader's model from the corpus; see README.md."""

from __future__ import annotations

import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"  # sums in one order: the same bytes
