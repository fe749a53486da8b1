"""What of hamdel itself decides an audit's tables besides its version: its lexicon, learned model and phrasebank."""

from __future__ import annotations

import hashlib
from functools import cache

from hamdel.base.resources import phrasebank_dir
from hamdel.evidence.learned.header import MODEL
from hamdel.language.lexicon import lexicon_name

__all__ = ["shipped_digests"]


@cache
def shipped_digests() -> dict[str, str]:
    """Return what tells the data of one installation from those of another, by name.

    The lexicon's name holds the versions of what it is compiled from and with. Line ends don't count, for Git may
    change them on Windows.

    Raises:
        LexiconError: hazm isn't installed.
    """
    phrases = hashlib.blake2b(digest_size=16)
    folder = phrasebank_dir()
    for path in sorted(folder.rglob("*.toml")):
        phrases.update(path.relative_to(folder).as_posix().encode() + b"\0")
        phrases.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    model = hashlib.blake2b(MODEL.read_bytes(), digest_size=16)
    return {"lexicon": lexicon_name(), "model": model.hexdigest(), "phrasebank": phrases.hexdigest()}
