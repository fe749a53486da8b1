"""The server: tools, prompts that people pick, and resources that models may read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError
from mcp.types import ToolAnnotations

import hamdel
from hamdel.doors.mcp.prompts import better, review
from hamdel.doors.mcp.tools import Tools
from hamdel.doors.requests import Problem, RequestError
from hamdel.doors.requests.errors import translated
from hamdel.model import Lang
from hamdel.settings.config import Address, Config

__all__ = ["make_server"]

_INSTRUCTIONS = (
    "hamdel judges drafts of Persian customer-support replies by rules and a small model of its own, offline. You "
    "write, it judges: draft, check_reply with the customer's message, mend, and check again until `send` is true. "
    "Invent no fact, time or promise. Answers are masked (personal data as asterisks), but what you send here came "
    "from you: leave card numbers and phones out where you can."
)
_ADDRESS = {Address.SHOMA: "شما", Address.TU: "تو"}
_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


def make_server(tools: Tools, *, archive: bool = False) -> MCPServer[Any]:
    """Return a server, ready to run.

    Args:
        tools: what it offers.
        archive: whether an archive was named; without one nothing can be searched.
    """
    server: MCPServer[Any] = MCPServer(
        "hamdel", title="همدل", version=hamdel.__version__, instructions=_INSTRUCTIONS, log_level="WARNING"
    )
    offered: list[Any] = [tools.check_reply, tools.improve_reply, tools.fix_reply, tools.explain_check]
    for tool in [*offered, tools.search_past_replies] if archive else offered:
        server.tool(annotations=_READS)(tool)
    server.prompt(title="پاسخ را بهتر کن")(better)
    server.prompt(title="مثل سرپرست تیم بررسی کن")(review)
    _resources(server, tools)
    return server


def _resources(server: MCPServer[Any], tools: Tools) -> None:
    lang, requests = tools.lang, tools.requests

    @server.resource("hamdel://checks", title="بررسی‌ها", mime_type="application/json")
    def checks() -> str:
        """All checks: id, severity in force, title."""
        with _found(lang):
            known = requests.answer("checks", {})["checks"]
        return _json([{"id": one["id"], "severity": one["severity"], "title": one["title"][lang]} for one in known])

    @server.resource("hamdel://checks/{family}/{name}", title="یک بررسی", mime_type="application/json")
    def check(family: str, name: str) -> str:
        """One check: why it exists, its sources, what it finds and what it leaves alone."""
        with _found(lang):
            return _json(requests.answer("explain", {"check": f"{family}/{name}"}))

    @server.resource("hamdel://house", title="سبک خانه", mime_type="application/json")
    def house() -> str:
        """The team's own settings: how customers are addressed, who reads, where, and the skeletons of replies."""
        with _found(lang), translated():
            with requests.checker() as checker:
                settings = _settings(checker.config)
            return _json({**settings, **requests.answer("skeletons", {})})


@contextmanager
def _found(lang: Lang) -> Iterator[None]:
    """Turn what is wrong with a request into a line for whoever reads a resource.

    Raises:
        ResourceError: something was; `ResourceNotFoundError` where there is no such thing.
    """
    try:
        yield
    except RequestError as error:
        kind = ResourceNotFoundError if error.kind is Problem.INVALID else ResourceError
        raise kind(error.message(lang)) from error


def _settings(config: Config) -> dict[str, Any]:
    """What of the settings is about wording; no paths, for they are nobody's business."""
    return {
        "address": _ADDRESS[config.address],
        "audience": config.audience,
        "channel": config.channel,
        "lang": config.lang,
        "limit": config.limit or None,
        "allow": list(config.allow),
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
