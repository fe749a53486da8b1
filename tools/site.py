"""What mkdocs doesn't do by itself: Persian pages, the font, and links to files beside the documentation's folder.

A page is Persian when its name ends with ``.fa.md`` or it lies in ``fa/``: it reads from right to left, and so does all
around it. A link to a Markdown file elsewhere in the repository makes that file a page, too, below ``repository/``; a
link to any other file or folder becomes its name, for a site in a folder has no repository.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[1]
FONT = ROOT / "templates" / "report" / "font" / "Vazirmatn.woff2"
OUTSIDE = "repository"
#: What a page is made of, as far as it matters here: code is left alone, but a link's label may be code.
_TOKEN = re.compile(
    r"""^\ *```.*?^\ *```$
    | (?P<image>!?)\[(?P<label>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<target>[^()\s]+)\)
    | `[^`\n]+`
    | \b(?P<attribute>src|srcset)="(?P<picture>[^":#]+)\"""",
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
#: What tests call a block by stands behind its language, where the site's Markdown knows nothing of it.
_FENCE = re.compile(r"^( *```\w+) .*$", re.MULTILINE)
_SHIM = re.compile(r"https://unpkg\.com/iframe-worker/shim")
_NUMBER = re.compile(r"^([۰-۹]+)\.", re.MULTILINE)


def is_persian(name: str) -> bool:
    """Whether a page is Persian."""
    return name.endswith(".fa.md") or name.startswith("fa/")


def on_files(files: Files, config: Any) -> Files:
    """Add the font, and the Markdown files elsewhere that pages link to, and those that these link to."""
    files.append(File.generated(config, "style/Vazirmatn.woff2", abs_src_path=str(FONT)))
    for page in [page for page in files if page.is_documentation_page()]:
        _add_linked(page, files, config)
    return files


def _add_linked(page: File, files: Files, config: Any) -> None:
    for token in _TOKEN.finditer(page.content_string):
        place = _place(page.src_uri, token["target"] or "")
        found = _page_of(place) if place else None
        if found and files.get_file_from_path(_uri(found)) is None:
            added = File.generated(config, _uri(found), abs_src_path=str(ROOT / found))
            files.append(added)
            _add_linked(added, files, config)


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """Turn links to what is elsewhere in the repository, and the marks by which code hosts turn Persian."""
    here = page.file.src_uri
    text = _TOKEN.sub(lambda token: _turned(token, here, files), markdown)
    text = _FENCE.sub(r"\1", text)
    if is_persian(here):
        text = _NUMBER.sub(r"\1\\.", text)  # Python takes Persian digits for a list's, and would count in Latin ones
        return re.sub(r'^<div dir="rtl">$|^</div>$', "", text, flags=re.MULTILINE)
    return text.replace('<div dir="rtl">', '<div dir="rtl" markdown>')


def _turned(token: re.Match[str], here: str, files: Files) -> str:
    """A token, with its address as the site has it."""
    if token["picture"]:
        return f'{token["attribute"]}="{_image(token["picture"], here)}"'
    place = _place(here, token["target"] or "")
    if place is None:
        return token[0]
    anchor = token["target"].partition("#")[2]
    page = _page_of(place)
    uri = _uri(page) if page else _uri(place)
    if files.get_file_from_path(uri) is None:
        return token["label"]
    relative = posixpath.relpath(uri, posixpath.dirname(here))
    return f"{token['image']}[{token['label']}]({relative}{'#' + anchor if anchor else ''})"


def _image(target: str, here: str) -> str:
    """The address of a picture in HTML, which mkdocs leaves as it is."""
    place = _place(here, target)
    return posixpath.relpath(_uri(place), posixpath.dirname(here)) if place else target


def _place(here: str, target: str) -> str | None:
    """Where in the repository a link leads; None when that is elsewhere, or on the same page."""
    path = target.partition("#")[0]
    if not path or re.match(r"[a-z][a-z+.-]*:", path):
        return None
    own = here.removeprefix(f"{OUTSIDE}/") if here.startswith(f"{OUTSIDE}/") else f"docs/{here}"
    return posixpath.normpath(posixpath.join(posixpath.dirname(own), path))


def _page_of(place: str) -> str | None:
    """The Markdown file that a place is, or that describes it."""
    path = ROOT / place
    if path.is_dir() and (path / "README.md").is_file():
        return f"{place}/README.md"
    return place if place.endswith(".md") and path.is_file() else None


def _uri(place: str) -> str:
    """What mkdocs calls a place of the repository."""
    return place.removeprefix("docs/") if place.startswith("docs/") else f"{OUTSIDE}/{place}"


def on_page_context(context: Any, page: Any, config: Any, nav: Any) -> Any:
    """Let the theme speak the page's language, and turn to its side."""
    config["theme"]["language"] = "fa" if is_persian(page.file.src_uri) else "en"
    return context


def on_post_page(output: str, page: Any, config: Any) -> str:
    """Take the search's helper from the site itself."""
    return _SHIM.sub(posixpath.relpath("style/iframe-worker.js", posixpath.dirname(page.file.dest_uri)), output)


def on_post_template(output: str, template_name: str, config: Any) -> str:
    """The same for the page of what isn't there."""
    return _SHIM.sub("style/iframe-worker.js", output)
