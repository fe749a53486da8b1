"""The checks: how they do on our labelled texts, what they say, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hamdel.base.resources import phrasebank_dir
from hamdel.evidence.learned.header import told_of
from hamdel.model import Lang
from hamdel.model.definitions import CheckDef
from hamdel.phrasebank import load_checks, load_table
from hamdel.phrasebank.measured import load_measured
from hamdel.render.check.check_markdown import markdown
from hamdel.render.check.deciding import deciding

__all__ = ["page"]

_EXAMPLES = 2


def page() -> str:
    """Return the table of all checks, and a section for each."""
    checks = load_checks()
    figures = markdown(checks.values(), load_measured(phrasebank_dir() / "measured.toml"))
    sources = {key: entry["en"] for key, entry in load_table(phrasebank_dir() / "sources.toml").items()}
    return "\n".join([figures, *(line for check in checks.values() for line in _section(check, sources))])


def _section(check: CheckDef, sources: Mapping[str, str]) -> Iterator[str]:
    yield f"## `{check.id}`\n"
    yield f"**{check.title.en}** ({check.severity}) · {check.title.fa}\n"
    for lang in (Lang.EN, Lang.FA):
        yield f"- {check.message.pick(lang).replace('{matched}', '…')} {check.why.pick(lang)}"
    yield f"- Found: {_examples(one.text for one in check.examples.fire)}"
    yield f"- Left alone: {_examples(one.text for one in check.examples.silent)}"
    label = check.fault or check.absence
    decided = deciding(check, told_of(label) if label else None, Lang.EN)
    yield f"- Decides: {' '.join(decided)}"
    yield f"- Sources: {'; '.join(sources.get(key, key).rstrip('.') for key in check.sources)}.\n"


def _examples(texts: Iterable[str]) -> str:
    """The shortest of the texts, each on one line."""
    shown = sorted((" ".join(text.split()) for text in texts), key=len)
    return " · ".join(_plain(text) for text in [one for one in shown if one][:_EXAMPLES])


def _plain(text: str) -> str:
    """A text in which nothing is Markdown's."""
    return "".join(f"\\{letter}" if letter in "\\`*_<>[]|" else letter for letter in text)
