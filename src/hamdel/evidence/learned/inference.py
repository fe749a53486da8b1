"""From an analysis to evidence: the learned reader behind the checks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from hamdel.base.lazy import cached_property
from hamdel.evidence.customer import Context
from hamdel.evidence.learned.absences import AbsenceReader, draft_features
from hamdel.evidence.learned.exemplars import Exemplars
from hamdel.evidence.learned.header import MODEL
from hamdel.evidence.learned.model_file import Model
from hamdel.evidence.learned.network import LearnedReader
from hamdel.evidence.learned.traits import TraitReader, Traits
from hamdel.language.analysis import Analysis
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word
from hamdel.model import Emotion
from hamdel.model.evidence import EMOTIONS, Evidence, chance_of, chances_of, emotion_of

if TYPE_CHECKING:
    from hamdel.evidence.learned.team import Team
    from hamdel.evidence.learned.wordings import WordingReader
    from hamdel.model.learned import Learned

__all__ = ["MODEL", "EvidenceReader", "Limits", "Message", "message_cues", "said_words"]

_Floats = npt.NDArray[np.float32]

_SILENT_BUT_SAID = frozenset((Kind.URL, Kind.EMAIL, Kind.CODE, Kind.SLOT))
_SENTENCES = 60  # of a draft that are read; nobody reads on, and a pasted log may have thousands
_WEIGHED, _NAMED = 20, 3  # words of a clause that are left out in turn, and those that are named
_TOKENS = 400  # of a message that are read


@dataclass(frozen=True, slots=True)
class Limits:
    """From which chance on a finding is shown.

    Attributes:
        warning: where nine in ten are right on conversations that the model didn't see.
        suggestion: where three in four are.
    """

    warning: float
    suggestion: float


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """The customer's message for the reader.

    Attributes:
        traits: its words'.
        vector: of the learned reader; None when there is no message.
        emotions: how likely each of `EMOTIONS` is; None when there is no message.
    """

    traits: tuple[Traits, ...] = ()
    vector: Any = None
    emotions: Any = None

    @property
    def emotion(self) -> Emotion:
        """The likeliest emotion; see `hamdel.model.evidence.emotion_of`."""
        return emotion_of(self.emotions) if self.traits else Emotion.NEUTRAL


def said_words(analysis: Analysis, first: int, last: int) -> list[Word]:
    """Return the words of some tokens that the writer says: quotations are left out, links and placeholders aren't."""
    words, silent = analysis.words, analysis.silent
    if silent.find(1, first, last) < 0:  # as in most
        return words[first:last]
    return [words[i] for i in range(first, last) if not silent[i] or words[i].kind in _SILENT_BUT_SAID]


class _Part:
    """The words of some tokens that the writer says, white space left out."""

    def __init__(self, analysis: Analysis, tokens: tuple[int, int]) -> None:
        words, silent = analysis.words, analysis.silent
        kept = [i for i in range(*tokens) if not silent[i] or words[i].kind in _SILENT_BUT_SAID]
        self._tokens = [i for i in kept if words[i].kind is not Kind.SPACE]
        self._words = [words[i] for i in self._tokens]

    def within(self, first: int, last: int) -> list[Word]:
        """Return the words of a range of tokens."""
        return self._words[bisect_left(self._tokens, first) : bisect_left(self._tokens, last)]

    def without(self, first: int, last: int) -> list[Word]:
        """Return the words outside a range of tokens."""
        before, after = bisect_left(self._tokens, first), bisect_left(self._tokens, last)
        return self._words[:before] + self._words[after:]


def message_cues(context: Context) -> _Floats:
    """Return what the rules and the marks say of a message's emotion, one row."""
    message = context.message
    row = [
        *(2.0 * (context.emotion is emotion) for emotion in EMOTIONS),
        0.5 * ("!" in message),
        0.5 * (message.count("!") > 1),
        0.5 * ("؟" in message or "?" in message),
        0.5 * ("؟؟" in message or "??" in message),
        0.5 * bool(context.problem),
        0.5 * bool(context.questions),
        0.5 * min(3.0, len(message) / 200),
    ]
    return np.array(row, np.float32)


