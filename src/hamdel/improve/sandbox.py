"""The Jinja2 environment of all templates: sandboxed, small, and bounded in time and memory.

A team's template is a file that somebody was sent: it may fill slots and choose between wordings, and nothing else.
Jinja2's sandbox keeps it from Python's internals; the bounds here keep it from running for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, Template, Undefined, nodes, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from jinja2.visitor import NodeTransformer

from hamdel.digits import persian_digits
from hamdel.improve.grammar import copula, ezafe, jalali, object_marked, quoted, yours
from hamdel.improve.slots import placeholder

__all__ = ["FILTERS", "TemplateEnvironment", "render"]

_STEPS = 10_000  # turns of loops, calls and inclusions in one rendering
_LONGEST = 20_000  # characters or items that a value may have
_HIGHEST = 10**15
_BUDGET = " budget"  # no template can name it
_GROWING = frozenset("format format_map center ljust rjust zfill expandtabs join replace translate".split())
_KEPT = frozenset("default first last length list lower select reject string trim unique".split())


class _Budget:
    """What is left of `_STEPS` in one rendering."""

    def __init__(self) -> None:
        self._left = _STEPS

    def step(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise OverflowError(f"more than {_STEPS} steps; shorten the loops")


class _Slot(Undefined):
    """An unknown value that shows as a placeholder and counts as false."""

    def __str__(self) -> str:
        return placeholder(str(self._undefined_name))


class _Counting(NodeTransformer):
    """Makes each loop, inclusion and joined text of a template ask for leave."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802  # Jinja2's name
        self.generic_visit(node)
        if isinstance(node.iter, nodes.Expr):
            node.iter = _filtered(node.iter, "_counted")
        return node

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if isinstance(node.template, nodes.Expr):
            node.template = _filtered(node.template, "_stepped")
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(node, "_bounded")


def _filtered(node: nodes.Expr, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


def _bounded(value: Any) -> Any:
    """Return ``value`` unless it is too large to be meant."""
    if isinstance(value, str | list | tuple) and len(value) > _LONGEST:
        raise OverflowError(f"a text of more than {_LONGEST} characters")
    if isinstance(value, int | float) and abs(value) > _HIGHEST:
        raise OverflowError("a number that is too large")
    return value


def _budget(context: Context) -> _Budget:
    budget = context.get(_BUDGET)
    if budget is None:
        raise RuntimeError("an imported template needs `with context`")
    return budget  # type: ignore[no-any-return]


@pass_context
def _counted(context: Context, items: Iterable[Any]) -> Iterable[Any]:
    budget = _budget(context)
    found = []
    for item in items:
        budget.step()
        found.append(item)
    return found


@pass_context
def _stepped(context: Context, value: Any) -> Any:
    _budget(context).step()
    return value


def _joined(items: Iterable[Any], separator: str = "") -> str:
    parts = [str(item) for item in items]
    if sum(map(len, parts)) + len(separator) * len(parts) > _LONGEST:
        raise OverflowError(f"a text of more than {_LONGEST} characters")
    return separator.join(parts)


def _replaced(text: Any, old: str, new: str, count: int = -1) -> str:
    whole = str(text)
    if len(whole) + whole.count(old) * len(new) > _LONGEST:
        raise OverflowError(f"a text of more than {_LONGEST} characters")
    return whole.replace(old, new, count)


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


#: The filters for Persian, by name; README.md has a table of them.
FILTERS: dict[str, Any] = {
    "ezafe": lambda text: ezafe(str(text)),
    "ra": _ra,
    "ast": _ast,
    "yours": _yours,
    "quoted": lambda text: str(text) if isinstance(text, Undefined) else quoted(str(text)),
    "digits": lambda text: persian_digits(str(text)),
    "jalali": jalali,
}


class TemplateEnvironment(SandboxedEnvironment):
    """Templates of some folders, the first that has a name wins.

    Args:
        folders: where to look, first come first served.
    """

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(
            loader=FileSystemLoader([str(folder) for folder in folders], encoding="utf-8-sig"),
            undefined=_Slot,
            autoescape=False,  # plain text for a chat box, never HTML
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.filters = {name: self.filters[name] for name in _KEPT}
        self.filters |= {"join": _joined, "replace": _replaced, **FILTERS}
        self.filters |= {"_counted": _counted, "_stepped": _stepped, "_bounded": _bounded}
        self.globals = {name: self.globals[name] for name in ("range", "namespace", "dict")}

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        return super()._generate(_Counting().visit(source), *args, **kwargs)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may read an attribute; methods that make texts long may not be."""
        return attr not in _GROWING and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Leave ``str.format`` to `is_safe_attribute`, which forbids it: widths are unbounded."""

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return ``left operator right``, bounded."""
        if operator == "%" and isinstance(left, str):
            raise OverflowError("texts are filled with {{ … }}, not with %")
        if operator == "*" and any(isinstance(side, str | list | tuple) for side in (left, right)):
            size, times = (left, right) if isinstance(right, int) else (right, left)
            if len(size) * times > _LONGEST:
                raise OverflowError(f"a text of more than {_LONGEST} characters")
        if operator == "**" and abs(right) > 32:
            raise OverflowError("a number that is too large")
        return _bounded(super().call_binop(context, operator, left, right))

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Call a macro or method, which counts as a step."""
        _budget(__context).step()
        return super().call(__context, __obj, *args, **kwargs)


def render(template: Template, values: dict[str, Any]) -> str:
    """Return a template with its values filled in, within the bounds."""
    return template.render({**values, _BUDGET: _Budget()})
