"""The native host: what `hamdel stdio` answers, to the extension; without a server, a port or a log."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial

from hamdel.base.slow_work import shown_by
from hamdel.doors.browser.framing import FrameSource, FrameTarget
from hamdel.doors.keeper import Keeper, Place
from hamdel.doors.requests import LabelFile
from hamdel.doors.stdio.messages import encode
from hamdel.doors.stdio.methods import Methods
from hamdel.doors.stdio.server import Server

__all__ = ["PREPARING", "serve"]

#: The one message that nobody asked for: a notification, before answers that take seconds.
PREPARING = "preparing"


def serve(source: io.RawIOBase, target: io.RawIOBase, place: Place, labels: LabelFile) -> None:
    """Answer the browser until it closes the pipe.

    Args:
        source, target: the pipe's two ends, without buffers.
        place: where settings and archive come from.
        labels: where findings are noted that people object to.

    Raises:
        BrokenPipeError: the browser went away.
        HamdelError: nothing can be written for another reason.
    """
    keeper = Keeper()
    frames = FrameTarget(target)
    shown_by(partial(_preparing, frames))
    # Nothing is logged: what a browser writes to its own log may be read by others.
    methods = Methods(keeper, place, show_personal=False, log=_silent, labels=labels)
    try:
        Server(methods, FrameSource(source), frames).run()
    finally:
        keeper.close()


@contextmanager
def _preparing(frames: FrameTarget) -> Iterator[None]:
    """Tell the extension that its answers wait for the word lists, which are compiled once after installing."""
    with suppress(OSError):  # whoever writes the answer notices that nobody reads
        frames.write(encode({"jsonrpc": "2.0", "method": PREPARING}))
    yield


def _silent(_: str) -> None:
    pass
