"""Write the extension for each family of browsers: ``python browser/build.py [FOLDER]`` (``browser/dist``)."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "src"))  # hamdel needn't be installed

from hamdel.doors.browser.building import build  # noqa: E402

if __name__ == "__main__":
    for made in build(HERE, Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "dist"):
        print(made)  # noqa: T201
