"""One thread reads messages, one does the work: a ``cancel`` overtakes what waits, and a newer draft the older one."""

from __future__ import annotations

import io
import logging
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hamdel.doors.requests import RequestError
from hamdel.doors.requests.params import Param, take
from hamdel.doors.stdio.lines import read_lines
from hamdel.doors.stdio.messages import (
    Call,
    Code,
    Id,
    Refusal,
    encode,
    error_answer,
    id_in,
    is_id,
    parse,
    read_call,
    result_answer,
)
from hamdel.doors.stdio.methods import CHANGES, LONGEST, Methods, refusing
from hamdel.errors import HamdelError

__all__ = ["Server"]

_MOST_WAITING = 1000  # no more is read until some of it is done

log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Batch:
    """Calls that came in one list, and are answered in one."""

    left: int
    answers: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _Job:
    """A call that waits or is being worked on."""

    call: Call
    batch: _Batch | None = None
    answered: bool = False

    @property
    def document(self) -> Any:
        """The document that a check is about; None for other calls."""
        return self.call.params.get("document") if self.call.method == "check" else None


class Server:
    """Answers the messages of one pipe.

    Args:
        methods: does the work.
        source, target: the pipe's two ends, without buffers.
        longest: bytes in a message.
    """

    def __init__(self, methods: Methods, source: io.RawIOBase, target: io.RawIOBase, longest: int = LONGEST) -> None:
        self._methods = methods
        self._source = source
        self._target = target
        self._longest = longest
        self._changed = threading.Condition()
        self._writing = threading.Lock()
        self._waiting: deque[_Job] = deque()
        self._pending: dict[tuple[type, Id], _Job] = {}  # by id: those that aren't answered yet
        self._ended = False
        self._broken: OSError | None = None
        self._reader = threading.Thread(target=self._read, name="hamdel-reader", daemon=True)

    def run(self) -> None:
        """Answer until the pipe ends or somebody asks for the end.

        Raises:
            BrokenPipeError: nobody reads the answers any more.
            HamdelError: they can't be written for another reason.
        """
        self._reader.start()
        while (job := self._next()) is not None:
            self._work(job)
            if job.call.method == "shutdown":
                break
        if isinstance(self._broken, BrokenPipeError):
            raise self._broken
        if self._broken:
            raise HamdelError(f"standard output: {self._broken.strerror or self._broken}")

    # The thread that reads.

    def _read(self) -> None:
        try:
            for line in read_lines(self._source, self._longest):
                self._take(line)
        except OSError as error:
            log.error("standard input: %s", error)
        finally:
            with self._changed:
                self._ended = True
                self._changed.notify()

    def _take(self, line: bytes | None) -> None:
        """Take in one line; what can't be done is answered here."""
        if line is None:
            self._send(error_answer(None, Code.TOO_LONG, f"a message may have {self._longest} bytes"))
            return
        if not line.strip():
            return
        try:
            value = parse(line)
        except Refusal as refusal:
            self._send(error_answer(None, refusal.code, str(refusal)))
            return
        if isinstance(value, list):
            self._take_batch(value)
        else:
            self._take_one(value, None)

    def _take_batch(self, values: Sequence[Any]) -> None:
        if not values:
            self._send(error_answer(None, Code.INVALID_REQUEST, "a list of messages can't be empty"))
            return
        batch = _Batch(len(values))
        for value in values:
            self._take_one(value, batch)

    def _take_one(self, value: Any, batch: _Batch | None) -> None:
        try:
            job = _Job(read_call(value), batch)
            if job.call.method in ("cancel", "$/cancelRequest"):
                self._answer(job, result_answer(job.call.id, self._cancel(job.call)))
            else:
                self._enqueue(job)
        except Refusal as refusal:
            notification = isinstance(value, dict) and "id" not in value and isinstance(value.get("method"), str)
            call = Call("", {}, id_in(value), not (notification and refusal.code is Code.INVALID_PARAMS))
            self._answer(_Job(call, batch), error_answer(call.id, refusal.code, str(refusal)))

    def _enqueue(self, job: _Job) -> None:
        """Let a call wait for its turn, in place of an older check of the same document.

        Raises:
            Refusal: another call with this id isn't answered yet.
        """
        with self._changed:
            key = _key(job.call.id)
            while len(self._waiting) >= _MOST_WAITING and not self._broken:
                self._changed.wait()
            if job.call.wants_answer and job.call.id is not None:
                if key in self._pending:
                    raise Refusal(Code.INVALID_REQUEST, "a request with this id isn't answered yet")
                self._pending[key] = job
            older = [one for one in self._unanswered() if one.document is not None and one.document == job.document]
            self._waiting.append(job)
            self._changed.notify()
        for one in older:
            if one is not job:
                self._give_up(one, Code.OVERTAKEN, "a newer check of the same document came")

    def _unanswered(self) -> list[_Job]:
        return list(dict.fromkeys([*self._pending.values(), *self._waiting]))

    def _cancel(self, call: Call) -> bool:
        """Give a request up; return whether it was still open."""
        wanted = _wanted(call)
        with self._changed:
            job = self._pending.get(_key(wanted))
        return job is not None and self._give_up(job, Code.CANCELLED, "cancelled")

    def _give_up(self, job: _Job, code: Code, reason: str) -> bool:
        """Answer a call with an error, now; a question that is being worked on is worked on in vain.

        Returns:
            Whether it was given up: not when it is answered, or changes something and was begun.
        """
        with self._changed:
            if job in self._waiting:
                self._waiting.remove(job)
            elif job.call.method in CHANGES:
                return False
        return self._answer(job, error_answer(job.call.id, code, reason))

    # The thread that works.

    def _next(self) -> _Job | None:
        """Wait for a call; None at the end."""
        with self._changed:
            while not self._waiting:
                if self._ended or self._broken:
                    return None
                self._changed.wait()
            self._changed.notify()  # the other thread may wait for room
            return None if self._broken else self._waiting.popleft()

    def _work(self, job: _Job) -> None:
        try:
            answer = result_answer(job.call.id, self._methods.call(job.call.method, job.call.params))
        except Refusal as refusal:
            answer = error_answer(job.call.id, refusal.code, str(refusal))
        except Exception as error:
            log.exception("internal error")
            answer = error_answer(job.call.id, Code.INTERNAL, f"internal error, please report it: {error!r}"[:500])
        self._answer(job, answer)

    # Both.

    def _answer(self, job: _Job, answer: dict[str, Any]) -> bool:
        """Send an answer, or keep it until its batch is complete; only the first one counts.

        Returns:
            Whether it was the first.
        """
        with self._changed:
            if job.answered:
                return False
            job.answered = True
            key = _key(job.call.id)
            if self._pending.get(key) is job:
                del self._pending[key]
            ready = self._ready(job, answer)
        if ready:
            self._send(ready)
        elif not job.call.wants_answer and "error" in answer:
            log.warning("notification: %s", answer["error"]["message"])
        return True

    @staticmethod
    def _ready(job: _Job, answer: dict[str, Any]) -> Any:
        """Return what is to be sent now: the answer, those of a whole batch, or nothing."""
        wanted = [answer] if job.call.wants_answer else []
        if job.batch is None:
            return wanted[0] if wanted else None
        job.batch.answers += wanted
        job.batch.left -= 1
        return job.batch.answers if not job.batch.left else None

    def _send(self, answer: Any) -> None:
        data = memoryview(encode(answer))
        try:
            with self._writing:
                while data:
                    data = data[self._target.write(data) :]
        except OSError as error:
            with self._changed:
                self._broken = error
                self._changed.notify()


def _id(value: Any) -> Any:
    if not is_id(value):
        raise TypeError
    return value


_CANCEL = (Param("id", {}, _id, "شناسهٔ درخواست", "the id of a request", needed=True),)


def _wanted(call: Call) -> Id:
    """The id of the request that is to be cancelled.

    Raises:
        Refusal: there is none.
    """
    try:
        wanted: Id = take(call.params, _CANCEL)["id"]
    except RequestError as error:
        raise refusing(error) from error
    return wanted


def _key(id_: Id) -> tuple[type, Id]:
    """1 and "1" are different ids."""
    return (str if isinstance(id_, str) else float, id_)
