"""What can be asked about audits from the page, and of which exports."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from hamdel.doors.requests import Method
from hamdel.doors.requests.params import boolean, choice, record, text

__all__ = ["AUDIT_METHODS", "PRESETS", "ROLES", "SUFFIXES", "can_audit"]

#: Endings of names of exports that can be audited.
SUFFIXES = (".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".json", ".parquet", ".xlsx", ".txt")
#: What a column may hold, as in `hamdel.exports.columns`, which isn't imported for a description.
ROLES = ("reply", "agent", "customer", "time", "channel", "message", "id", "thread", "turn", "csat")
#: Programs whose exports are known, as in `hamdel.exports.presets`.
PRESETS = ("zendesk", "chatwoot", "intercom", "freshdesk", "telegram", "google-play")
_NEEDED = ("polars", "ijson", "fastexcel")
_ID = text("audit", longest=64).must()
_UPLOAD = text("upload", longest=64).must()
_ABOUT = (_UPLOAD, record("columns"), choice("preset", PRESETS))


def _result(**properties: Any) -> dict[str, Any]:
    typed = {name: {"type": kind} for name, kind in properties.items()}
    return {"type": "object", "required": list(properties), "properties": typed}


AUDIT_METHODS: Mapping[str, Method] = {
    method.name: method
    for method in (
        Method(
            "audit/preview",
            _ABOUT,
            "می‌گوید کدام ستون چه شناخته شد",
            "Tell which column of an export was taken for what, with a few rows.",
            result=_result(columns="object", preset=["string", "null"], rows="array"),
        ),
        Method(
            "audit/start",
            (*_ABOUT, boolean("anonymous_agents"), choice("lang", ("fa", "en"))),
            "بررسی پاسخ‌ها را شروع می‌کند",
            "Start the audit of an export.",
            changes=True,
            result=_result(audit="string"),
        ),
        Method(
            "audit/progress",
            (_ID,),
            "می‌گوید کار به کجا رسیده است",
            "Tell how far an audit is.",
            result=_result(state="string", share="number", rows="integer", message="string"),
        ),
        Method(
            "audit/report",
            (_ID,),
            "نشانی گزارش را می‌دهد",
            "Return the address of a finished audit's page, which only who knows it can open.",
            result=_result(address="string"),
        ),
    )
}


def can_audit() -> bool:
    """Whether the packages are there that an audit needs."""
    return all(find_spec(name) for name in _NEEDED)
