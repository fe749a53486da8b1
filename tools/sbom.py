"""Write what an installation of hamdel consists of: a bill of materials in CycloneDX's JSON, version 1.6.

``python -m tools.sbom audit serve > sbom.json`` reads the environment that it runs in: hamdel, what it requires, what
these require in turn, each as it is installed here, with its licence as the package says it and its address in the
package index. The extras that are named count, too. Nothing is looked up anywhere.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from importlib import metadata
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

__all__ = ["document", "main"]

_SPEC = "1.6"
_NAME = "hamdel"


def document(extras: Sequence[str] = ()) -> dict[str, Any]:
    """Return the bill of materials.

    Args:
        extras: those of hamdel's own that count.

    Raises:
        metadata.PackageNotFoundError: hamdel isn't installed, or something that it requires.
    """
    found: dict[str, metadata.Distribution] = {}
    edges: dict[str, set[str]] = {}
    waiting: list[tuple[str, frozenset[str]]] = [(_NAME, frozenset(extras))]
    seen = set(waiting)
    while waiting:
        name, wanted = waiting.pop()
        found[name] = found.get(name) or metadata.distribution(name)
        for needed in _requirements(found[name], wanted):
            edges.setdefault(name, set()).add(needed[0])
            if needed not in seen:
                seen.add(needed)
                waiting.append(needed)
    edges.get(_NAME, set()).discard(_NAME)  # hamdel[all] names hamdel
    root = _component(found.pop(_NAME), "application")
    components = [_component(found[name], "library") for name in sorted(found)]
    refs = {canonicalize_name(one["name"]): one["bom-ref"] for one in (root, *components)}
    depends = [
        {"ref": refs[name], "dependsOn": sorted(refs[one] for one in edges.get(name, ()))} for name in sorted(refs)
    ]
    body = {"metadata": {"component": root}, "components": components, "dependencies": depends}
    serial = uuid5(NAMESPACE_URL, json.dumps(body, sort_keys=True))  # the same materials have the same number
    return {"bomFormat": "CycloneDX", "specVersion": _SPEC, "serialNumber": f"urn:uuid:{serial}", "version": 1, **body}


def _requirements(one: metadata.Distribution, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """What a package requires here, with the extras of each."""
    here: dict[str, Any] = dict(default_environment())
    for line in one.requires or ():
        needed = Requirement(line)
        marker = needed.marker
        if marker is None or any(marker.evaluate({**here, "extra": extra}) for extra in (extras or ("",))):
            yield canonicalize_name(needed.name), frozenset(needed.extras)


def _component(one: metadata.Distribution, kind: str) -> dict[str, Any]:
    name, version = canonicalize_name(one.metadata["Name"]), one.version
    purl = f"pkg:pypi/{name}@{version}"
    told = {"type": kind, "bom-ref": purl, "name": name, "version": version, "purl": purl}
    about = one.metadata.get("Summary")
    return {**told, **({"description": about} if about else {}), **_licence(one.metadata)}


def _licence(headers: Any) -> dict[str, Any]:
    """The licence, as an expression where the package gives one, else by the names that it uses."""
    expression = headers.get("License-Expression")
    if expression:
        return {"licenses": [{"expression": expression}]}
    classifiers = headers.get_all("Classifier", ())
    classified = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License")]
    short = re.match(r"[^\n]{1,60}\Z", (headers.get("License") or "").strip())
    names = classified or ([short[0]] if short else [])
    return {"licenses": [{"license": {"name": name}} for name in names]} if names else {}


def main() -> None:
    """Write the bill of the extras that are named."""
    json.dump(document(sys.argv[1:]), sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
