"""Templates by name: a team's own come before ours, name by name, and each mistake names its file and line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hamdel.base.nearest import nearest
from hamdel.base.resources import template_dir
from hamdel.base.toml_file import shown
from hamdel.errors import TemplateError, TooLateError
from hamdel.wording.slots import known

if TYPE_CHECKING:
    from jinja2 import Template

    from hamdel.wording.sandbox import TemplateEnvironment

__all__ = ["Templates"]

_NO_FILTER = re.compile(r"No filter named '(\w+)'")


class Templates:
    """Jinja2 templates of a team's folders and ours, compiled when they are first needed.

    Args:
        folders: the team's template folders, first come first served; ours come last.
    """

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._folders = (*folders, template_dir())
        self._compiled: dict[str, Template | None] = {}
        self._variables: dict[str, tuple[str, ...] | None] = {}

    @cached_property
    def _jinja(self) -> TemplateEnvironment:
        from hamdel.wording.sandbox import TemplateEnvironment  # Jinja2 takes a while

        return TemplateEnvironment(self._folders)

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the names of all templates in ``folder``, in alphabetical order; «_parts» are no templates."""
        found = {path.stem for root in self._folders for path in (root / folder).glob("[!_]*.j2")}
        return tuple(sorted(found))

    def path(self, name: str) -> Path | None:
        """Return the file that a name stands for; None when there is none."""
        paths = (root / f"{name}.j2" for root in self._folders)
        return next((path for path in paths if path.is_file()), None)

    def render(self, name: str, values: Mapping[str, Any], recent: Sequence[str] = ()) -> str | None:
        """Return a template filled in; None when there is none of that name.

        Args:
            name: relative to the folders, without its ending: ``suggestions/respect/blame``.
            values: its variables; one that is missing, None or empty shows as ``[…]``.
            recent: layouts of the agent's recent replies, which ``fresh`` keeps away from.

        Raises:
            TemplateError: the template can't be read, compiled or filled in; file and line are named.
        """
        template = self._template(name)
        if template is None:
            return None
        from hamdel.wording.sandbox import render

        try:
            return render(template, known(values), recent)
        except TooLateError:
            raise
        except Exception as error:  # a template may do anything wrong that Python can
            raise self._error(name, error) from None

    def variables(self, name: str) -> tuple[str, ...] | None:
        """Return the names of the values that a template may read; None where others that it takes in may read more.

        Args:
            name: of a template that has been filled in before.
        """
        if name not in self._variables:
            from hamdel.wording.sandbox import variables_of

            path = self.path(name)
            self._variables[name] = variables_of(self._jinja, path.read_text("utf-8-sig")) if path else ()
        return self._variables[name]

    def _template(self, name: str) -> Template | None:
        if name not in self._compiled:
            from jinja2 import TemplateNotFound

            file = f"{name}.j2"
            try:
                self._compiled[name] = self._jinja.get_template(file)
            except TemplateNotFound:
                self._compiled[name] = None
            except Exception as error:
                raise self._error(name, error) from None
        return self._compiled[name]

    def _error(self, name: str, error: Exception) -> TemplateError:
        """Return what went wrong in one line, after the place."""
        from jinja2 import TemplateSyntaxError

        path = self.path(name)
        file, line = (shown(path) if path else name), 0
        if isinstance(error, TemplateSyntaxError):
            line = error.lineno
            file = shown(Path(error.filename)) if error.filename else file
        elif place := _place(error):
            file, line = shown(Path(place[0])), place[1]
        where = f"{file}:{line}" if line else file
        return TemplateError(f"{where}: {_reason(error)}")


def _place(error: Exception) -> tuple[str, int] | None:
    """Return file and line of the innermost template; Jinja2 puts them into the traceback."""
    place, trace = None, error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".j2"):
            place = file, trace.tb_lineno
        trace = trace.tb_next
    return place


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start} is not UTF-8; save the file as UTF-8"
    if isinstance(error, RecursionError):
        return "it includes or calls itself without end, or is nested too deeply"
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    message = " ".join(str(getattr(error, "message", None) or error or type(error).__name__).split())
    unknown = _NO_FILTER.match(message)
    if not unknown:
        return message
    from hamdel.wording.sandbox import FILTERS

    return message.rstrip(".") + nearest(unknown[1], sorted(FILTERS))
