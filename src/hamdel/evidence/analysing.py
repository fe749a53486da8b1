"""Raw text to what the checks look at: the analysis and the phrases found in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from hamdel import language
from hamdel.base.disk_cache import DiskCache
from hamdel.base.resources import phrasebank_dir
from hamdel.evidence.phrases import PhraseHit, PhraseIndex
from hamdel.language.analysis import Analysis, Analyzer
from hamdel.language.fold import key
from hamdel.language.joining import Joiner
from hamdel.language.lexicon import Lexicon, lexicon_name
from hamdel.language.spacy_docs import DocMaker
from hamdel.language.words import Words
from hamdel.model import Severity
from hamdel.phrasebank import Bilingual, CheckDef, load_groups, load_table, load_words

__all__ = ["Reader", "make_analyzer"]

_EMOTIONS = "lexicon/emotions"
_READS_PHRASES = ("analysis", "collecting", "joining", "morphology", "tokenizer", "words")


def make_analyzer(*, remember: int = 1) -> Analyzer:
    """Return an analyzer over hazm's lexicon and hamdel's own word lists.

    Args:
        remember: how many times the usual number of words is kept in memory.

    Raises:
        LexiconError: hazm's data can't be found or compiled.
    """
    folder = phrasebank_dir() / "lexicon"
    variants = load_table(folder / "variants.toml")["variants"]
    lexicon = Lexicon.open()
    standards = {key(spelled): key(standard) for spelled, standard in variants.items()}
    words = Words(lexicon, standards, remember=remember)
    joiner = Joiner(lexicon, load_words(folder / "compounds.txt"), remember=remember)
    return Analyzer(words, joiner, remember=remember)


def _lists_digest() -> str:
    """Return a digest of everything that decides how a phrase is read."""
    digest = hashlib.blake2b(lexicon_name().encode(), digest_size=8)
    folder = phrasebank_dir() / "lexicon"
    modules = (Path(str(language.__file__)).with_name(f"{name}.py") for name in _READS_PHRASES)
    for path in (folder / "compounds.txt", folder / "variants.toml", *modules):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _emotions() -> CheckDef:
    """The emotion lexicon in the shape of a check, so that it is matched as checks are."""
    path = phrasebank_dir() / "lexicon" / "emotions.toml"
    empty = Bilingual("", "")
    return CheckDef(
        _EMOTIONS, Severity.SUGGESTION, "C", "phrase", (), (), empty, empty, empty, load_groups(path), path=path
    )


class Reader:
    """Reads drafts and customers' messages.

    Args:
        checks: whose phrases are looked for in drafts.
        remember: how many times the usual number of words is kept in memory.
    """

    def __init__(self, checks: Iterable[CheckDef], *, remember: int = 1) -> None:
        self.analyzer = make_analyzer(remember=remember)
        with_groups = [check for check in checks if check.groups]
        self._norms = DiskCache(f"phrases-{_lists_digest()}")
        self._docs = DocMaker()
        self._phrases = PhraseIndex(with_groups, self._norms_of)
        self._emotions = PhraseIndex([_emotions()], self._norms_of)
        self._norms.save()
        teams = {check.id for check in with_groups if not check.path.is_relative_to(phrasebank_dir())}
        self._phrases.compile(self._docs, teams)  # a team's file should fail at once, not when a draft has its words

    def _norms_of(self, phrase: str) -> list[str]:
        """Return the matching keys of a phrase's tokens; remembered on disk, for there are thousands of phrases."""
        known: list[str] | None = self._norms.get(phrase)
        if known is None:
            known = [word.norm for word in self.analyzer(phrase).words]
            self._norms.put(phrase, known)
        return known

    def read(self, draft: str) -> tuple[Analysis, dict[str, list[PhraseHit]]]:
        """Return a draft's analysis, and the phrases found in it by check id."""
        if self._docs.full:
            self._docs = DocMaker()
        analysis = self.analyzer(draft)
        found: dict[str, list[PhraseHit]] = {}
        for hit in self._phrases.find(analysis, self._docs):
            found.setdefault(hit.check, []).append(hit)
        return analysis, found

    def read_customer(self, message: str) -> tuple[Analysis, list[PhraseHit]]:
        """Return a customer's message, read, and the emotion phrases in it."""
        analysis = self.analyzer(message)
        return analysis, self._emotions.find(analysis, self._docs)
