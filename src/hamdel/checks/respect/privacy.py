"""respect/privacy-leak: what identifies somebody, in a draft that is sent along."""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.checks.respect.published import Published
from hamdel.evidence.case import Case, Hit
from hamdel.evidence.customer.details import order_tokens
from hamdel.identifiers import find_identifiers, mask_identifiers
from hamdel.model import Change, Channel, Edit, Severity
from hamdel.phrasebank import CheckDef

__all__ = ["Privacy"]


class Privacy:
    """Card numbers, national ids, phones, IBANs and passwords that a draft would send along.

    Args:
        check: the definition; see `hamdel.checks.respect.published.Published` for its options.
    """

    def __init__(self, check: CheckDef) -> None:
        self._published = Published(check)

    def __call__(self, case: Case) -> Iterator[Hit]:
        text = case.draft.text
        channel = case.conversation.channel
        severity = Severity.WARNING if channel is Channel.CHAT else Severity.ERROR
        identifiers = find_identifiers(text)
        masked = mask_identifiers(text) if identifiers else ""
        for found in identifiers:
            if found.kind == "email" and not self._is_customers(case, text[found.start : found.end]):
                continue
            if self._published.is_ours(case, found.kind, found.start, found.end):
                continue
            covered = Change(found.start, found.end, masked[found.start : found.end])
            yield Hit(
                kind=found.kind,
                severity=severity,
                chars=(found.start, found.end),
                slots=_ending(text[found.start : found.end]),
                edits=(Edit((covered,)),),
            )
        if channel is Channel.SOCIAL:  # in public, an order number is somebody's too
            draft, is_order = case.draft, self._published.is_order
            orders = (i for i in order_tokens(draft, named=True) if not draft.silent[i] and is_order(case, i))
            yield from (Hit(i, i + 1, "order", severity, slots=_ending(case.draft.raw(i))) for i in orders)

    @staticmethod
    def _is_customers(case: Case, address: str) -> bool:
        """An address of ours may be sent; the customer's own may not stand in public."""
        return case.conversation.channel is Channel.SOCIAL and address in case.context.message


def _ending(number: str) -> tuple[tuple[str, str], ...]:
    """Return the slot with what may be shown of a number."""
    return (("ending", "".join(filter(str.isdecimal, number))[-4:]),)
