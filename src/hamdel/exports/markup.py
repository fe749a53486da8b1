"""The text of an HTML message, as its reader saw it.

Parsed as browsers do (the HTML standard's parsing, by Lexbor through selectolax), which has no input that it refuses.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from hamdel.language.quoted import as_quoted

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["html_text"]

_BLOCKS = frozenset(
    "address article aside body br center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr html legend li main nav ol option p pre section summary table tbody tfoot thead tr ul".split()
)
_CELLS = frozenset(("td", "th"))
_HIDDEN = frozenset("audio canvas head iframe math object script style svg template title video".split())
_LITERAL = frozenset(("pre", "textarea"))  # their line ends are line ends
#: What mail programs put around the mail that is answered: Gmail, Yahoo, Thunderbird, Proton, Zoho, Zendesk.
_QUOTING = frozenset(
    "gmail_quote gmail_extra yahoo_quoted moz-cite-prefix protonmail_quote zmail_extra zd-quoted-content".split()
)
#: Outlook puts nothing around it: all that comes behind one of these is the mail that is answered.
_QUOTED_FROM = frozenset(("divrplyfwdmsg", "appendonsend", "x_divrplyfwdmsg", "x_appendonsend"))
_TAGS = (
    "a abbr b big blockquote body button caption code col colgroup del dfn em font head hr html i img input ins kbd "
    "label link mark meta nobr o:p option q s samp script select small span strike strong style sub sup textarea time "
    "title tt u var wbr"
)
_LOOKS_MARKED = re.compile(
    rf"</?(?:{'|'.join(sorted({*_TAGS.split(), *_BLOCKS, *_CELLS, *_HIDDEN}))})(?=[\s/>])[^<>]*>|<!doctype[^<>]*>",
    re.IGNORECASE,
)
_BETWEEN = (("<!--", "-->"), ("<![CDATA[", "]]>"))
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]\w*);")
_SECTION_MARKS = re.compile(r"<!\[CDATA\[|\]\]>")  # XML's; what is between them was written to be read
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\f\v\u00a0\u2007\u202f]+")  # never the non-joiner
_NO_BREAK = str.maketrans("\u00a0\u2007\u202f", "   ")
_SURROGATES = re.compile("[\ud800-\udfff]")
_NESTING = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^<>]*>")
_DEEPEST = 500  # browsers stop at 512, too; the parser's time grows with the depth
_NEVER_NESTED = frozenset(
    "area br col dd dt embed hr img input li link meta option p source tbody td tfoot th thead tr wbr".split()
)


def html_text(html: str, *, quoted: bool = True) -> str:
    """Return the text of HTML: a line for each block, entities resolved, scripts and what isn't shown left out.

    Args:
        html: a message's body, whatever it holds. Text that only looks like HTML («a < b», «<نام>») comes back as it
            is; in text without any tag, entities alone are resolved.
        quoted: whether the mail that is answered stays, as lines that begin with ``>``; otherwise it is left out.
    """
    if not _is_marked(html):
        return unescape(html).translate(_NO_BREAK) if _ENTITY.search(html) else html
    from selectolax.lexbor import LexborHTMLParser  # here, for most tables have no HTML

    marked = _SURROGATES.sub("\ufffd", _SECTION_MARKS.sub("", html))
    root = LexborHTMLParser(_flattened(marked)).root
    reader = _Reader(quoted)
    if root is not None:
        _walk(root, reader)
    return reader.text()


def _is_marked(html: str) -> bool:
    """Whether there is a tag that HTML has, or a comment or section that ends."""
    if "<" not in html:
        return False
    closed = any(-1 < html.find(start) < html.rfind(end) for start, end in _BETWEEN)
    return closed or _LOOKS_MARKED.search(html) is not None


def _flattened(html: str) -> str:
    """Take out the tags that are nested deeper than anybody writes."""
    if html.count("<") <= _DEEPEST:
        return html
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in _NEVER_NESTED:
            return tag[0]
        if not tag[1]:
            depth += 1
            return tag[0] if depth <= _DEEPEST else "<br>"
        depth = max(0, depth - 1)
        return tag[0] if depth < _DEEPEST else "<br>"

    return _NESTING.sub(kept, html)


def _walk(root: LexborNode, reader: _Reader) -> None:
    """Tell a reader of each element's begin and end and of each text, without recursion."""
    node: LexborNode | None = root
    while node is not None:
        if reader.enter(node) and node.child is not None:
            node = node.child
            continue
        while node is not None and node.next is None:
            node = node.parent
            if node is not None:
                reader.leave(node)
        node = node.next if node is not None else None


class _Reader:
    """Puts lines together.

    Args:
        quoted: whether quoted lines are wanted.
    """

    def __init__(self, quoted: bool) -> None:
        self._wanted = quoted
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quoting = 0
        self._literal = 0

    def enter(self, node: LexborNode) -> bool:
        """Take a node; say whether what is in it is to be read."""
        tag = node.tag or ""
        if tag == "-text":
            self._take(node.text_content or "")
            return False
        if tag.startswith(("-", "!")) or tag in _HIDDEN:
            return False
        attributes = node.attributes
        if "hidden" in attributes or _NOT_SHOWN.search(attributes.get("style") or ""):
            return False
        self._begin(tag, attributes)
        if node.child is None:
            self._end(tag, attributes)
        return True

    def leave(self, node: LexborNode) -> None:
        """Note that an element that has something in it ends."""
        self._end(node.tag or "", node.attributes)

    def _begin(self, tag: str, attributes: dict[str, str | None]) -> None:
        self._break(tag)
        if (attributes.get("id") or "").lower() in _QUOTED_FROM:
            self._new_line()
            self._quoting += 1  # for good: `_end` doesn't take it back
        if _quotes(tag, attributes):
            self._new_line()
            self._quoting += 1
        self._literal += tag in _LITERAL

    def _end(self, tag: str, attributes: dict[str, str | None]) -> None:
        self._break(tag)
        if _quotes(tag, attributes):
            self._new_line()
            self._quoting -= 1
        self._literal -= tag in _LITERAL

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._new_line()
        elif tag in _CELLS:
            self._line.append(" ")

    def _take(self, text: str) -> None:
        if self._literal:
            first, *others = text.splitlines() or [""]
            self._line.append(first)
            for line in others:
                self._new_line()
                self._line.append(line)
        else:
            self._line.append(text.replace("\n", " "))

    def _new_line(self) -> None:
        line = _SPACES.sub(" ", "".join(self._line)).strip()
        self._line = []
        if line and not self._quoting:
            self._lines.append(line)
        elif line and self._wanted:
            self._lines.append(as_quoted(line))

    def text(self) -> str:
        """Return all lines."""
        self._new_line()
        return "\n".join(self._lines)


def _quotes(tag: str, attributes: dict[str, str | None]) -> bool:
    """Whether an element holds words of somebody else."""
    return tag == "blockquote" or not _QUOTING.isdisjoint((attributes.get("class") or "").split())
