"""An editor that speaks to `hamdel lsp` over its pipes, with offsets reckoned in a way of its own."""

from __future__ import annotations

import json
import os
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import hamdel

COMMAND = [sys.executable, "-c", "from hamdel.doors.cli import main; main()", "lsp"]
ENV = {
    **{name: value for name, value in os.environ.items() if not name.startswith("HAMDEL_")},
    "PYTHONPATH": os.pathsep.join([str(Path(hamdel.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]),
}
_PATIENCE = 60
Json = Any


class Editor:
    """One process and what it said.

    Attributes:
        settings: the answer to `workspace/configuration`.
        notes: notifications that nobody has waited for yet.
        applied: the edits of `workspace/applyEdit`.
        choose: takes one of the answers of `window/showMessageRequest`.
    """

    def __init__(self, root: Path, *options: str) -> None:
        self.root = root
        self.settings: Json = None
        self.notes: list[Json] = []
        self.asked: list[Json] = []
        self.applied: list[Json] = []
        self.choose: Callable[[list[Json]], Json] = lambda _: None
        self._last = 0
        self._came: queue.Queue[Json] = queue.Queue()
        self.process = subprocess.Popen(
            [*COMMAND, *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=root,
            env={**ENV, **{name: os.environ[name] for name in ("HAMDEL_CACHE_DIR", "HAMDEL_ARCHIVE")}},
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        out = self.process.stdout
        assert out
        while True:
            headers = iter(out.readline, b"\r\n")
            sizes = [int(line.split(b":")[1]) for line in _until_end(headers) if line.startswith(b"Content-Length")]
            if not sizes:
                self._came.put(None)
                return
            self._came.put(json.loads(out.read(sizes[0])))

    def write(self, data: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message: Json) -> None:
        body = json.dumps(message).encode()
        self.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def note(self, method: str, **params: Json) -> None:
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, **params: Json) -> Json:
        """Send a request and return its result; an error is returned as it came."""
        self._last += 1
        self.send({"jsonrpc": "2.0", "id": self._last, "method": method, "params": params or None})
        mine = self._last
        answer = self.wait(lambda one: "method" not in one and one.get("id") == mine)
        return answer.get("result", answer)

    def wait(self, wanted: Callable[[Json], bool]) -> Json:
        """Return the next message of a sort; answer the server's own requests meanwhile."""
        for number, note in enumerate(self.notes):
            if wanted(note):
                return self.notes.pop(number)
        while True:
            message = self._came.get(timeout=_PATIENCE)
            if message is None:
                raise EOFError
            if wanted(message):
                return message
            if "method" in message and "id" in message:
                self.send({"jsonrpc": "2.0", "id": message["id"], "result": self._answer(message)})
            else:
                self.notes.append(message)

    def _answer(self, message: Json) -> Json:
        self.asked.append(message)
        if message["method"] == "workspace/configuration":
            return [self.settings]
        if message["method"] == "workspace/applyEdit":
            self.applied.append(message["params"]["edit"])
            return {"applied": True}
        if message["method"] == "window/showMessageRequest":
            return self.choose(message["params"]["actions"])
        return None

    def begin(self, capabilities: Json = None, options: Json = None) -> Json:
        answer = self.ask(
            "initialize",
            processId=None,
            rootUri=self.root.as_uri(),
            capabilities=capabilities or {},
            initializationOptions=options,
        )
        self.note("initialized")
        return answer

    def end(self) -> int:
        self.ask("shutdown")
        self.note("exit")
        code = self.process.wait(_PATIENCE)
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe
            pipe.close()
        return code

    # Documents.

    def open(self, uri: str, text: str, language: str = "plaintext", version: int = 1) -> Json:
        """Open a document; return its diagnostics."""
        item = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.note("textDocument/didOpen", textDocument=item)
        return self.diagnostics(uri, version)

    def change(self, uri: str, version: int, *changes: Json) -> None:
        self.note("textDocument/didChange", textDocument={"uri": uri, "version": version}, contentChanges=list(changes))

    def rewrite(self, uri: str, version: int, text: str) -> Json:
        """Change all of a document; return its diagnostics."""
        self.change(uri, version, {"text": text})
        return self.diagnostics(uri, version)

    def close(self, uri: str) -> Json:
        self.note("textDocument/didClose", textDocument={"uri": uri})
        return self.wait(lambda one: _is_about(one, uri) and not one["params"]["diagnostics"])

    def diagnostics(self, uri: str, version: int) -> list[Json]:
        """Return the diagnostics of a version."""
        note = self.wait(lambda one: _is_about(one, uri) and one["params"].get("version") == version)
        return list(note["params"]["diagnostics"])

    def actions(self, uri: str, place: Json, known: Sequence[Json] = (), only: Sequence[str] = ()) -> list[Json]:
        context = {"diagnostics": list(known), **({"only": list(only)} if only else {})}
        return list(self.ask("textDocument/codeAction", textDocument={"uri": uri}, range=place, context=context))


def _until_end(lines: Any) -> Any:
    for line in lines:
        if not line:  # the pipe has ended
            return
        yield line


def _is_about(note: Json, uri: str) -> bool:
    return note.get("method") == "textDocument/publishDiagnostics" and note["params"]["uri"] == uri


# Offsets in UTF-16, as the protocol has them.


def _units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _offset(text: str, position: Json) -> int:
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    line = _units(lines[position["line"]]) if position["line"] < len(lines) else b""
    before = _units("".join(lines[: position["line"]]))
    return len(before + line[: 2 * position["character"]]) // 2


def at(text: str, place: Json) -> str:
    """What stands in a range."""
    units = _units(text)[2 * _offset(text, place["start"]) : 2 * _offset(text, place["end"])]
    return units.decode("utf-16-le", "surrogatepass")


def applied(text: str, edit: Json, uri: str) -> str:
    """A text after a workspace edit, whose edits all count positions before it."""
    units = _units(text)
    places = [
        (_offset(text, one["range"]["start"]), _offset(text, one["range"]["end"]), one["newText"])
        for one in edit["changes"][uri]
    ]
    for start, end, new in sorted(places, reverse=True):
        units = units[: 2 * start] + _units(new) + units[2 * end :]
    return units.decode("utf-16-le", "surrogatepass")
