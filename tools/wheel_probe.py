"""Try an installed wheel, as cibuildwheel does in a fresh environment: it needs nothing of the repository."""

from __future__ import annotations

import os
from pathlib import Path

import hamdel
from hamdel.archive.scan import has_kernel
from hamdel.base.resources import phrasebank_dir, template_dir

__all__ = ["main"]


def main() -> None:
    """Check a draft with the wheel's own data, and see that the kernel is there unless it was left out."""
    folder = Path(hamdel.__file__).parent
    if not all(path.is_relative_to(folder) for path in (phrasebank_dir(), template_dir())):
        raise SystemExit("the data isn't the wheel's own")
    if has_kernel() is bool(os.environ.get("HAMDEL_NO_KERNEL")):
        raise SystemExit("the kernel is missing, or there where it was left out")
    findings = hamdel.Checker().check("سلام. تو باید صبر کنی.", customer="سفارشم نرسیده").findings
    if findings[0].check != "respect/tu-form":
        raise SystemExit(f"found {[one.check for one in findings]}")


if __name__ == "__main__":
    main()
