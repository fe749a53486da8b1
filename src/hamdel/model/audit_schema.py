"""The name and version of ``summary.json``, which an audit writes and a later one compares itself with."""

from __future__ import annotations

__all__ = ["SCHEMA", "SUMMARY"]

SCHEMA = "hamdel/audit/1"
#: The file's name in an audit's folder.
SUMMARY = "summary.json"
