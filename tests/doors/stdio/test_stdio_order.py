"""What is answered when: cancelling, overtaking, batches, limits, the end."""

from __future__ import annotations

import errno
import os
from typing import Any

import pytest
from stdio_client import Held, Open, request

from hamdel.errors import HamdelError


def code(answer: Any) -> int:
    return int(answer["error"]["code"])


def test_cancel_overtakes_what_waits(talk_to: Open, held: Held) -> None:
    talk = talk_to(held)
    talk.send(request("check", 1, draft="یک"))
    held.begun.acquire()
    talk.send(request("check", 2, draft="دو"))
    talk.send(request("cancel", 3, id=2))
    cancelled, answer = talk.read(), talk.read()
    assert (cancelled["id"], code(cancelled)) == (2, -32800)
    assert answer == {"jsonrpc": "2.0", "id": 3, "result": True}
    held.go.release()
    assert talk.read()["result"] == {"draft": "یک"}
    assert talk.end() == []
    assert held.done == [{"draft": "یک"}]


def test_cancelling_what_is_being_worked_on_drops_its_outcome(talk_to: Open, held: Held) -> None:
    talk = talk_to(held)
    talk.send(request("check", 1, draft="یک"))
    held.begun.acquire()
    talk.send({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 1}})
    assert code(talk.read()) == -32800
    held.go.release()
    assert talk.end() == []


def test_a_change_that_was_begun_cannot_be_cancelled(talk_to: Open, held: Held) -> None:
    talk = talk_to(held)
    talk.send(request("archive/add", 1, reply="یک"))
    held.begun.acquire()
    assert talk.ask(request("cancel", 2, id=1))["result"] is False
    held.go.release()
    assert talk.read()["id"] == 1


def test_cancelling_nothing(talk_to: Open, held: Held) -> None:
    talk = talk_to(held)
    assert talk.ask(request("cancel", "a", id=7))["result"] is False
    assert code(talk.ask(request("cancel", "a", id=[7]))) == -32602
    assert code(talk.ask(request("cancel", "a"))) == -32602


def test_a_newer_check_of_a_document_takes_the_older_ones_place(talk_to: Open, held: Held) -> None:
    talk = talk_to(held)
    talk.send(request("check", 1, draft="یک", document="a"))
    held.begun.acquire()
    talk.send(request("check", 2, draft="دو", document="a"))
    talk.send(request("check", 3, draft="جای دیگر", document="b"))
    talk.send(request("check", 4, draft="سه", document="a"))
    talk.send(request("check", 5, draft="بی‌نام"))
    overtaken = [talk.read(), talk.read()]
    assert [(one["id"], code(one)) for one in overtaken] == [(1, -32801), (2, -32801)]
    for _ in range(4):
        held.go.release()
    assert [one["id"] for one in talk.end()] == [3, 4, 5]
    assert [one["draft"] for one in held.done] == ["یک", "جای دیگر", "سه", "بی‌نام"]


def test_an_id_is_used_once_at_a_time(talk_to: Open, held: Held) -> None:
    talk = talk_to(held)
    talk.send(request("check", 1, draft="یک"))
    held.begun.acquire()
    again = talk.ask(request("check", 1, draft="دو"))
    assert (again["id"], code(again)) == (1, -32600)
    talk.send(request("check", "1", draft="متن"))  # a text is another id than a number
    for _ in range(3):
        held.go.release()
    assert [talk.read()["id"], talk.read()["id"]] == [1, "1"]
    assert talk.ask(request("check", 1, draft="سه"))["result"] == {"draft": "سه"}


def test_null_is_an_id_that_several_may_have(talk_to: Open, held: Held) -> None:
    talk = talk_to(held)
    for _ in range(2):
        held.go.release()
        talk.send(request("check", None, draft="یک"))
    assert [one["id"] for one in talk.end()] == [None, None]


