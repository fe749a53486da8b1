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

from hamdel.base.deadline import look

__all__ = ["BOUNDING", "BUDGET", "LONGEST", "SOURCE", "Budget", "Counting", "bounded", "bounded_range", "budget_of"]

_STEPS = 10_000  # turns of loops, calls and inclusions in one rendering
LONGEST = 20_000  # characters and items that a value may have, those of its items included
_WRITTEN = 100_000  # characters that one rendering may write, what it writes into variables included
_INCLUSION = 5  # steps that an inclusion counts for: it writes a whole file
_EACH = 64  # steps between two looks at the clock
_SECONDS = 1.0  # of work in one rendering
SOURCE = 20_000  # bytes of a template's file
_HIGHEST = 10**15
BUDGET = " budget"  # no template can name it


class Budget:
    """What is left of the steps, characters and seconds of one rendering."""

    def __init__(self) -> None:
        self._left = _STEPS
        self._free = _WRITTEN
        self._end = 0.0  # from the first look at the clock on; most templates end before

    def step(self, size: int = 1) -> None:
        self._left -= size
        if self._left < 0:
            raise OverflowError(f"more than {_STEPS} steps; shorten the loops")
        look()
        if size > 1 or not self._left % _EACH:
            self._watch()

    def _watch(self) -> None:
        now = thread_time()
        self._end = self._end or now + _SECONDS
        if now > self._end:
            raise OverflowError(f"more than {_SECONDS:g} s of work; shorten the loops")

    def write(self, text: str) -> None:
        self._free -= len(text)
        if self._free < 0:
            raise OverflowError(f"a text of more than {_WRITTEN} characters")


class Counting(NodeTransformer):
    """Makes each loop, inclusion, output and value that may be large ask for leave."""

    def __init__(self) -> None:
        self._again = 0  # how many loops and macros are around, which may write what is in them many times

    def _repeated(self, node: nodes.Node) -> nodes.Node:
        self._again += 1
        self.generic_visit(node)
        self._again -= 1
        return node

    visit_Macro = visit_CallBlock = _repeated  # noqa: N815  # Jinja2's names

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        self._repeated(node)
        if isinstance(node.iter, nodes.Expr):
            node.iter = _filtered(node.iter, "_counted")
        return node

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if isinstance(node.template, nodes.Expr):
            node.template = _filtered(node.template, "_included")
        return node

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.nodes = [self._output(one) for one in node.nodes]
        return node

    def _output(self, node: nodes.Expr) -> nodes.Expr:
        if isinstance(node, nodes.TemplateData):
            return _filtered(nodes.Const(node.data, lineno=node.lineno), "_written") if self._again else node
        inner = node.node if isinstance(node, nodes.Filter) and node.name == "_bounded" else node
        return _filtered(inner, "_written") if isinstance(inner, nodes.Expr) else node

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


def bounded(value: Any) -> Any:
    """Return ``value`` unless it is too large to be meant: as a text, or with all that is in it."""
    if type(value) is str and len(value) <= LONGEST:
        return value  # as almost all are
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
def _included(context: Context, name: Any) -> Any:
    budget_of(context).step(_INCLUSION)
    return name


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
    "_included": _included,
    "_bounded": bounded,
    "_written": _written,
}
