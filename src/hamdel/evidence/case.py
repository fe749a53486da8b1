"""What every matcher gets: the draft, the context and what phrases were found, with shared evidence computed once."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hamdel.base.digits import persian_digits
from hamdel.base.lazy import cached_property
from hamdel.evidence.customer import Context
from hamdel.evidence.learned.inference import Message
from hamdel.evidence.phrases import PhraseHit
from hamdel.identifiers.veil import Veil
from hamdel.language.analysis import Analysis
from hamdel.language.fold import key
from hamdel.language.register import register
from hamdel.language.sets import alternation
from hamdel.language.times import Bound, Time, times_in
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word
from hamdel.model import Audience, Conversation, Edit, Emotion, Register, Severity, Source
from hamdel.model.evidence import Evidence
from hamdel.model.history import Copy
from hamdel.model.policy import Role
from hamdel.phrasebank import CheckDef

if TYPE_CHECKING:
    from hamdel.archive.past import PastReplies

__all__ = ["Case", "Hit"]

CREDIT = "credit"
_NAME = re.compile(r"[\u0621-\u06cc\u200c ]{2,40}")  # an agent's name, not an id
_JOINTS = re.compile(rf"^(?:{alternation('grammar.clause.opening')})\s+")
_LATIN = re.compile("[A-Za-z]")
_STRETCHED = re.compile(r"(.)\1\1", re.DOTALL)
_COVERED_WORD = re.compile(r"(?<!\w)\*{3,}(?![\w*])")
_RECENT = 20  # replies
_WORD = re.compile(r"[\w\u200c]+")
_FEW = 5  # words of the subject that are named


@dataclass(frozen=True, slots=True)
class Hit:
    """What a matcher found, before it becomes a `hamdel.model.Finding`.

    Attributes:
        first, last: token range; equal when the finding is about the whole draft.
        kind: the part of the check that fired.
        severity: overrides the check's; None keeps it.
        evidence: what the verdict rests on.
        slots: further values for the suggestion's template.
        chars: code-point range instead of tokens, for checks that read raw text.
        copy: the earlier reply that is repeated.
        edits: what mends it, when the matcher knows that better than anybody.
        mendable: False when what the check's file offers would tear a phrase apart here.
        score: how likely it is right, 0 to 1; None where only rules are asked.
        source: who found it.
    """

    first: int = 0
    last: int = 0
    kind: str = ""
    severity: Severity | None = None
    evidence: tuple[str, ...] = ()
    slots: tuple[tuple[str, str], ...] = ()
    chars: tuple[int, int] | None = None
    copy: Copy | None = None
    edits: tuple[Edit, ...] = ()
    mendable: bool = True
    score: float | None = None
    source: Source = Source.RULE

    @property
    def doubted(self) -> bool:
        """Only the learned reader finds it, and isn't sure: nothing else may rest on it."""
        return self.source is Source.READER and self.severity is Severity.SUGGESTION


