"""The sentences that findings are compared with are sentences of the corpus that have the fault."""

from __future__ import annotations

from itertools import pairwise

from hamdel.evidence.learned.header import MODEL
from hamdel.evidence.learned.model_file import Model
from training.corpus import read_pairs, read_talks


def test_each_shown_sentence_has_its_fault() -> None:
    model = Model(MODEL)
    raw, ends = model.arrays["exemplar_texts"].tobytes(), model.arrays["exemplar_ends"].tolist()
    shown = [raw[start:end].decode() for start, end in pairwise([0, *ends])]
    faults: dict[str, set[str]] = {}
    told = [(text, labels) for talk in read_talks() for text, labels in talk.sentences]
    for text, labels in [*told, *((pair.text, pair.labels) for pair in read_pairs())]:
        faults.setdefault(text.strip(), set()).update(labels)
    wrong = [
        (fault, text)
        for fault, (first, last) in model.values["exemplars"].items()
        for text in shown[first:last]
        if fault not in faults[text]
    ]
    assert not wrong
