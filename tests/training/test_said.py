"""Customers' messages are read as replies without faults, where they aren't angry."""

from __future__ import annotations

from hamdel.evidence.analysing import make_analyzer
from training.corpus import SAID, Talk, read_said
from training.folds import fold_of


def test_calm_messages_are_replies_without_faults() -> None:
    talk = Talk("talks-a", "مگه نگفتید دیروز می‌رسه؟ گفتم که نگرانم.", "worry", (("سلام", frozenset(("greet",))),))
    messages = [("customers", "رسید، دستتون درد نکنه", "thanks"), ("customers", "خجالت بکشید", "anger")]
    found = read_said([talk], messages, make_analyzer())
    assert [one.file for one in found] == [f"{SAID}customers", f"{SAID}talks-a"]
    assert all(not labels for one in found for _, labels in one.sentences)
    assert all("contempt" in (one.known or ()) and "tu-form" not in (one.known or ()) for one in found)
    assert " ".join(text.strip() for text, _ in found[1].sentences) == talk.customer


def test_earlier_files_keep_their_folds() -> None:
    files = ["talks-apps", "talks-bazaar", "talks-worn"]
    assert fold_of(files)["talks-worn"] == fold_of([*files, "talks-new", "talks-newer"])["talks-worn"]
    assert fold_of([*files, "talks-new"])["talks-new"] == 0
