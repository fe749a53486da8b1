"""`hamdel mcp`: its tools, prompts and resources in memory, and once as a process over its streams."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import MCPError
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from hamdel.archive.archive import Archive
from hamdel.doors.keeper import Keeper, Place
from hamdel.doors.mcp.server import make_server
from hamdel.doors.mcp.tools import Tools
from hamdel.doors.requests import Requests
from hamdel.model import Lang

CARD, MOBILE = "6037991234567893", "09121234567"
RUDE = f"سلام\nتو باید صبر کنی. نیرو کم داریم. شماره کارت {CARD} هست."
CUSTOMER = f"سفارش ۵۴۸۲۱ من سه روزه نرسیده و نگرانم، شماره‌ام {MOBILE}"
GOOD = "سلام، وقت بخیر. سفارش شما فردا ساعت ۱۰ می‌رسد."
Talk = Callable[[Client], Coroutine[Any, Any, Any]]


@pytest.fixture
def keeper() -> Iterator[Keeper]:
    kept = Keeper()
    yield kept
    kept.close()


def ask(keeper: Keeper, talk: Talk, *, archive: Path | None = None, lang: Lang = Lang.FA, show: bool = False) -> Any:
    """Talk to a server in memory, and return what came of it."""
    place = Place(None, None, False, (("lang", lang),), archive, archive is None)
    server = make_server(Tools(Requests(keeper, place, show), lang, show), archive=archive is not None)

    async def run() -> Any:
        async with Client(server, raise_exceptions=True) as client:
            return await talk(client)

    return anyio.run(run)


def call(keeper: Keeper, tool: str, *, at: dict[str, Any] | None = None, **arguments: Any) -> Any:
    async def talk(client: Client) -> Any:
        return await client.call_tool(tool, arguments)

    return ask(keeper, talk, **(at or {}))


def test_the_tools_read_only_and_tell_what_they_take(keeper: Keeper) -> None:
    async def talk(client: Client) -> Any:
        return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in ask(keeper, talk)}
    assert list(tools) == ["check_reply", "improve_reply", "fix_reply", "explain_check"]
    for tool in tools.values():
        assert tool.annotations.read_only_hint
        assert not tool.annotations.open_world_hint
        assert tool.description
        assert tool.output_schema
        assert all("description" in field for field in tool.input_schema["properties"].values())
        assert not {"requests", "lang", "self", "show_personal"} & set(tool.input_schema["properties"])


def test_a_rude_draft_is_not_to_be_sent_and_a_good_one_is(keeper: Keeper) -> None:
    told = call(keeper, "check_reply", draft=RUDE, customer=CUSTOMER).structured_content
    assert not told["send"]
    assert {"respect/tu-form", "clarity/internal-excuse"} <= {one["check"] for one in told["findings"]}
    first = next(one for one in told["findings"] if one["check"] == "respect/tu-form")
    assert RUDE[first["start"] : first["end"]] == first["matched"] == "تو"
    assert call(keeper, "check_reply", draft=GOOD).structured_content["send"]


@pytest.mark.parametrize("tool", ["check_reply", "fix_reply", "improve_reply"])
def test_personal_data_is_covered_unless_shown(keeper: Keeper, tool: str) -> None:
    told = json.dumps(call(keeper, tool, draft=RUDE, customer=CUSTOMER).model_dump(mode="json"), ensure_ascii=False)
    assert CARD not in told
    assert MOBILE not in told
    if tool == "fix_reply":
        shown = call(keeper, tool, at={"show": True}, draft=RUDE, customer=CUSTOMER).structured_content
        assert CARD in shown["text"]
        assert not shown["masked"]


def test_fixing_turns_tu_into_shoma(keeper: Keeper) -> None:
    told = call(keeper, "fix_reply", draft="سلام، تو باید صبر کنی.").structured_content
    assert told["text"] == "سلام، شما باید صبر کنید."
    assert told["changed"]
    assert not told["masked"]


def test_improving_leaves_what_only_an_agent_knows_in_brackets(keeper: Keeper) -> None:
    told = call(keeper, "improve_reply", draft=RUDE, customer=CUSTOMER).structured_content
    assert "[" in told["text"]
    assert told["reasons"]
    assert "respect/tu-form" not in {one["check"] for one in told["judgement"]["findings"]}


def test_a_check_is_explained_in_the_chosen_language(keeper: Keeper) -> None:
    told = call(keeper, "explain_check", at={"lang": Lang.EN}, check="respect/blame").structured_content
    assert told["title"] == "Blaming the customer"
    assert told["fires"]
    assert told["silent"]


def test_what_is_wrong_is_one_line_for_the_model(keeper: Keeper) -> None:
    told = call(keeper, "explain_check", check="respect/balme")
    assert told.is_error
    assert "respect/blame" in told.content[0].text
    assert call(keeper, "check_reply", draft=GOOD, turn=0).is_error
    assert call(keeper, "improve_reply", draft=GOOD, situation="no-such").is_error


def test_past_replies_are_searched_in_a_named_archive_only(keeper: Keeper, tmp_path: Path) -> None:
    with Archive(tmp_path / "archive", write=True) as archive:
        archive.add("سفارش شما فردا با پیک می‌رسد و شماره‌اش را برایتان می‌فرستم.", agent="سارا")
    at = {"archive": tmp_path / "archive"}
    told = call(keeper, "search_past_replies", at=at, text="سفارش شما فردا با پیک می‌رسد و شماره‌اش را می‌فرستم.")
    (match,) = told.structured_content["matches"]
    assert match["score"] > 80
    assert "سارا" not in json.dumps(told.model_dump(mode="json"), ensure_ascii=False)
    assert call(keeper, "search_past_replies", text="سفارش شما").is_error


def test_prompts_name_the_tools_that_there_are(keeper: Keeper) -> None:
    async def talk(client: Client) -> Any:
        names = [one.name for one in (await client.list_prompts()).prompts]
        return {name: await client.get_prompt(name, {"draft": GOOD, "customer": "چرا نرسید؟"}) for name in names}

    prompts = ask(keeper, talk)
    assert list(prompts) == ["better", "review"]
    for prompt in prompts.values():
        text = prompt.messages[0].content.text
        assert "check_reply" in text
        assert GOOD in text
        assert "چرا نرسید؟" in text


def test_resources_tell_of_checks_and_of_the_house(keeper: Keeper) -> None:
    async def talk(client: Client) -> Any:
        uris = ("hamdel://checks", "hamdel://checks/respect/blame", "hamdel://house")
        return [json.loads((await client.read_resource(uri)).contents[0].text) for uri in uris]

    checks, blame, house = ask(keeper, talk)
    assert {"respect/tu-form", "respect/blame"} <= {one["id"] for one in checks}
    assert blame["id"] == "respect/blame"
    assert house["address"] == "شما"
    assert {"late-delivery"} <= {one["name"] for one in house["skeletons"]}


def test_broken_settings_and_unknown_checks_are_one_line(keeper: Keeper, tmp_path: Path) -> None:
    (tmp_path / "hamdel.toml").write_text('audiance = "consumer"\n', encoding="utf-8")
    requests = Requests(keeper, Place(None, tmp_path / "hamdel.toml", no_archive=True))
    server = make_server(Tools(requests, Lang.EN))

    async def run() -> list[str]:
        told = []
        async with Client(server) as client:
            for uri in ("hamdel://checks", "hamdel://house", "hamdel://checks/respect/blame"):
                with pytest.raises(MCPError) as error:
                    await client.read_resource(uri)
                told.append(str(error.value))
            answer = await client.call_tool("check_reply", {"draft": GOOD})
            assert answer.is_error
            told.append(answer.content[0].text)
        return told

    for line in anyio.run(run):
        assert "audience" in line
        assert "\n" not in line


def test_a_text_that_is_too_long_is_named_in_persian(keeper: Keeper) -> None:
    told = call(keeper, "check_reply", draft="سلام " * 500_000)
    assert told.is_error
    assert "نویسه دارد" in told.content[0].text


def test_without_the_sdk_one_line_says_what_to_install() -> None:
    code = "import sys; sys.modules['mcp'] = None; sys.argv = ['hamdel', 'mcp']; import hamdel.doors.cli as c; c.main()"
    env = {**os.environ, "HAMDEL_LANG": "en"}
    run = {"capture_output": True, "text": True, "stdin": subprocess.DEVNULL, "env": env}
    done = subprocess.run([sys.executable, "-c", code], check=False, **run)
    assert done.returncode == 2
    assert done.stderr == "hamdel: hamdel mcp needs mcp 2 or later; install it with: pip install 'hamdel[mcp]'\n"


_NOISY = """
import sys
from hamdel.doors.cli import main
from hamdel.doors.requests import Requests

answer = Requests.answer
Requests.answer = lambda *given: (print("noise"), answer(*given))[1]
sys.argv = ["hamdel", "mcp", "--no-config"]
main()
"""


def test_over_its_streams_nothing_else_reaches_standard_output(tmp_path: Path) -> None:
    """What the process prints goes to standard error; on standard output it would be no answer."""
    errors = tmp_path / "errors"
    noisy = StdioServerParameters(command=sys.executable, args=["-c", _NOISY], env=dict(os.environ), cwd=tmp_path)

    async def run() -> Any:
        with anyio.fail_after(120), errors.open("w") as log:
            async with Client(stdio_client(noisy, errlog=log)) as client:
                return await client.call_tool("check_reply", {"draft": RUDE, "customer": CUSTOMER})

    told = anyio.run(run)
    assert not told.structured_content["send"]
    assert CARD not in json.dumps(told.model_dump(mode="json"))
    assert errors.read_text().strip() == "noise"
