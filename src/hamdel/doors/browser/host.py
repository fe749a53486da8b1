"""The native host: what `hamdel stdio` answers, to the extension; without a server, a port or a log."""

from __future__ import annotations

import io

from hamdel.doors.browser.framing import FrameSource, FrameTarget
from hamdel.doors.keeper import Keeper, Place
from hamdel.doors.requests import LabelFile
from hamdel.doors.stdio.methods import Methods
from hamdel.doors.stdio.server import Server

__all__ = ["serve"]


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
    # Nothing is logged: what a browser writes to its own log may be read by others.
    methods = Methods(keeper, place, show_personal=False, log=_silent, labels=labels)
    try:
        Server(methods, FrameSource(source), FrameTarget(target)).run()
    finally:
        keeper.close()


def _silent(_: str) -> None:
    pass
