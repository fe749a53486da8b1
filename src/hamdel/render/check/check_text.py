"""Checks for people: the list of all of them, and one check with its reasons and examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hamdel.model import Lang, Severity
from hamdel.model.definitions import CheckDef, Example, Measured, Rewrite, Told
from hamdel.render.check.deciding import deciding
from hamdel.render.text.bidi import isolated, ltr
from hamdel.render.text.figures import percent, whole
from hamdel.render.text.paragraph import SEVERITY_ROLES, wrapped
from hamdel.render.text.pieces import Line, Piece, Role
from hamdel.render.text.words import Words, words

__all__ = ["page", "table"]

Levels = Mapping[str, Severity | None]


def table(checks: Iterable[CheckDef], levels: Levels, lang: Lang) -> Iterator[Line]:
    """One line per check: id, severity, title.

    Args:
        checks: in the order of showing.
        levels: the severity in force by id; None for a check that is off.
        lang: the language of severities and titles.
    """
    checks = list(checks)
    text = words(lang)
    id_width = max((len(check.id) for check in checks), default=0)
    level_width = max(map(len, [*text.severities.values(), text.headings["off"]]))
    for check in checks:
        level = _level(levels[check.id], text)
        yield (
            Piece(check.id.ljust(id_width + 2), Role.CHECK),
            *isolated(level),
            Piece(" " * (level_width - len(level.text) + 2)),
            *isolated(Piece(check.title.pick(lang))),
        )


def page(  # noqa: PLR0913 - what is known about a check comes from five places
    check: CheckDef,
    level: Severity | None,
    sources: Mapping[str, str],
    lang: Lang,
    width: int | None,
    *,
    measured: Measured | None = None,
    told: Told | None = None,
) -> Iterator[Line]:
    """Everything that a person may want to know about a check.

    Args:
        check: loaded with its examples.
        level: its severity in force; None when it is off.
        sources: what each source key stands for; a key that isn't in it is shown alone.
        lang: the language of all but the examples.
        width: of the terminal; None for a pipe.
        measured: how it did on hamdel's own texts; None when that isn't known.
        told: how the learned reader decides on it; None when it isn't asked.
    """
    names = words(lang).headings
    yield _title(check, level, lang)
    yield from wrapped(check.message.pick(lang).replace("{matched}", "…"), width)
    yield from _section(names["why"], [check.why.pick(lang)], width, bullet="")
    yield from _section(names["sources"], (_source(key, sources) for key in check.sources), width)
    for part, examples in (("fire", check.examples.fire), ("silent", check.examples.silent)):
        yield from _section(names[part], (_example(one, names) for one in examples), width)
    yield from _section(names["rewrite"], map(_rewrite, check.examples.rewrites), width)
    yield from _section(names["decides"], deciding(check, told, lang), width)
    if measured:
        yield from _section(names["measured"], [_figures(measured, lang)], width, bullet="")


def _title(check: CheckDef, level: Severity | None, lang: Lang) -> Line:
    text = words(lang)
    return isolated(
        Piece(ltr(check.id), Role.CHECK),
        Piece("  "),
        _level(level, text),
        Piece("  "),
        Piece(check.title.pick(lang), Role.HEADING),
    )


def _level(level: Severity | None, text: Words) -> Piece:
    """The name of a severity, or that a check is off."""
    if level is None:
        return Piece(text.headings["off"], Role.QUIET)
    return Piece(text.severities[level], SEVERITY_ROLES[level])


def _figures(measured: Measured, lang: Lang) -> str:
    """How often the check was right, and how much of what was labelled it found."""
    text = words(lang)
    return text.measured.format(
        precision=percent(measured.precision, lang),
        recall=percent(measured.recall, lang),
        n=whole(measured.support, lang),
    )


def _section(name: str, items: Iterable[str], width: int | None, bullet: str = "• ") -> Iterator[Line]:
    """A heading and its items; nothing at all when there are none."""
    for number, item in enumerate(items):
        if number == 0:
            yield ()
            yield isolated(Piece(name, Role.HEADING))
        yield from wrapped(item, width, bullet=bullet)


def _source(key: str, sources: Mapping[str, str]) -> str:
    return f"{key}: {sources[key]}" if key in sources else key


def _example(example: Example, names: Mapping[str, str]) -> str:
    """The draft with its triggers marked, after earlier replies and what the customer wrote.

    A mark of the whole draft isn't shown.
    """
    before = [f"{names['past']}: {reply}" for reply in example.past]
    if example.customer:
        before.append(f"{names['customer']}: {example.customer}")
    return "".join(f"({one}) " for one in before) + example.text.replace("⟦⟧", "")


def _rewrite(rewrite: Rewrite) -> str:
    """Before and after; both are Persian, so the arrow points left."""
    return f"{rewrite.before} ← {rewrite.after}"