class EvidenceReader:
    """Reads drafts and messages with a model.

    Args:
        traits: words to what they give.
        path: the model's file.

    Attributes:
        path: the model's file.
        limits: from which chance on each fault and absence is shown.
        ratings: the weights of the scores; see `hamdel.checks.scoring.Ratings`.
        team: what a team taught; None when none did.

    Raises:
        ModelError: the model can't be used.
    """

    def __init__(self, traits: TraitReader, path: Path = MODEL) -> None:
        model = Model(path)
        self.path = path
        self._traits = traits
        self._reader = LearnedReader(model)
        self._labels = self._reader.labels
        calibration: Mapping[str, Sequence[float]] = model.values["calibration"]
        self._slopes = np.array([calibration[label][0] for label in self._labels], np.float32)
        self._shifts = np.array([calibration[label][1] for label in self._labels], np.float32)
        self._rules: Mapping[str, float] = model.values["rules"]
        self.ratings: Mapping[str, Sequence[float]] = model.values["ratings"]
        self.limits = {name: Limits(*pair) for name, pair in model.values["limits"].items()}
        self._exemplars = Exemplars(model, self._reader.bags)
        arrays = model.arrays
        faults = [name for name in self.limits if name in self._labels]
        self._least = np.full(len(self._labels), np.inf, np.float32)
        self._least[[self._labels.index(name) for name in faults]] = [self.limits[name].suggestion for name in faults]
        self._columns = {name: column for column, name in enumerate(self._labels)}
        self._absences = AbsenceReader(
            {name.removeprefix("absence_"): array for name, array in arrays.items() if name.startswith("absence_")}
        )
        self._emotion = arrays["emotion"], arrays["emotion_cues"], arrays["emotion_bias"]
        self.team: Team | None = None

    def teach(self, learned: Learned, faults: Mapping[str, str]) -> None:
        """Take in what a team taught.

        Args:
            learned: for this model.
            faults: the label of each check that looks for a fault, or for something that a reply lacks.
        """
        from hamdel.evidence.learned.team import Team  # here, for most teams have taught nothing

        self.team = Team(learned, faults, self._labels, self._words)

    @cached_property
    def _words(self) -> WordingReader:
        from hamdel.evidence.learned.wordings import WordingReader  # here, as above

        return WordingReader(self._reader.bags)

    def wording(self, draft: Analysis, tokens: tuple[int, int]) -> dict[int, float]:
        """Return the words of some tokens of a draft; see `hamdel.evidence.learned.wordings`."""
        return self._words(self._traits(said_words(draft, *tokens)))

    def message(self, analysis: Analysis, context: Context) -> Message:
        """Return a customer's message as the reader sees it."""
        words = said_words(analysis, 0, min(len(analysis.words), _TOKENS))
        traits = self._traits(words)
        if not traits:
            return Message()
        weights, cues, bias = self._emotion
        vector = self._reader.bags([traits])[0]
        outputs = vector @ weights + message_cues(context) @ cues + bias
        chances = np.exp(outputs - outputs.max())
        return Message(tuple(traits), vector, chances / chances.sum())

    def read(self, draft: Analysis, message: Message) -> Evidence | None:
        """Return what is known of a draft; None when it says nothing."""
        some = draft.sentences[: 4 * _SENTENCES]
        read = [(sentence, self._traits(said_words(draft, *sentence))) for sentence in some]
        read = [(sentence, traits) for sentence, traits in read if traits][:_SENTENCES]
        if not read:
            return None
        sentences = [traits for _, traits in read]
        logits, plain = self._reader(sentences, message.traits, message.vector, alone=False)
        calibrated = logits * self._slopes + self._shifts
        taught = self.team(sentences) if self.team else None
        chances = chances_of(calibrated if taught is None else calibrated + taught.moves)
        likely: dict[str, list[int]] = {}
        for at in (chances >= self._least).ravel().nonzero()[0].tolist():
            place, column = divmod(at, len(self._labels))
            likely.setdefault(self._labels[column], []).append(place)
        more = taught._asdict() if taught else {}
        return Evidence(
            sentences=tuple(sentence for sentence, _ in read),
            labels=self._labels,
            chances=chances,
            likely=likely,
            logits=logits,
            facts=plain,
            emotions=np.zeros(len(EMOTIONS), np.float32) if message.emotions is None else message.emotions,
            **more,
        )

    def with_rule(self, evidence: Evidence, sentence: int, kind: str) -> float:
        """Return how likely a fault is of a sentence in which a rule found it, too."""
        column = self._columns[kind]
        logit = float(evidence.logits[sentence, column] * self._slopes[column] + self._shifts[column])
        moved = 0.0 if evidence.moves is None else float(evidence.moves[sentence, column])
        return chance_of(logit + moved + self._rules[kind])

    def weightiest(
        self, draft: Analysis, sentence: tuple[int, int], message: Message, kind: str, *, named: bool
    ) -> tuple[int, int, tuple[str, ...]]:
        """Return the clause of a sentence that a fault rests on, and the words in it that weigh most.

        Each clause, then each of its words, is left out in turn: the more the chance falls, the more it weighs.

        Args:
            draft: the draft, read.
            sentence: its tokens.
            message: the customer's.
            kind: the fault.
            named: look for words, too.
        """
        said = _Part(draft, sentence)
        clauses = [clause for clause in draft.clauses_of(sentence) if self._traits(said.within(*clause))]
        if len(clauses) > 1:
            falls = self._falls(said, clauses, message, kind)
            clause = clauses[int(np.argmin(falls))]
        else:
            clause = clauses[0] if clauses else sentence
        if not named:
            return *draft.trimmed(*clause), ()
        words = _words(draft, clause)
        falls = self._falls(said, [(i, i + 1) for i in words], message, kind)
        order = np.argsort(falls, kind="stable")[:_NAMED]
        first, last = draft.trimmed(*clause)
        return first, last, tuple(draft.raw(words[i]) for i in order)

    def nearest(self, draft: Analysis, tokens: tuple[int, int], kind: str) -> str:
        """Return the labelled sentence that some tokens of a draft are most like, of those with a fault.

        Args:
            draft: the draft, read.
            tokens: first, and one past the last.
            kind: the fault.
        """
        return self._exemplars.nearest(self._traits(said_words(draft, *tokens)), kind)

    def _falls(self, said: _Part, parts: Sequence[tuple[int, int]], message: Message, kind: str) -> _Floats:
        """Return the logit of a fault without each part of a sentence, in turn."""
        rests = [self._traits(said.without(*part)) for part in parts]
        falls = np.full(len(parts), -np.inf, np.float32)
        told = [i for i, rest in enumerate(rests) if rest]
        if told:
            rest = [rests[i] for i in told]
            logits, _ = self._reader(rest, message.traits, message.vector, alone=True)
            falls[told] = logits[:, self._columns[kind]]
        return falls

    def absences(
        self, evidence: Evidence, context: Context, draft: str, rules: Mapping[str, float]
    ) -> dict[str, float]:
        """Return how likely each absence is; see `hamdel.evidence.learned.absences`."""
        chances = self._absences(draft_features(evidence, context, draft, rules))
        return self.team.absences(chances) if self.team else chances


def _words(draft: Analysis, tokens: tuple[int, int]) -> list[int]:
    """Return the first words of some tokens that the writer says."""
    return [i for i in range(*tokens) if draft.words[i].kind is Kind.WORD and not draft.silent[i]][:_WEIGHED]
