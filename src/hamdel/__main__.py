"""``python -m hamdel`` is ``hamdel``."""

from __future__ import annotations

from hamdel.doors.cli import main

if __name__ == "__main__":
    main()
