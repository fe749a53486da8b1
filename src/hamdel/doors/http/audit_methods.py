"""What can be asked about audits from the page, and of which exports."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from hamdel.base.resources import module_names
from hamdel.doors.requests import Method
from hamdel.doors.requests.params import boolean, choice, record, text, texts
from hamdel.model import Lang

__all__ = ["AUDIT_METHODS", "ORDERS", "PRESETS", "ROLES", "SUFFIXES", "UPLOADED", "can_audit"]

#: Endings of names of exports that can be audited.
SUFFIXES = (".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".json", ".parquet", ".xlsx", ".xml", ".sql", ".zip", ".txt")
#: What a column may hold, as in `hamdel.exports.columns`, which isn't imported for a description.
ROLES = ("reply", "agent", "customer", "time", "channel", "message", "id", "thread", "turn", "csat")
#: Programs whose exports are known: their files in `hamdel.exports.presets` are named, not read; none is a plain table.
PRESETS = (*(name.replace("_", "-") for name in module_names("exports/presets")), "none")
#: In which order an export may write dates, as in `hamdel.exports.dates`.
ORDERS = ("dmy", "mdy")
_NEEDED = ("polars", "ijson", "fastexcel")
_JOB = text("job", longest=64).must()
_ABOUT = (
    text("id", longest=64).must(),
    record("columns"),
    choice("preset", PRESETS),
    texts("team"),
    choice("date_order", ORDERS),
)


def _result(**properties: Any) -> dict[str, Any]:
    typed = {name: {"type": kind} for name, kind in properties.items()}
    return {"type": "object", "required": list(properties), "properties": typed}


_EXPORT = _result(
    id="string",
    name="string",
    rows="integer",
    columns="array",
    guessed="object",
    sample="array",
    program=["object", "null"],
    notes="array",
    left_out="object",
    question=["object", "null"],
)
AUDIT_METHODS: Mapping[str, Method] = {
    method.name: method
    for method in (
        Method(
            "audit/preview",
            _ABOUT,
            "می‌گوید کدام ستون چه شناخته شد",
            "Tell which column of an export was taken for what, with a few rows, and what has to be asked first.",
            result=_EXPORT,
        ),
        Method(
            "audit/start",
            (*_ABOUT, boolean("anonymous_agents"), boolean("agent_pages"), choice("lang", list(Lang))),
            "بررسی پاسخ‌ها را شروع می‌کند",
            "Start the audit of an export.",
            changes=True,
            result=_result(job="string"),
        ),
        Method(
            "audit/status",
            (_JOB,),
            "می‌گوید کار به کجا رسیده است",
            "Tell how far an audit is, and where its page and the agents' own are when it is done.",
            result=_result(
                state="string",
                done="integer",
                total="integer",
                message="string",
                report=["string", "null"],
                question=["object", "null"],
                agents="array",
            ),
        ),
        Method(
            "audit/cancel",
            (_JOB,),
            "بررسی را متوقف می‌کند",
            "Stop an audit.",
            changes=True,
            result=_result(cancelled="boolean"),
        ),
    )
}
#: What the upload of an export returns.
UPLOADED = _EXPORT


def can_audit() -> bool:
    """Whether the packages are there that an audit needs."""
    return all(find_spec(name) for name in _NEEDED)
