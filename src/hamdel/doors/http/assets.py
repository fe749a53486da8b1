"""The page's files: which there are is settled at the start, so no address leads to another one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

__all__ = ["Asset", "read_assets", "respond"]

_FOLDER = Path(__file__).with_name("assets")
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
}
_PAGE = ".html"
_INDEX = "index"
_BARE = """<!doctype html><html lang="fa" dir="rtl"><meta charset="utf-8"><title>همدل</title>
<p>سرور همدل کار می‌کند، ولی صفحه‌اش در این نصب نیست.</p>
<p dir="ltr" lang="en">hamdel serves its API here; its page isn't part of this installation.</p></html>
"""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file.

    Attributes:
        data: all of it.
        type: what it is.
        tag: its entity tag.
    """

    data: bytes
    type: str
    tag: str

    @property
    def is_page(self) -> bool:
        """Whether it is a page, which is asked for anew each time."""
        return self.type == _TYPES[_PAGE]


def read_assets(folder: Path = _FOLDER) -> Mapping[str, Asset]:
    """Return the files of a folder by their address; pages go without ``.html`` and ``index``."""
    found = {"/": _asset(_BARE.encode("utf-8"), _PAGE)}
    for path in sorted(folder.rglob("*")):
        if path.suffix in _TYPES and path.is_file():
            found[_address(path.relative_to(folder))] = _asset(path.read_bytes(), path.suffix)
    return found


def _address(path: Path) -> str:
    if path.suffix != _PAGE:
        return f"/{path.as_posix()}"
    name = path.with_suffix("").as_posix()
    return f"/{name.removesuffix(_INDEX)}" if path.stem == _INDEX else f"/{name}"


def _asset(data: bytes, suffix: str) -> Asset:
    return Asset(data, _TYPES[suffix], f'"{hashlib.blake2b(data, digest_size=12).hexdigest()}"')


def respond(asset: Asset, request: Request) -> Response:
    """Return a file, or that it is still what the browser has."""
    headers = {"Content-Type": asset.type} if asset.is_page else {"Cache-Control": "no-cache", "ETag": asset.tag}
    if not asset.is_page and asset.tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(asset.data, headers={**headers, "Content-Type": asset.type})
