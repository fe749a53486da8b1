"""The bounds of what a template may cost: steps, characters, seconds, and the size of each value.

Jinja2's sandbox keeps a template from Python's internals; these keep it from running for ever. Each value is bounded
where it comes into being, with all that is in it, so that no number of doublings makes a large one.
"""

from __future__ import annotations

from collections.abc import Iterable
from time import thread_time
from typing import Any

from jinja2 import nodes, pass_context
from jinja2.runtime import Context
from jinja2.utils import Namespace
from jinja2.visitor import NodeTransformer

from hamdel.deadline import look

__all__ = ["BOUNDING", "BUDGET", "LONGEST", "SOURCE", "Budget", "Counting", "bounded", "bounded_range", "budget_of"]

_STEPS = 10_000  # turns of loops, calls and inclusions in one rendering
LONGEST = 20_000  # characters and items that a value may have, those of its items included
_WRITTEN = 100_000  # characters that one rendering may write, what it writes into variables included
_SECONDS = 1.0  # of work in one rendering
SOURCE = 100_000  # bytes of a template's file
_HIGHEST = 10**15
BUDGET = " budget"  # no template can name it

class Budget:
    """What is left of the steps, characters and seconds of one rendering."""

    def __init__(self) -> None:
        self._left = _STEPS
        self._free = _WRITTEN
        self._end = thread_time() + _SECONDS

    def step(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise OverflowError(f"more than {_STEPS} steps; shorten the loops")
        look()
        if thread_time() > self._end:
            raise OverflowError(f"more than {_SECONDS:g} s of work; shorten the loops")

    def write(self, text: str) -> None:
        self._free -= len(text)
        if self._free < 0:
            raise OverflowError(f"a text of more than {_WRITTEN} characters")


class Counting(NodeTransformer):
    """Makes each loop, inclusion, output and value that may be large ask for leave."""

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

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.nodes = [_filtered(_constant(one), "_written") for one in node.nodes]
        return node

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(node, "_stepped")

    def _value(self, node: nodes.Expr) -> nodes.Node:
        """A value that is built of others; what is only assigned to has no value."""
        self.generic_visit(node)
        return node if getattr(node, "ctx", "load") != "load" else _filtered(node, "_bounded")

    visit_Concat = visit_List = visit_Tuple = visit_Dict = visit_Filter = _value  # noqa: N815  # Jinja2's names

    def visit_Assign(self, node: nodes.Assign) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if isinstance(node.target, nodes.NSRef) and isinstance(node.node, nodes.Expr):
            node.node = _filtered(node.node, "_bounded")
        return node


def _filtered(node: nodes.Expr, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


def _constant(node: nodes.Expr) -> nodes.Expr:
    return nodes.Const(node.data, lineno=node.lineno) if isinstance(node, nodes.TemplateData) else node


def bounded(value: Any) -> Any:
    """Return ``value`` unless it is too large to be meant: as a text, or with all that is in it."""
    left = LONGEST
    inside = [value]
    while inside:
        one = inside.pop()
        if isinstance(one, str | bytes | list | tuple | dict):
            left -= len(one)
            if left < 0:
                raise OverflowError(f"a text or list of more than {LONGEST} characters")
            inside.extend(_items(one))
        elif isinstance(one, int | float) and abs(one) > _HIGHEST:
            raise OverflowError("a number that is too large")
        elif isinstance(one, Namespace):
            raise TypeError("a namespace can only be a variable")
    return value


def _items(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return (*value, *value.values())
    return value if isinstance(value, list | tuple) else ()


def budget_of(context: Context) -> Budget:
    budget = context.get(BUDGET)
    if budget is None:
        raise RuntimeError("an imported template needs `with context`")
    return budget  # type: ignore[no-any-return]


@pass_context
def _counted(context: Context, items: Iterable[Any]) -> Iterable[Any]:
    budget = budget_of(context)
    found = []
    for item in items:
        budget.step()
        found.append(item)
    return found


@pass_context
def _listed(context: Context, items: Iterable[Any]) -> list[Any]:
    return list(_counted(context, items))


@pass_context
def _written(context: Context, value: Any) -> str:
    """Return what a template writes; lists, too, are written as a text."""
    text = str(bounded(value))
    budget_of(context).write(text)
    return text


def bounded_range(*bounds: int) -> range:
    found = range(*bounds)
    if len(found) > _STEPS:
        raise OverflowError(f"a range that is too big; it may have {_STEPS} numbers")
    return found


@pass_context
def _stepped(context: Context, value: Any) -> Any:
    budget_of(context).step()
    return value


def _joined(items: Iterable[Any], separator: str = "") -> str:
    parts, left = [], LONGEST
    for item in items:
        parts.append(str(bounded(item)))
        left -= len(parts[-1]) + len(separator)
        if left < 0:
            raise OverflowError(f"a text of more than {LONGEST} characters")
    return separator.join(parts)


def _replaced(text: Any, old: str, new: str, count: int = -1) -> str:
    whole = str(text)
    if len(whole) + whole.count(old) * len(new) > LONGEST:
        raise OverflowError(f"a text of more than {LONGEST} characters")
    return whole.replace(old, new, count)


#: The filters of bounded templates: Jinja2's own that could grow, and what `Counting` asks by.
BOUNDING: dict[str, Any] = {
    "join": _joined,
    "replace": _replaced,
    "list": _listed,
    "_counted": _counted,
    "_stepped": _stepped,
    "_bounded": bounded,
    "_written": _written,
}
