"""A report as a page for a browser, which puts Persian right whatever the terminal does; one file, nothing loaded."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from hamdel.model import Lang
from hamdel.render.text.pieces import Line, Role

__all__ = ["render"]

_TITLES = {Lang.FA: "بررسی پیش‌نویس", Lang.EN: "Draft check"}
_DIRECTIONS = {Lang.FA: "rtl", Lang.EN: "ltr"}
_STYLE = """
:root { color-scheme: light dark; --bad: light-dark(#b00020, #ff8a8a); --warn: light-dark(#8a4b00, #ffc069);
 --hint: light-dark(#00639b, #8ecbff); --good: light-dark(#0b6b2b, #7ddc9a); --quiet: light-dark(#555, #aaa) }
body { font: 1rem/1.9 Vazirmatn, Vazir, Tahoma, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
p { margin: 0; white-space: pre-wrap; overflow-wrap: break-word; text-align: start }
.error { color: var(--bad); font-weight: bold } .warning { color: var(--warn); font-weight: bold }
.suggestion { color: var(--hint); font-weight: bold } .good { color: var(--good) } .quiet { color: var(--quiet) }
.check { color: var(--hint) } .heading { font-weight: bold } .mark { color: var(--bad); text-decoration: underline }
"""


def render(lines: Iterable[Line], lang: Lang) -> str:
    """Return a whole page.

    Args:
        lines: the report's, with the places marked by their roles.
        lang: of the report; it decides the direction of the page.
    """
    body = "\n".join(f"<p>{_paragraph(line)}</p>" for line in lines)
    return (
        f'<!doctype html>\n<html lang="{lang}" dir="{_DIRECTIONS[lang]}">\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{_TITLES[lang]} · hamdel</title>\n<style>{_STYLE}</style>\n{body}\n</html>\n"
    )


def _paragraph(line: Line) -> str:
    if not any(piece.text.strip() for piece in line):
        return "&nbsp;"
    return "".join(
        escape(piece.text) if piece.role is Role.PLAIN else f'<span class="{piece.role}">{escape(piece.text)}</span>'
        for piece in line
    )
