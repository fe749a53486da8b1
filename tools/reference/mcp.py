"""The tools, prompts and resources of `hamdel mcp`, asked of the server itself."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any

from mcp.client import Client

from hamdel.doors.keeper import Keeper, Place
from hamdel.doors.mcp.server import make_server
from hamdel.doors.mcp.tools import Tools
from hamdel.doors.requests import Requests
from hamdel.model import Lang
from tools.reference.markdown import code, table
from tools.reference.requests import holds

__all__ = ["page"]


def page() -> str:
    """Return what a client sees."""
    keeper = Keeper()
    try:
        requests = Requests(keeper, Place(None, None, False, (("lang", Lang.EN),), None, True), False)
        return "\n".join(asyncio.run(_asked(Tools(requests, Lang.EN, False))))
    finally:
        keeper.close()


async def _asked(tools: Tools) -> list[str]:
    async with Client(make_server(tools, archive=True)) as client:
        lines = [line for tool in (await client.list_tools()).tools for line in _tool(tool)]
        prompts = (await client.list_prompts()).prompts
        resources = (await client.list_resources()).resources
        templates = (await client.list_resource_templates()).resource_templates
    found = [(str(one.uri), one.description or "") for one in resources]
    found += [(one.uri_template, one.description or "") for one in templates]
    return [
        *lines,
        "## Prompts\n",
        table(("prompt", "in menus", "meaning"), ((code(p.name), p.title or "", p.description or "") for p in prompts)),
        "## Resources\n",
        table(("address", "meaning"), ((code(address), about) for address, about in found)),
    ]


def _tool(tool: Any) -> Iterator[str]:
    yield f"## `{tool.name}`\n\n{' '.join((tool.description or '').split())}\n"
    needed = set(tool.input_schema.get("required", ()))
    rows = (_row(name, one, name in needed) for name, one in tool.input_schema["properties"].items())
    yield table(("parameter", "holds", "meaning"), rows)
    yield f"Returns: {code(*tool.output_schema['properties'])}.\n"


def _row(name: str, schema: Mapping[str, Any], needed: bool) -> tuple[str, str, str]:
    return (f"**`{name}`**" if needed else f"`{name}`", holds(schema), schema.get("description", ""))