def test_notifications_are_done_and_never_answered(talk_to: Open, held: Held) -> None:
    talk = talk_to(held)
    held.go.release()
    talk.send({"jsonrpc": "2.0", "method": "archive/add", "params": {"reply": "یک"}})
    talk.send({"jsonrpc": "2.0", "method": "archive/add", "params": ["wrong"]})
    assert talk.end() == []
    assert held.done == [{"reply": "یک"}]


def test_a_batch_is_answered_in_one(talk_to: Open, held: Held) -> None:
    talk = talk_to(held)
    for _ in range(3):
        held.go.release()
    note = {"jsonrpc": "2.0", "method": "check", "params": {"draft": "خبر"}}
    answer = talk.ask([request("check", 1, draft="یک"), 5, note, request("check", 2, draft="دو")])
    assert [one["id"] for one in answer] == [None, 1, 2]
    assert code(answer[0]) == -32600
    held.go.release()
    talk.send([note])
    assert code(talk.ask([])) == -32600


def test_the_end_of_input_waits_for_the_answers(talk_to: Open, held: Held) -> None:
    talk = talk_to(held)
    for number in range(3):
        talk.send(request("check", number, draft="یک"))
        held.go.release()
    assert [one["id"] for one in talk.end()] == [0, 1, 2]


def test_nothing_is_answered_after_shutdown(talk_to: Open, held: Held) -> None:
    talk = talk_to(held)
    held.go.release()
    talk.send(request("shutdown", 1))
    assert talk.read()["id"] == 1
    talk.thread.join(60)
    assert not talk.thread.is_alive()


def test_too_long_a_line_is_skipped(talk_to: Open, held: Held) -> None:
    talk = talk_to(held, longest=200)
    for line in (b"x" * 201, b"x" * 200_000):
        answer = talk.ask(line)
        assert (answer["id"], code(answer)) == (None, -32001)
    assert code(talk.ask(b"x" * 200)) == -32700
    held.go.release()
    assert talk.ask(request("check", 1, draft="یک"))["id"] == 1


def test_many_waiting_requests_are_all_answered(talk_to: Open, held: Held) -> None:
    talk = talk_to(held)
    for _ in range(1500):
        held.go.release()
    lines = b"\n".join(b'{"jsonrpc":"2.0","id":%d,"method":"check"}' % number for number in range(1500))
    talk.send(lines)
    assert [talk.read()["id"] for _ in range(1500)] == list(range(1500))


def test_a_reader_that_goes_away_ends_it(talk_to: Open, held: Held) -> None:
    talk = talk_to(held)
    talk.answers.close()
    held.go.release()
    talk.send(request("check", 1, draft="یک"))
    talk.thread.join(60)
    assert isinstance(talk.error, BrokenPipeError)
    talk.answers = open(os.devnull, "rb")  # noqa: SIM115, PTH123 - closed with the talk


def test_answers_that_cannot_be_written(talk_to: Open, held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = talk_to(held)

    class Full:
        def write(self, _: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(talk.server, "_target", Full())
    talk.send(b"x")
    talk.thread.join(60)
    assert isinstance(talk.error, HamdelError)
    assert str(talk.error) == "standard output: No space left on device"


@pytest.mark.parametrize("number", ["1e999", "-1e999", "9" * 400 + ".0"])
def test_an_id_that_no_number_can_hold(talk_to: Open, held: Held, number: str) -> None:
    """JSON can write it, but Python reads infinity, which JSON can't write."""
    talk = talk_to(held)
    talk.send(b'{"jsonrpc":"2.0","method":"check","id":%s,"params":{"draft":"x"}}' % number.encode())
    answer = talk.read()
    assert (answer["id"], code(answer)) == (None, -32600)
    talk.send(b'{"jsonrpc":"2.0","method":"cancel","id":1,"params":{"id":%s}}' % number.encode())
    answer = talk.read()
    assert (answer["id"], code(answer)) == (1, -32602)


@pytest.mark.parametrize("name", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_no_json(talk_to: Open, held: Held, name: str) -> None:
    talk = talk_to(held)
    talk.send(b'{"jsonrpc":"2.0","method":"check","id":%s}' % name.encode())
    answer = talk.read()
    assert (answer["id"], code(answer)) == (None, -32700)
