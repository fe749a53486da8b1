"""One audit in a process of its own, so that it slows nobody's typing: an order on standard input, progress on output.

    {"file": …, "name": …, "out": …, "room": …, "columns": {…}, "anonymous": …, "agent_pages": …,
     "config": …, "search": …, "lang": …}

The order is one line; ``columns`` are those of `hamdel.exports.Columns`. Standard input ends when the server has ended,
however it did: then the room, with exports and results, is removed, and nothing goes on. Lines that come out:
``{"position": …, "rows": …}``, and at the end ``{"done": true, "agents": [{"name": …, "file": …}]}`` or ``{"failed": "a
line"}``, with ``"question"`` when something has to be asked first.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
import traceback
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

from hamdel.audit.agent_pages import agent_pages
from hamdel.audit.block_workers import Done
from hamdel.audit.clusters import Limits
from hamdel.audit.examine import Rules
from hamdel.audit.folder import write_errors
from hamdel.audit.run import Order, make_tables, open_folder, read_tables
from hamdel.audit.summary import Settings, summarise
from hamdel.checker import Checker
from hamdel.doors.http.audit_preview import columns_of, question_of
from hamdel.doors.told import worded
from hamdel.errors import HamdelError, InputError
from hamdel.exports.questions import Asked, QuestionError
from hamdel.identifiers import mask_identifiers
from hamdel.model import Lang
from hamdel.render.audit.audit_folder import write_agent_pages, write_results
from hamdel.settings.config import load_config

__all__ = ["main"]

_NICE = 10
_TRIES, _PAUSE = 100, 0.05  # to remove the room, and seconds between two
_INTERNAL = "an error of hamdel's own; please report it"
#: In Persian and in English.
_TEXTS = {
    "nothing": (
        "هیچ ردیفی از این فایل خوانده نشد؛ ببینید متن پاسخ در کدام ستون است، یا فایل را از نو خروجی بگیرید",
        "no row of this export could be used; see which column has the replies",
    ),
    Asked.TEAM: (
        "این فایل نمی‌گوید چه کسی به مشتری‌ها پاسخ می‌دهد؛ نامش را با team بگویید",
        "the export doesn't say who answers; name them with team",
    ),
    Asked.DATE_ORDER: (
        "معلوم نیست در تاریخ‌های این فایل روز اول است یا ماه؛ با date_order بگویید: dmy یا mdy",
        "its dates may begin with the day or the month; say which with date_order: dmy or mdy",
    ),
    Asked.PRESET: (
        "این فایل ممکن است خروجی چند برنامه باشد؛ با preset بگویید کدام",
        "it may be an export of several programs; say which with preset",
    ),
    Asked.COLUMN: (
        "معلوم نیست یکی از ستون‌ها پیام مشتری است یا می‌گوید کیست؛ نامش را در columns بدهید، یا none",
        "a column may hold messages, customers or agents; name it in columns, or none",
    ),
}


class NothingUsed(InputError):  # noqa: N818 - what came of it, not a fault of ours
    """No row of an export could be used."""

    def __init__(self) -> None:
        super().__init__(_TEXTS["nothing"][1])


def _say(**values: Any) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def _audit(given: Mapping[str, Any]) -> list[dict[str, str]]:
    """Do the whole of an audit.

    Returns:
        The agents who have a page of their own, and the pages' files.

    Raises:
        HamdelError: the export can't be read, or nothing in it can be used.
        BrokenPipeError: the server has ended.
    """
    options = {"lang": Lang(given["lang"])} if given.get("lang") else {}
    file = Path(given["config"]) if given.get("config") else None
    config = load_config(file, search=given["search"], options=options)
    columns = columns_of(given["columns"])
    order = Order([Path(given["file"])], columns, Rules(config), given["anonymous"])
    folder, _ = open_folder(order, Path(given["out"]), resume=False, force=True)
    make_tables(order, folder, _progress)
    tables = read_tables(folder.result)
    if not tables.replies.head(1).collect().height:
        raise NothingUsed
    checker = Checker(config)
    summary = summarise(tables.replies, tables.findings, Settings(checker, Limits()))
    pages = agent_pages(summary, tables.replies, tables.findings, checker) if given.get("agent_pages") else ()
    with write_errors(folder.path):
        write_results(folder.result, summary)
        folder.place()
        files = write_agent_pages(folder.path, pages, config.lang)
    return [{"name": page.name, "file": file.name} for page, file in zip(pages, files, strict=True)]


def _progress(done: Done) -> None:
    _say(position=done.position, rows=done.rows)


def _line(error: HamdelError, given: Mapping[str, Any]) -> str:
    """What went wrong, in the language of who asked."""
    english = given.get("lang") == "en"
    if isinstance(error, NothingUsed):
        return _TEXTS["nothing"][english]
    if isinstance(error, QuestionError):
        return _TEXTS[error.asked][english]
    told = mask_identifiers(str(error).replace(given["file"], given["name"]))
    return told if english else worded(told) or f"انجام نشد: {told}"


def main() -> None:
    """Do the audit that standard input asks for."""
    with suppress(OSError, AttributeError):  # Windows has no such thing
        os.nice(_NICE)
    given = json.loads(sys.stdin.buffer.readline())
    ending = Thread(target=_end_with_server, args=(Path(given["room"]),), daemon=True)
    ending.start()
    try:
        _tell(given)
    except OSError:  # nobody reads what we say: the server has ended, which the thread may not have seen yet
        ending.join()


def _tell(given: Mapping[str, Any]) -> None:
    """Do an audit, and say what came of it.

    Raises:
        OSError: nobody reads what we say.
    """
    try:
        agents = _audit(given)
    except HamdelError as error:
        asked = {"question": question_of(error)} if isinstance(error, QuestionError) else {}
        _say(failed=_line(error, given), **asked)
    except BrokenPipeError:
        raise
    except Exception:
        sys.stderr.write(mask_identifiers(traceback.format_exc()))
        _say(failed=_INTERNAL)
    else:
        _say(done=True, agents=agents)


def _end_with_server(room: Path) -> None:
    while os.read(0, 1):  # not by `sys.stdin`, whose lock would be held when we end
        pass
    for _ in range(_TRIES):  # the audit may write to a folder while it is being emptied
        shutil.rmtree(room, ignore_errors=True)
        if not room.exists():
            break
        time.sleep(_PAUSE)
    os._exit(1)


if __name__ == "__main__":
    main()
