"""The customer's message, read: emotion, questions, details, register, stage; once for all checks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from hamdel.evidence.customer.details import Details, read_details
from hamdel.evidence.customer.emotion import NEGATIVE, read_emotion
from hamdel.evidence.customer.fault import read_fault
from hamdel.evidence.customer.problem import content_keys, content_lemmas, read_event, read_problem, subject_lemma
from hamdel.evidence.customer.questions import Question, QuestionKind, read_questions
from hamdel.evidence.customer.stage import read_stage
from hamdel.evidence.phrases import PhraseHit
from hamdel.language.analysis import Analysis
from hamdel.language.register import register
from hamdel.model import Emotion, Register, Stage

__all__ = [
    "NEGATIVE",
    "Context",
    "Details",
    "Question",
    "QuestionKind",
    "content_keys",
    "content_lemmas",
    "read_context",
]


@dataclass(frozen=True, slots=True)
class Context:
    """What the customer's message says about the customer.

    Attributes:
        message: the raw message; empty when it isn't known.
        emotion: the strongest emotion that is said, `Emotion.NEUTRAL` when none is.
        emotion_words: the words that say it.
        felt: the emotion that the learned reader sees, said or not; neutral when it isn't sure.
        questions: what is asked, rhetorical questions left out.
        details: numbers, dates, names and products that were given.
        register: formal, neutral or colloquial.
        stage: of the buyer's journey.
        problem: the clause that tells what went wrong, in the customer's words; empty when none does.
        event: what to quote of the message; the problem, or else what comes nearest to one.
        content: keys that carry the message's subject, words of feeling left out.
        subject: the words that carry the subject, in order: pairs of the lemma (see `subject_lemma`) and as written.
        norms: matching keys of all its tokens.
        laughs: whether the customer laughs with an emoji.
        blames_us: whether the customer says that the fault is ours.
    """

    message: str = ""
    emotion: Emotion = Emotion.NEUTRAL
    emotion_words: tuple[str, ...] = ()
    felt: Emotion = Emotion.NEUTRAL
    questions: tuple[Question, ...] = ()
    details: Details = field(default_factory=Details)
    register: Register = Register.NEUTRAL
    stage: Stage = Stage.AWARENESS
    problem: str = ""
    event: str = ""
    content: frozenset[str] = frozenset()
    subject: tuple[tuple[str, str], ...] = ()
    norms: tuple[str, ...] = ()
    laughs: bool = False
    blames_us: bool = False

    @property
    def upset(self) -> bool:
        """The customer says anger, worry or disappointment, or shows it."""
        return self.emotion in NEGATIVE or self.felt in NEGATIVE


_LAUGHS = frozenset("😂🤣😹😆😅😄😁")


def read_context(message: Analysis, hits: Iterable[PhraseHit]) -> Context:
    """Return the context that a customer's message gives.

    Args:
        message: the customer's message.
        hits: what the emotion phrasebank found in it; each group's kind is an emotion's name.
    """
    hits = list(hits)
    felt = {i for hit in hits for i in range(hit.first, hit.last)}
    emotion, words = read_emotion(message, hits)
    problem, questions = read_problem(message), read_questions(message)
    if emotion is Emotion.THANKS and (problem or questions):
        emotion, words = Emotion.NEUTRAL, ()  # «ممنون می‌شم اگر …» asks for something
    spoken = [i for i in range(len(message.words)) if i not in felt]
    return Context(
        message=message.text,
        emotion=emotion,
        emotion_words=words,
        questions=questions,
        details=read_details(message),
        register=register(message.words),
        stage=read_stage(message, bool(problem)),
        problem=problem,
        event=problem or read_event(message),
        content=content_keys(message.words[i] for i in spoken),
        subject=_subject(message, spoken),
        norms=tuple(word.norm for word in message.words),
        laughs=not _LAUGHS.isdisjoint(message.text),
        blames_us=read_fault(message),
    )


def _subject(message: Analysis, spoken: Iterable[int]) -> tuple[tuple[str, str], ...]:
    lemmas = ((i, subject_lemma(message.words[i])) for i in spoken)
    return tuple((lemma, message.text[slice(*message.span(i, i + 1))]) for i, lemma in lemmas if lemma)
