"""The Jinja2 environment of all templates: sandboxed, small, and bounded in time and memory.

A team's template is a file that somebody was sent: it may fill slots and choose between wordings, and nothing else.
Jinja2's sandbox keeps it from Python's internals, `hamdel.wording.bounds` from running for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template, Undefined, nodes, pass_context
from jinja2.meta import find_undeclared_variables
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from hamdel.base.digits import persian_digits
from hamdel.wording.bounds import BOUNDING, BUDGET, LONGEST, SOURCE, Budget, Counting, bounded, bounded_range, budget_of
from hamdel.wording.choice import least_used
from hamdel.wording.grammar import copula, ezafe, jalali, object_marked, quoted, yours
from hamdel.wording.slots import placeholder

__all__ = ["FILTERS", "TemplateEnvironment", "render"]

_RECENT = " recent"  # no template can name it
_READING = frozenset("count index".split())
#: The methods that a template may call, by the type of what it calls them of: none makes more than it is given.
_METHODS: dict[type, frozenset[str]] = {
    str: _READING
    | frozenset(
        "capitalize casefold endswith find isalnum isalpha isascii isdecimal isdigit isnumeric isspace lower lstrip "
        "partition removeprefix removesuffix rfind rindex rpartition rsplit rstrip split splitlines startswith strip "
        "swapcase title upper".split()
    ),
    dict: frozenset("get items keys values".split()),
    list: _READING,
    tuple: _READING,
    range: _READING,
    int: frozenset(),
    float: frozenset(),
    bytes: frozenset(),
}
_KEPT = frozenset("default first last length list lower select reject string trim unique".split())


class _Slot(Undefined):
    """An unknown value that shows as a placeholder and counts as false."""

    def __str__(self) -> str:
        return placeholder(str(self._undefined_name))


def _is_formal(context: Context) -> bool:
    return bool(context.get("formal"))


@pass_context
def _ra(context: Context, text: Any) -> str:
    return object_marked(str(text), _is_formal(context))


@pass_context
def _ast(context: Context, text: Any) -> str:
    return copula(str(text), _is_formal(context))


@pass_context
def _yours(context: Context, text: Any) -> str:
    return yours(str(text), _is_formal(context))


@pass_context
def _fresh(context: Context, text: Any) -> str:
    """Return the one of several lines that is least like the agent's recent replies, and a space."""
    lines = [line for line in map(str.strip, str(text).splitlines()) if line]
    return f"{least_used(lines, context.get(_RECENT, ()))[0]} " if lines else ""


#: Our filters by name; docs/wording.md has a table of them.
FILTERS: dict[str, Any] = {
    "ezafe": lambda text: ezafe(str(text)),
    "ra": _ra,
    "ast": _ast,
    "yours": _yours,
    "quoted": lambda text: str(text) if isinstance(text, Undefined) else quoted(str(text)),
    "digits": lambda text: persian_digits(str(text)),
    "jalali": jalali,
    "fresh": _fresh,
}


class _Loader(FileSystemLoader):
    """Files, none of them larger than a template is."""

    def get_source(self, environment: Environment, template: str) -> Any:
        """Return a template's text, name and freshness; see `jinja2.BaseLoader.get_source`."""
        for folder in self.searchpath:
            path = Path(folder, template)
            if path.is_file() and path.stat().st_size > SOURCE:
                raise OverflowError(f"{path.name}: a file of more than {SOURCE} bytes")
        return super().get_source(environment, template)


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Templates of some folders, the first that has a name wins.

    Args:
        folders: where to look, first come first served.
    """

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(
            loader=_Loader([str(folder) for folder in folders], encoding="utf-8-sig"),
            undefined=_Slot,
            autoescape=False,  # plain text for a chat box, never HTML
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.filters = {name: self.filters[name] for name in _KEPT}
        self.filters |= {**BOUNDING, **FILTERS}
        self.globals = {"range": bounded_range, **{name: self.globals[name] for name in ("namespace", "dict")}}

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        return super()._generate(Counting().visit(source), *args, **kwargs)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may read an attribute; of texts, lists and numbers only listed methods."""
        known = next((names for kind, names in _METHODS.items() if isinstance(obj, kind)), None)
        return (known is None or attr in known) and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Leave ``str.format`` to `is_safe_attribute`, which forbids it: widths are unbounded."""

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return ``left operator right``, bounded."""
        if operator == "%" and isinstance(left, str):
            raise OverflowError("texts are filled with {{ … }}, not with %")
        if operator == "*" and any(isinstance(side, str | list | tuple) for side in (left, right)):
            size, times = (left, right) if isinstance(right, int) else (right, left)
            if isinstance(times, int) and len(size) * times > LONGEST:
                raise OverflowError(f"a text of more than {LONGEST} characters")
        if operator == "**" and abs(right) > 32:
            raise OverflowError("a number that is too large")
        return bounded(super().call_binop(context, operator, left, right))

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Call a macro or method, which counts as a step; what comes of it is bounded."""
        budget_of(__context).step()
        for value in (*args, *kwargs.values()):
            bounded(value)
        made = super().call(__context, __obj, *args, **kwargs)
        return made if isinstance(made, Namespace) else bounded(made)


#: What filters and `hamdel.wording.slots.known` read besides.
_ALWAYS_READ = ("formal", "channel")


def variables_of(environment: Environment, source: str) -> tuple[str, ...] | None:
    """Return the names of the values that a template may read; None where others that it takes in may read more.

    Args:
        environment: a `TemplateEnvironment`.
        source: the template's text.
    """
    tree = environment.parse(source)
    if next(tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)), None):
        return None
    return tuple(sorted({*find_undeclared_variables(tree), *_ALWAYS_READ}))


def render(template: Template, values: dict[str, Any], recent: Sequence[str] = ()) -> str:
    """Return a template with its values filled in, within the bounds.

    Args:
        template: of a `TemplateEnvironment`.
        values: its variables.
        recent: layouts of the agent's recent replies, for ``fresh``.
    """
    return template.render({**values, BUDGET: Budget(), _RECENT: recent})
