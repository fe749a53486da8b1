"""All phrases of all checks in one pass over a text: fixed phrases by their keys, token patterns by spaCy's Matcher."""

from hamdel.evidence.phrases.index import PhraseHit, PhraseIndex

__all__ = ["PhraseHit", "PhraseIndex"]
