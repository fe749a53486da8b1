"""Suggestions: templates in Persian, filled with what the customer wrote; what isn't known stays a visible «[…]»."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hamdel.errors import TemplateError
from hamdel.resources import template_dir

if TYPE_CHECKING:
    from jinja2 import Environment, Template

__all__ = ["Suggester"]

#: What a slot shows when nothing is known; respect/unfilled-placeholder finds each of these.
_SLOT_LABELS = {
    "name": "نام مشتری",
    "order": "شمارهٔ سفارش",
    "problem": "مشکل مشتری",
    "time": "روز و ساعت",
    "product": "نام کالا",
    "date": "تاریخ",
    "amount": "مبلغ",
    "reason": "دلیل",
    "option": "گزینهٔ جایگزین",
    "action": "کاری که می‌کنید",
    "replacement": "شکل محترمانه",
    "link": "لینک",
    "meaning": "توضیح ساده",
    "signer": "نام شما",
    "answer": "جواب",
    "question": "سؤال مشتری",
}


def _environment(folders: Sequence[Path]) -> Environment:
    from jinja2 import FileSystemLoader, Undefined
    from jinja2.sandbox import SandboxedEnvironment

    class Slot(Undefined):
        """An unknown value that shows as a placeholder and counts as false."""

        def __str__(self) -> str:
            name = str(self._undefined_name)
            return f"[{_SLOT_LABELS.get(name, name)}]"

    return SandboxedEnvironment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        undefined=Slot,
        autoescape=False,  # plain text for a chat box, never HTML
        trim_blocks=True,
        lstrip_blocks=True,
    )


class Suggester:
    """Renders ``suggestions/<check id>.j2``: each line that isn't empty is one wording.

    Args:
        folders: the team's template folders, first come first served; ours come last.
    """

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._folders = (*folders, template_dir())
        self._templates: dict[str, Template | None] = {}

    @cached_property
    def _jinja(self) -> Environment:
        return _environment(self._folders)

    def _template(self, check: str) -> Template | None:
        if check not in self._templates:
            from jinja2 import TemplateNotFound, TemplateSyntaxError

            name = f"suggestions/{check}.j2"
            try:
                self._templates[check] = self._jinja.get_template(name)
            except TemplateNotFound:
                self._templates[check] = None
            except TemplateSyntaxError as error:
                raise TemplateError(f"{error.filename or name}:{error.lineno}: {error.message}") from None
        return self._templates[check]

    def suggest(self, check: str, values: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the wordings for a finding of ``check``, best first; empty when it has no template.

        Args:
            check: the check's id.
            values: the template's variables; a slot that is missing or empty shows as ``[…]``.

        Raises:
            TemplateError: the template is wrong; file and line are named.
        """
        template = self._template(check)
        if template is None:
            return ()
        known = {name: value for name, value in values.items() if value not in ("", None)}
        from jinja2 import TemplateError as JinjaError

        try:
            lines = template.render(known).splitlines()
        except JinjaError as error:
            raise TemplateError(f"{template.filename}: {error}") from None
        return tuple(dict.fromkeys(line for line in map(str.strip, lines) if line))
