"""What is done with a block: every reply is checked, and what is kept of it is masked. Runs in workers."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import polars as pl

from hamdel.audit.blocks import Block
from hamdel.audit.channels import channel_of
from hamdel.audit.frames import FINDINGS, OUTCOME, replies_schema
from hamdel.checker import Checker
from hamdel.exports import Row
from hamdel.exports.reasons import worded
from hamdel.identifiers import mask_identifiers
from hamdel.language.bounded_cache import Memory
from hamdel.language.parts import split
from hamdel.masking.mask import mask_layout
from hamdel.model import Channel, Deeds, Finding, Report, Severity
from hamdel.settings.config import Config

__all__ = ["Examined", "Examiner", "Rules"]

_SENTENCE_END = re.compile(r"(?<=[.!?؟…])\s+|\n+")
_SHORT = 200  # characters of an opening or closing
_SUBJECTS = 12  # lemmas of a message: what comes late is rarely what it is about
_REASON = 300  # characters of a reason
_REPEATED = 2_000  # replies in a generation; teams send the same macros, and get the same thanks, all day
_REMEMBERED = 8  # times the usual number of words is kept in memory: here speed matters more

_Asked = tuple[str, str, Channel | None, int | None, str]  # reply, message, channel, turn, agent


@dataclass(frozen=True, slots=True)
class Rules:
    """How replies are examined.

    Attributes:
        config: settings of the checks.
        outcomes: names of the further outcomes that rows have.
        keep: personal data stays.
        key: of the digests.
    """

    config: Config
    outcomes: tuple[str, ...] = ()
    keep: bool = False
    key: bytes = b""


@dataclass(frozen=True, slots=True)
class Examined:
    """A block's share of the tables.

    Attributes:
        replies, findings: see `hamdel.audit.frames`.
        rejected: ``row``, ``place``, ``code`` and ``reason`` of each row that can't be used; the reason is for people.
    """

    replies: pl.DataFrame
    findings: pl.DataFrame
    rejected: list[dict[str, Any]]


class Examiner:
    """Examines blocks; make one and keep it, as a `Checker`.

    Args:
        rules: how.

    Raises:
        HamdelError: the settings can't be used.
    """

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._checker = Checker(rules.config, suggestions=False, remember=_REMEMBERED)
        self._mask: Callable[[str], str] = str if rules.keep else mask_identifiers
        self._reports = Memory[_Asked, tuple[Report, Deeds]](_REPEATED)
        self._masked = lru_cache(maxsize=_REPEATED)(self._mask_reply)
        self._mask_name = lru_cache(maxsize=1024)(self._mask)  # of agents and channels, which are few
        self._schema = replies_schema(rules.outcomes)

    def examine(self, block: Block) -> Examined:
        """Return a block's share of the tables; a reply on which the checker fails is rejected."""
        replies: dict[str, list[Any]] = {name: [] for name in self._schema}
        findings: dict[str, list[Any]] = {name: [] for name in FINDINGS}
        rejected = [self._rejected(row, one.place, one.reason) for row, one in block.rejected]
        for number, exported in block.rows:
            try:
                row = _own(exported)
                report, deeds = self._check(row)
                kept = self._kept(number, row, report) | self._told(report.customer, deeds)
            except Exception as error:  # one reply must never cost the others
                reason = f"internal error, please report it: {type(error).__name__}: {error}"
                rejected.append(self._rejected(number, "", reason))
                continue
            for name, value in kept.items():
                replies[name].append(value)
            for finding in report.findings:
                self._add(findings, number, finding, kept["reply"])
        rejected.sort(key=lambda one: one["row"])
        times = pl.Series("time", replies["time"], pl.Int64).cast(self._schema["time"])
        made = pl.DataFrame(replies | {"time": times}, self._schema)
        return Examined(made, pl.DataFrame(findings, FINDINGS), rejected)

    def _check(self, row: Row) -> tuple[Report, Deeds]:
        """Check a reply, or remember what was found in it; there is no archive, in which the customer would matter."""
        channel = channel_of(row.channel) if row.channel else None
        asked = (row.reply, row.message, channel, row.turn, row.agent)
        known = self._reports[asked]
        if known is None:
            known = self._reports[asked] = self._checker.check_with_deeds(
                row.reply, customer=row.message, channel=channel, turn=row.turn, agent=row.agent
            )
        return known

    def _mask_reply(self, text: str) -> tuple[str, str, str, str]:
        """Return a reply masked, its layout, opening and closing."""
        reply = self._mask(text)
        return reply, mask_layout(text), *edges(reply)

    def _kept(self, number: int, row: Row, report: Report) -> dict[str, Any]:
        """What a reply leaves in the table."""
        mask, scores = self._mask, report.scores
        reply, layout, opening, closing = self._masked(row.reply)
        counts = Counter(finding.severity for finding in report.findings)
        return {
            "row": number,
            "id": mask(row.id),
            "agent": self._mask_name(row.agent),
            "customer": self._digest(row.customer),
            "thread": self._digest(row.thread),
            "channel": self._mask_name(row.channel),
            "turn": row.turn,
            "time": row.time * 1000 if row.time else None,
            "csat": row.csat,
            **{OUTCOME + name: value for name, value in zip(self._rules.outcomes, row.outcomes, strict=True)},
            "respect": scores.respect if scores else None,
            "empathy": scores.empathy if scores else None,
            "originality": scores.originality if scores else None,
            "status": str(report.status),
            "emotion": str(report.emotion),
            "stage": str(report.stage),
            "register": str(report.register),
            "length": len(row.reply),
            "errors": counts[Severity.ERROR],
            "warnings": counts[Severity.WARNING],
            "suggestions": counts[Severity.SUGGESTION],
            "reply": reply,
            "message": mask(report.customer),
            "layout": layout,
            "opening": opening,
            "closing": closing,
        }

    def _told(self, message: str, deeds: Deeds) -> dict[str, Any]:
        """What the customer writes about and what the reply does; the message was read a moment ago."""
        context = self._checker.read_customer(message)
        return {
            "problem": bool(context.problem) or context.blames_us,
            "asks": " ".join(dict.fromkeys(question.kind for question in context.questions)),
            "subject": " ".join(dict.fromkeys(lemma for lemma, _ in context.subject[:_SUBJECTS])),
            "acts": " ".join(deeds.acts),
            "bound": deeds.bound,
        }

    @staticmethod
    def _add(findings: dict[str, list[Any]], number: int, finding: Finding, reply: str) -> None:
        """Add a finding to the table; its offsets are the same in the masked reply."""
        values = (
            number,
            finding.check,
            str(finding.severity),
            finding.kind,
            finding.start,
            finding.end,
            reply[finding.start : finding.end],
            str(finding.anchor),
        )
        for column, value in zip(findings.values(), values, strict=True):
            column.append(value)

    def _digest(self, text: str) -> str:
        if not text:
            return ""
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8, key=self._rules.key).hexdigest()

    def _rejected(self, row: int, place: str, reason: str) -> dict[str, Any]:
        code, words = worded(" ".join(reason.split()), self._rules.config.lang)
        return {"row": row, "place": place, "code": code, "reason": self._mask(words)[:_REASON]}


def _own(row: Row) -> Row:
    """The row with nothing but the reply in its reply, and the customer's message that is quoted there, if need be."""
    parts = split(row.reply)
    return row if parts.whole else replace(row, reply=parts.reply, message=row.message or parts.customer)


def edges(reply: str) -> tuple[str, str]:
    """Return the first and the last sentence of a reply, as written but cut when they are long."""
    sentences = [one for one in map(str.strip, _SENTENCE_END.split(reply.strip())) if one]
    return (sentences[0][:_SHORT], sentences[-1][:_SHORT]) if sentences else ("", "")
