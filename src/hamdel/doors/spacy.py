"""``nlp.add_pipe("hamdel")``: hamdel's findings on a Doc of anybody's spaCy pipeline.

The component leaves the Doc's tokens alone. It sets ``doc._.hamdel``, a `hamdel.model.Report` whose offsets are those
of ``doc.text``, and ``doc.spans["hamdel"]``, one labelled span for each finding that has a place (widened to whole
tokens of that pipeline). The customer's message may be put into ``doc._.customer`` before.

>>> import spacy
>>> nlp = spacy.blank("fa")
>>> _ = nlp.add_pipe("hamdel")
>>> [span.label_ for span in nlp("تو باید صبر کنی.").spans["hamdel"]]
['respect/tu-form', 'respect/tu-form']
"""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from hamdel.checker import Checker
from hamdel.settings.config import load_config

__all__ = ["HamdelComponent", "make_component"]


class HamdelComponent:
    """A spaCy pipeline component around a `Checker`."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        if not Doc.has_extension("hamdel"):
            Doc.set_extension("hamdel", default=None)
        if not Doc.has_extension("customer"):
            Doc.set_extension("customer", default="")

    def __call__(self, doc: Doc) -> Doc:
        """Check ``doc.text``; return the same Doc with the report and its spans."""
        report = self._checker.check(doc.text, customer=doc._.customer)
        spans = [
            doc.char_span(f.start, f.end, label=f.check, alignment_mode="expand")
            for f in report.findings
            if f.end > f.start
        ]
        doc._.hamdel = report
        doc.spans["hamdel"] = SpanGroup(doc, name="hamdel", spans=[span for span in spans if span is not None])
        return doc


@Language.factory("hamdel", default_config={"config": ""})
def make_component(nlp: Language, name: str, config: str) -> HamdelComponent:
    """Make the component.

    Args:
        nlp: the pipeline (not used: hamdel reads ``doc.text`` with its own tokenizer).
        name: of the component in the pipeline.
        config: path of a ``hamdel.toml``; defaults when empty.
    """
    return HamdelComponent(Checker(load_config(Path(config)) if config else None))
