"""The ``hamdel`` command. hazm and rapidfuzz are imported when a draft is checked, spaCy when a pattern asks."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Annotated, Any, ClassVar

import typer

import hamdel
from hamdel.base.harmless import harmless
from hamdel.base.spacy_import import leave_out_command_line
from hamdel.doors.cli.exits import ExitCode
from hamdel.doors.cli.help import show
from hamdel.doors.cli.lazy import LazyGroup
from hamdel.doors.cli.screen import complain, drop_output, use_utf8, write
from hamdel.doors.told import speak
from hamdel.errors import HamdelError
from hamdel.model import Lang

__all__ = ["ExitCode", "app", "main"]

#: Objects that may be made before Python looks for unlinked ones. Nearly all that a start makes are phrases and words
#: that stay; to look through them after every 700 takes a tenth of it.
_UNLINKED = 50_000
#: What goes wrong with standard output: a full disk, a quota, the largest file, a disk that fails.
_OUTPUT = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG, errno.EIO)


@contextmanager
def _orderly() -> Iterator[None]:
    """Turn what can go wrong for users into one line and an exit code."""
    try:
        yield
    except HamdelError as error:
        complain(str(error))
        raise typer.Exit(ExitCode.FAILED) from error
    except BrokenPipeError as error:
        drop_output()
        raise typer.Exit(ExitCode.BROKEN_PIPE) from error
    except OSError as error:
        if error.filename is None and error.errno in _OUTPUT:
            drop_output()
            complain(f"the output can't be written: {(error.strerror or str(error)).lower()}")
            raise typer.Exit(ExitCode.FAILED) from error
        if error.filename is None:  # not about a file that the user named
            raise
        complain(f"{error.filename}: {(error.strerror or str(error)).lower()}; check the name and its rights")
        raise typer.Exit(ExitCode.FAILED) from error
    except KeyboardInterrupt as error:
        complain("stopped")
        raise typer.Exit(ExitCode.INTERRUPTED) from error
    except Exception as error:
        if isinstance(message := getattr(error, "message", None), str):  # click's, which may repeat an argument
            error.message = harmless(message)  # type: ignore[attr-defined]
            _tell_usage(error)
        raise


def _tell_usage(error: Any) -> None:
    """Say in one line how a command was misused; one without anything shows its help instead.

    Raises:
        typer.Exit: it was said.
    """
    path = getattr(getattr(error, "ctx", None), "command_path", None)
    if path is None:
        return
    if type(error).__name__ == "NoArgsIsHelpError":
        show(error.ctx, sys.stderr)
        raise typer.Exit(ExitCode.FAILED) from error
    complain(f"{error.format_message().rstrip('.')}; see `{path} --help`")
    raise typer.Exit(ExitCode.FAILED) from error


def _language_in(args: Sequence[str]) -> Lang | None:
    """The language that a command line asks for, for what is wrong with the rest of it."""
    for place, one in enumerate(args):
        value = one.partition("=")[2] if one.startswith("--lang=") else "".join(args[place + 1 : place + 2])
        if one.startswith("--lang") and value in list(Lang):
            return Lang(value)
    return None


def _asking_for_help(args: list[str]) -> list[str]:
    """``hamdel help check`` is ``hamdel check --help``."""
    return [*args[1:], "--help"] if args[:1] == ["help"] else args


class _Commands(LazyGroup):
    """All commands, none of which shows a traceback for a user's mistake."""

    places: ClassVar[Mapping[str, str]] = {
        "init": "hamdel.doors.cli.init:init",
        "check": "hamdel.doors.cli.check:check",
        "fix": "hamdel.doors.cli.fix:fix",
        "improve": "hamdel.doors.cli.improve:improve",
        "checks": "hamdel.doors.cli.catalogue:checks",
        "explain": "hamdel.doors.cli.catalogue:explain",
        "evaluate": "hamdel.doors.cli.evaluate:evaluate",
        "label": "hamdel.doors.cli.label:label",
        "learn": "hamdel.doors.cli.learn:learn",
        "audit": "hamdel.doors.cli.audit:audit",
        "audit merge": "hamdel.doors.cli.audit_merge:merge",
        "audit trend": "hamdel.doors.cli.audit_trend:trend",
        "lsp": "hamdel.doors.cli.lsp:lsp",
        "stdio": "hamdel.doors.cli.stdio:stdio",
        "serve": "hamdel.doors.cli.serve:serve",
        "mcp": "hamdel.doors.cli.mcp:mcp",
        "doctor": "hamdel.doors.cli.doctor:doctor",
        "browser": "hamdel.doors.cli.browser:browser",
        "archive": "hamdel.doors.cli.archive_commands:archive",
        "watch": "hamdel.doors.cli.watch:watch",
        "completion": "hamdel.doors.cli.completion:completion",
    }

    def make_context(self, info_name: Any, args: list[str], *more: Any, **extra: Any) -> Any:
        """Read the options; ``--help`` and ``--version`` print here already."""
        use_utf8()
        speak(_language_in(args))
        with _orderly():
            return super().make_context(info_name, _asking_for_help(args), *more, **extra)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find a command, which may have two words."""
        both = " ".join(args[:2])
        return super().resolve_command(ctx, [both, *args[2:]] if both in self.places else args)

    def invoke(self, ctx: Any) -> Any:
        with _orderly():
            return super().invoke(ctx)


app = typer.Typer(
    name="hamdel",
    cls=_Commands,
    help="Is this Persian support reply respectful, empathic and your own? Works offline.",
    epilog="Exit codes: 0 clean, 1 findings at or above --fail-on, 2 could not run.",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    add_completion=False,
    # Plain help starts in a third of the time that rich needs to draw boxes.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        write(f"hamdel {hamdel.__version__}\n")
        raise typer.Exit


def _speaking(context: typer.Context, lang: Lang | None) -> Lang | None:
    """Set the language of whatever follows, a command's own option and the processes that it starts apart."""
    if lang and not context.resilient_parsing:
        before = os.environ.get("HAMDEL_LANG")
        os.environ["HAMDEL_LANG"] = lang.value
        context.call_on_close(partial(_set_back, before))
    return lang


def _set_back(before: str | None) -> None:
    if before is None:
        os.environ.pop("HAMDEL_LANG", None)
    else:
        os.environ["HAMDEL_LANG"] = before


@app.callback()
def _options(
    lang: Annotated[
        Lang | None,
        typer.Option(
            "--lang",
            callback=_speaking,
            is_eager=True,
            help="Language of messages; fa unless set otherwise.",
            show_default=False,
        ),
    ] = None,
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line; the console script's entry point."""
    leave_out_command_line()
    gc.set_threshold(_UNLINKED)
    if "_HAMDEL_COMPLETE" in os.environ:  # a shell asks what could stand here
        from typer import completion

        completion.completion_init()  # type: ignore[attr-defined]  # typer exports it to itself alone
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)
    except Exception as error:
        if sys.flags.dev_mode:  # python -X dev: developers want to see it all
            raise
        complain(f"internal error, please report it: {type(error).__name__}: {error}")
        sys.exit(ExitCode.FAILED)
    finally:
        gc.freeze()  # the process ends: nobody needs to look for unlinked objects once more
