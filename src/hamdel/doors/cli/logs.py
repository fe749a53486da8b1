"""Logs on standard error, which somebody may send to others: without drafts, and with personal data masked."""

from __future__ import annotations

import logging

from hamdel.identifiers import mask_identifiers

__all__ = ["begin_log"]


class _Masking(logging.Formatter):
    """Masks what errors quote, tracebacks too."""

    def format(self, record: logging.LogRecord) -> str:
        return mask_identifiers(super().format(record))


def begin_log(level: int, form: str) -> None:
    """Log what hamdel's and others' modules say.

    Args:
        level: of what is logged.
        form: as `logging.Formatter` takes it.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(_Masking(form))
    logging.basicConfig(level=level, handlers=[handler])
