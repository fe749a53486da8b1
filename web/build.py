"""Write what is made of `hamdel serve`'s pages: ``python web/build.py``; ``--check`` only says whether that is there.

Nothing is bundled or minified: the browser loads the modules of ``assets/page`` as they are. Pages, texts and exercises
are made once for each language from ``pages/``, ``texts/`` and ``practice.toml``; users of the package need none of it.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hamdel.model import Lang
from hamdel.render.audit.audit_columns import LEFT_OUT

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
ASSETS = ROOT / "src/hamdel/doors/http/assets"
FONT = ROOT / "templates/report/font/Vazirmatn.woff2"
LANGUAGES = {"fa": "rtl", "en": "ltr"}
PAGES = ("compose", "practice", "audit")
PARTS = "page"  # the folder of what the pages load
_IMPORT = re.compile(r'(?:im|ex)port .* from "\./([\w.]+)";$')


def texts(lang: str) -> dict[str, Any]:
    """Return a language's texts; what hamdel says elsewhere, too, it says in the same words."""
    own = tomllib.loads((HERE / "texts" / f"{lang}.toml").read_text("utf-8"))
    return {**own, "left": dict(LEFT_OUT[Lang(lang)])}


def write(folder: Path) -> None:
    """Write what is made to an empty folder: the pages, and beside them a folder of what they load."""
    parts = folder / PARTS
    parts.mkdir()
    shutil.copyfile(FONT, parts / FONT.name)
    for lang in LANGUAGES:
        module = f"export default {_json(texts(lang))};\n"
        (parts / f"texts.{lang}.js").write_text(module, "utf-8")
    _exercises(parts)
    for lang in LANGUAGES:
        for page in PAGES:
            _page(folder, lang, page)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _exercises(folder: Path) -> None:
    found = tomllib.loads((HERE / "practice.toml").read_text("utf-8"))
    (folder / "exercises.json").write_text(_json(found["exercise"]) + "\n", "utf-8")


def _page(folder: Path, lang: str, page: str) -> None:
    environment = Environment(
        loader=FileSystemLoader(HERE / "pages"), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    other = next(one for one in LANGUAGES if one != lang)
    values = {
        "lang": lang,
        "dir": LANGUAGES[lang],
        "t": _named(texts(lang)),
        "page": page,
        "modules": _imports(f"{page}.js"),
        "home": _address(lang, "compose"),
        "links": [(name, _address(lang, name)) for name in PAGES],
        "other": _address(other, page),
        "other_lang": other,
    }
    address = _address(lang, page).strip("/") or "index"
    target = folder / f"{address}.html"
    target.parent.mkdir(exist_ok=True)
    target.write_text(environment.get_template(f"{page}.html.j2").render(values), "utf-8")


def _named(value: Any) -> Any:
    """Tables whose entries are attributes: ``t.compose.copy`` is a text then, not the method of a dict."""
    return SimpleNamespace(**{k: _named(v) for k, v in value.items()}) if isinstance(value, dict) else value


def _address(lang: str, page: str) -> str:
    parts = ([] if lang == "fa" else [lang]) + ([] if page == "compose" else [page])
    return "/" + "/".join(parts)


def _imports(module: str) -> list[str]:
    """The modules that one needs, at any depth, so that the browser may fetch them at once."""
    found: list[str] = []
    waiting = [module]
    while waiting:
        for line in (ASSETS / PARTS / waiting.pop()).read_text("utf-8").splitlines():
            name = _IMPORT.match(line)
            if name and name[1] not in found:
                found.append(name[1])
                waiting.append(name[1])
    return sorted(found)


def differences(made: Path, kept: Path) -> list[str]:
    """Return the names of what is made that aren't the same in both folders, and of pages that aren't made any more."""
    names = {path.relative_to(made) for path in made.rglob("*") if path.is_file()}
    names |= {path.relative_to(kept) for path in kept.rglob("*.html")}
    return sorted(str(name) for name in names if _bytes(made / name) != _bytes(kept / name))


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def main() -> int:
    """Write what is made, or with ``--check`` compare them; return the exit code."""
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch)
        write(made)
        stale = differences(made, ASSETS)
        if "--check" in sys.argv[1:]:
            sys.stderr.write("".join(f"{name} is not what web/build.py makes; run it\n" for name in stale))
            return 1 if stale else 0
        for page in ASSETS.rglob("*.html"):
            page.unlink()
        shutil.copytree(made, ASSETS, dirs_exist_ok=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
