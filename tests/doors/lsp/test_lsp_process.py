"""`hamdel lsp` as a process: what isn't a message gets an answer, too; the missing extra is named."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lsp_editor import ENV, Editor


def framed(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


@pytest.mark.parametrize("missing", ["pygls", "lsprotocol"])
def test_a_missing_extra_is_one_line(missing: str, tmp_path: Path) -> None:
    code = f"import sys; sys.modules['{missing}'] = None; from hamdel.doors.cli import main; main()"
    env = {**ENV, "HAMDEL_LANG": "en"}
    done = subprocess.run(
        [sys.executable, "-c", code, "lsp"], capture_output=True, cwd=tmp_path, env=env, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == f"hamdel: hamdel lsp needs {missing}; install it with: pip install 'hamdel[lsp]'\n"


def test_it_ends_with_its_input(tmp_path: Path) -> None:
    editor = Editor(tmp_path)
    editor.begin()
    assert editor.process.stdin
    assert editor.process.stdout
    editor.process.stdin.close()
    assert editor.process.wait(60) == 0
    editor.process.stdout.close()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", -32700),
        (b"\xff", -32700),
        (b"[" * 50_000, -32700),
        (b"[]", -32600),
        (b"5", -32600),
        (b'{"jsonrpc": "2.0", "id": "x", "method": "textDocument/hover", "params": {"position": 5}}', -32602),
        (b'{"jsonrpc": "2.0", "id": "x", "method": "no/such"}', -32601),
        (b'{"jsonrpc": "2.0", "id": "x", "method": "workspace/executeCommand", "params": {"command": "no"}}', -32602),
        (b'{"jsonrpc": "2.0", "id": "x", "method": "$/cancelRequest", "params": {"id": null}}', -32600),
    ],
)
def test_wrong_messages_are_answered(editor: Editor, body: bytes, code: int) -> None:
    editor.write(framed(body))
    answer = editor.wait(lambda one: "error" in one)
    assert answer["error"]["code"] == code
    assert answer["id"] == ("x" if b'"x"' in body else None)


_json = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2**40) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_METHODS = [
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didClose",
    "textDocument/codeAction",
    "textDocument/hover",
    "workspace/executeCommand",
    "workspace/didChangeConfiguration",
    "workspace/didChangeWatchedFiles",
    "$/cancelRequest",
    "x",
]
_NAMES = ["textDocument", "position", "range", "context", "command", "arguments", "settings", "contentChanges", "id"]
_bodies = st.binary(max_size=30) | st.fixed_dictionaries(
    {"jsonrpc": st.just("2.0"), "method": st.sampled_from(_METHODS)},
    optional={"id": st.text(min_size=1), "params": st.dictionaries(st.sampled_from(_NAMES), _json) | _json},
).map(lambda value: json.dumps(value).encode())


@example(body=b'{"jsonrpc": "2.0", "method": "$/cancelRequest", "id": "0", "params": {"id": null}}')
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=_bodies)
def test_whatever_comes_the_server_goes_on(editor: Editor, body: bytes) -> None:
    editor.write(framed(body))
    result: Any = editor.ask(
        "textDocument/hover", textDocument={"uri": "untitled:none"}, position={"line": 0, "character": 0}
    )
    assert result is None
    value = _parsed(body)
    if isinstance(value, dict) and isinstance(value.get("id"), str) and "method" in value:
        assert any(one.get("id") == value["id"] for one in editor.notes)
    editor.notes.clear()


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None