@dataclass
class Case:
    """One draft under examination.

    Attributes:
        conversation: as it was given; ``conversation.draft`` is the raw draft.
        draft: the draft, read.
        context: the customer's message, read.
        hits: phrases found in the draft, by check id.
        roles: ids of checks by what they are known by.
        past: earlier replies; None when there are none.
        message: the customer's message as the learned reader sees it.
        evidence: what the learned reader says of the draft; None when it wasn't asked.
        lacking: how likely each absence is, by name; empty when nobody asked.
        memory: verdicts on the whole draft that several matchers ask for, or one asks for each of its matches.
        found: hits of the checks that have fired so far, by id (checks run in the order of their dependence).
    """

    conversation: Conversation
    draft: Analysis
    context: Context
    hits: dict[str, list[PhraseHit]]
    roles: Mapping[Role, Sequence[str]]
    past: PastReplies | None = None
    message: Message = field(default_factory=Message)
    evidence: Evidence | None = None
    lacking: dict[str, float] = field(default_factory=dict)
    found: dict[str, list[Hit]] = field(default_factory=dict)
    memory: dict[str, bool] = field(default_factory=dict)

    def phrases(self, check: CheckDef, credit: bool = False) -> Iterator[PhraseHit]:
        """Return the phrases found for ``check``: those that fire, or those that give credit."""
        for hit in self.hits.get(check.id, ()):
            if hit.group.kind.startswith(CREDIT) == credit:
                yield hit

    def phrases_of(self, role: Role, kind: str = "") -> Iterator[PhraseHit]:
        """Return the phrases found for the checks of a role, of all kinds or of those that begin so."""
        for name in self.roles[role]:
            for hit in self.hits.get(name, ()):
                if hit.group.kind.startswith(kind):
                    yield hit

    def finds(self, *roles: Role) -> Iterator[Hit]:
        """Return what the checks of some roles have found; who asks has the roles in ``reads`` of its policy."""
        for role in roles:
            for name in self.roles[role]:
                yield from self.found.get(name, ())

    def has(self, *roles: Role) -> bool:
        """Tell whether a check of one of the roles has found something; see `finds`."""
        return any(name in self.found for role in roles for name in self.roles[role])

    @cached_property
    def said(self) -> list[int]:
        """Tokens that may speak: no white space, no silent zone."""
        draft, space = self.draft, Kind.SPACE
        spoken = [i for i, word in enumerate(draft.words) if word.kind is not space]
        return [i for i in spoken if not draft.silent[i]] if 1 in draft.silent else spoken

    @cached_property
    def said_words(self) -> list[Word]:
        """The words of `said`."""
        words = self.draft.words
        return words if len(self.said) == len(words) else [words[i] for i in self.said]

    @cached_property
    def said_norms(self) -> frozenset[str]:
        """The matching keys of `said_words`."""
        return frozenset([word.norm for word in self.said_words])

    @cached_property
    def said_lemmas(self) -> frozenset[str]:
        """The lemmas of `said_words`."""
        return frozenset([word.lemma for word in self.said_words])

    @cached_property
    def customer_text(self) -> str:
        """The matching keys of the customer's message, without white space, a NUL before and after each."""
        return "\0".join(("", *(norm for norm in self.context.norms if not norm.isspace()), ""))

    @cached_property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of tokens that the draft has."""
        return frozenset([word.kind for word in self.draft.words])

    def holds_slot(self, labels: frozenset[str]) -> bool:
        """Tell whether a placeholder with one of these labels (matching keys) waits to be filled.

        What follows a colon in it is what hamdel would say there («[قول شما: خبر می‌دهم]»).
        """
        slots = (word.norm.strip("[]") for word in self.draft.words if word.kind is Kind.SLOT)
        return any(slot.partition(":")[0] in labels for slot in slots)

    @cached_property
    def times(self) -> list[Time]:
        """When something happens, as the draft says; what is past is left out."""
        return [time for time in times_in(self.draft) if time.bound is not Bound.PAST]

    @cached_property
    def time_tokens(self) -> frozenset[int]:
        """The tokens of `times`."""
        return frozenset(i for time in self.times for i in range(time.first, time.last))

    def has_time(self, first: int, last: int, skip: tuple[int, int] = (0, 0)) -> bool:
        """Tell whether an exact time or bound starts among the tokens ``first`` to ``last``."""
        near = self._exact_times[bisect_left(self._exact_times, first) : bisect_left(self._exact_times, last)]
        return any(not skip[0] <= i < skip[1] for i in near)

    @cached_property
    def _exact_times(self) -> list[int]:
        """The first tokens of exact times, in order."""
        return sorted(time.first for time in self.times if time.bound is Bound.EXACT)

    @cached_property
    def helpful(self) -> list[int]:
        """Tokens of `said` outside sentences that hurt or make excuses: what those say helps nobody."""
        spoilt = {
            self.draft.sentence(hit.first)
            for hit in self.finds(Role.UNHELPFUL)
            if hit.last > hit.first and not hit.doubted
        }
        return [i for i in self.said if self.draft.sentence(i) not in spoilt] if spoilt else self.said

    @cached_property
    def helpful_tokens(self) -> frozenset[int]:
        """The tokens of `helpful`, to be looked up."""
        return frozenset(self.helpful)

    @cached_property
    def marked(self) -> bool:
        """A question mark stands somewhere in the draft."""
        return "؟" in self.draft.text or "?" in self.draft.text or any(word.asks for word in self.draft.words)

    @cached_property
    def asks(self) -> bool:
        """The draft asks the customer something."""
        return any(word.asks for word in self.said_words if word.kind is Kind.PUNCT)

    @cached_property
    def offers_alternative(self) -> bool:
        """The draft names another way (cues are data: credit phrases)."""
        return self.asks or any(self.phrases_of(Role.ALTERNATIVES, CREDIT))

    @cached_property
    def stretched(self) -> bool:
        """Some character stands three times in a row."""
        return _STRETCHED.search(self.draft.text) is not None

    @cached_property
    def register(self) -> Register:
        """How formal the draft is."""
        return register(self.draft.words)

    @cached_property
    def recent(self) -> Sequence[str]:
        """Layouts of the agent's last replies, oldest first; suggestions keep away from them."""
        return self.past.latest(_RECENT) if self.past is not None else ()

    @cached_property
    def veil(self) -> Veil:
        """Covers what is personal in the customer's message, in whatever is taken from it."""
        return Veil(self.context.message)

    @cached_property
    def subject(self) -> tuple[str, ...]:
        """Some words of what the message is about, as they stand in it; no part of what is personal is among them."""
        seen = {key(word) for word in _WORD.findall(self.veil(self.context.message))}
        return tuple(sorted(seen & self.context.content))[:_FEW]

    @cached_property
    def slots(self) -> dict[str, Any]:
        """The variables of a suggestion's template that are the same for all findings.

        What the customer wrote is masked: it was given to be read, not to be sent.
        """
        details, veil = self.context.details, self.veil
        return {
            "formal": self.formal,
            "audience": str(self.conversation.audience),
            "channel": str(self.conversation.channel),
            "emotion": str(self.context.emotion),
            "name": veil(next(iter(details.names), "")),
            "order": _persian(veil(next(iter(details.orders), ""))),
            "product": veil(next(iter(details.products), "")),
            "date": _persian(veil(next(iter(details.dates), ""))),
            "amount": _persian(veil(next(iter(details.amounts), ""))),
            "problem": self._event,
            "time": self._time,
            "signer": self.conversation.agent if _NAME.fullmatch(self.conversation.agent) else "",
        }

    @property
    def _event(self) -> str:
        """What a wording may quote of the customer: no single word, no word of anger and no word of stars."""
        context = self.context
        raw = _JOINTS.sub("", context.event)
        event = self.veil(raw)
        cursed = context.emotion is Emotion.ANGER and any(word in raw for word in context.emotion_words)
        covered = _COVERED_WORD.search(event) and event != raw
        return "" if cursed or covered or " " not in raw.strip() else _persian(event)

    @property
    def _time(self) -> str:
        """The first hour by which we say that we will do something; «کلاس ساعت ۱۸ شروع می‌شه» is no promise of ours."""
        draft = self.draft
        for time in self.times:
            first, last = draft.sentence(time.first)
            hour = time.clock and any(word.norm == "ساعت" for word in draft.words[time.first : time.last])
            if hour and _promises(draft.words[first:last]):
                return draft.text[slice(*draft.span(time.first, time.last))].replace(" تا ", " ")
        return ""

    @cached_property
    def formal(self) -> bool:
        """Suggestions follow the draft's register, or else what businesses expect, or the customer's."""
        if self.conversation.audience is Audience.BUSINESS:
            return self.register is not Register.COLLOQUIAL
        style = self.register if self.register is not Register.NEUTRAL else self.context.register
        return style is Register.FORMAL


def _promises(words: Sequence[Word]) -> bool:
    """Tell whether a sentence says what we will do: a first person, and nothing of the past."""
    predicates = [word for word in words if word.predicate]
    ours = any(word.person == 1 for word in predicates)
    return ours and not any(word.negative or "Tense=Past" in word.feats for word in predicates)


def _persian(text: str) -> str:
    """Return what the customer wrote with Persian digits, unless they stand with Latin letters («A54»)."""
    return text if _LATIN.search(text) else persian_digits(text)
