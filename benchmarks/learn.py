"""What `hamdel learn` learns from 50 corrections, with each file of conversations played as a team.

The reader that a team starts with never saw its file: models of five folds are trained as `training/folds.py` does
(15 networks, half an hour on one core; ``--models FOLDER`` keeps them; their calibration is the shipped one, of
left-out files). Half of a team's replies are read in random order, each false alarm and each missed fault in them
corrected, as the page notes it, until there are 50. Figures are of the other half (split by the customers' messages),
of the corrected phrases when they come back in replies of that half, reworded (`rewording.toml`), and of other files
that the same model never saw. Only faults of sentences count, which the corpus labels.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from common import ROOT, machine, row

sys.path.insert(0, str(ROOT))
import hamdel.checker as made_here
from hamdel.doors.requests import missed_case, wrong_case
from hamdel.evaluate.cases import Rules, read_cases
from hamdel.evaluate.learning import Judge, teach
from hamdel.evidence.learned.inference import EvidenceReader
from hamdel.evidence.learned.team_file import model_digest, write_learned
from hamdel.model import Report, Severity
from hamdel.model.learned import Errors
from hamdel.settings.config import Config
from training.corpus import Talk, read_talks
from training.folds import FOLDS, fold_of, message_folds, networks

CORRECTIONS, OTHERS, SEED = 50, 400, 0
_CHANGES = tomllib.loads((Path(__file__).with_name("rewording.toml")).read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Sentence:
    """A sentence of a reply, with the faults that it has."""

    start: int
    end: int
    faults: frozenset[str]


def sentences(talk: Talk, faults: frozenset[str]) -> Iterator[Sentence]:
    """Yield a reply's sentences by place."""
    start = 0
    for text, labels in talk.sentences:
        size = len(text) if text.endswith("\n") else len(text) + 1
        yield Sentence(start, start + size, labels & faults)
        start += size


class Fold:
    """The checker that didn't see some files."""

    def __init__(self, model: Path) -> None:
        made_here.EvidenceReader = partial(EvidenceReader, path=model)  # type: ignore[attr-defined, misc]
        self.model = model
        self.checker = self.taught(None)
        checks = self.checker.checks.values()
        self.check_of = {check.fault: check.id for check in checks if check.fault}
        self.fault_of = {check: fault for fault, check in self.check_of.items()}
        self.faults = frozenset(self.check_of)
        self._known: dict[tuple[str, str], Report] = {}

    def taught(self, learned: Path | None) -> made_here.Checker:
        """Return a checker with what a team taught."""
        return made_here.Checker(Config(learned=learned), suggestions=False)

    def report(self, checker: made_here.Checker, talk: Talk) -> Report:
        """Check a reply; the shipped checker once."""
        if checker is not self.checker:
            return _check(checker, talk)
        key = talk.draft, talk.customer
        if key not in self._known:
            self._known[key] = _check(checker, talk)
        return self._known[key]

    def errors(self, checker: made_here.Checker, talk: Talk, least: Severity, only: int | None = None) -> Errors:
        """Count what is found in a reply, or in one of its sentences."""
        found = [(one, self.fault_of.get(one.check)) for one in self.report(checker, talk).findings]
        places = list(sentences(talk, self.faults))
        kept = [places[only]] if only is not None else places
        shown = {
            (place, fault)
            for one, fault in found
            if fault and one.severity.rank <= least.rank
            for place in kept
            if one.start < place.end and place.start < one.end
        }
        meant = {(place, fault) for place in kept for fault in place.faults}
        return Errors(len(shown - meant), len(meant - shown), len(shown & meant))


def _check(checker: made_here.Checker, talk: Talk) -> Report:
    return checker.check(talk.draft, customer=talk.customer, channel=talk.channel, audience=talk.audience)


def corrections(
    fold: Fold, talks: Sequence[Talk], count: int
) -> tuple[list[dict[str, Any]], list[tuple[str, frozenset[str]]]]:
    """Return what a team that reads these replies in some order notes, and the sentences it is about."""
    lines: list[dict[str, Any]] = []
    about: dict[str, frozenset[str]] = {}
    for number in np.random.default_rng(SEED).permutation(len(talks)).tolist():
        talk = talks[number]
        report = fold.report(fold.checker, talk)
        given = {"customer": talk.customer, "channel": talk.channel, "audience": talk.audience}
        places = list(sentences(talk, fold.faults))
        for (text, _), place in zip(talk.sentences, places, strict=True):
            within = [one for one in report.findings if one.start < place.end and place.start < one.end]
            known = {fold.fault_of[one.check]: one for one in within if one.check in fold.fault_of}
            lines += [wrong_case(report, known[fault], given) for fault in sorted(known.keys() - place.faults)]
            for fault in sorted(place.faults - known.keys()):
                span = place.start, min(place.end, len(talk.draft))
                lines.append(missed_case(report, fold.check_of[fault], span, given))
            if known.keys() ^ place.faults:
                about[text.strip()] = place.faults
            if len(lines) >= count:
                return lines[:count], list(about.items())
    return lines, list(about.items())


def reworded(text: str, chance: np.random.Generator) -> str:
    """Return a phrase as it comes back: another opening, other words, other joiners or numbers, a word less."""
    kind = int(chance.integers(4))
    if kind == 0:
        text = str(chance.choice(_CHANGES["before"])) + text
    pairs = [(rf"(?<![\w\u200c]){re.escape(old)}(?![\w\u200c])", new) for old, new in _CHANGES["words"]]
    pairs = [pair for pair in pairs if re.search(pair[0], text)]
    for place in chance.permutation(len(pairs))[: 1 + int(chance.integers(2))].tolist():
        text = re.sub(*pairs[place], text)
    words = text.split()
    if kind == 1:
        text = text.replace("\u200c", " ")
    elif kind == 2:
        text = text.replace("\u200c", "").rstrip(".!؟?") + "."
    elif kind == 3 and len(words) > 5:
        del words[int(chance.integers(1, len(words) - 1))]
        text = " ".join(words)
    return re.sub("[۰-۹]", lambda _: "۰۱۲۳۴۵۶۷۸۹"[int(chance.integers(10))], text)


def returning(phrases: Sequence[tuple[str, frozenset[str]]], talks: Sequence[Talk]) -> Iterator[tuple[Talk, int]]:
    """Yield replies of the other half in which a phrase, reworded, stands in the place of a sentence, and which one."""
    chance = np.random.default_rng(SEED)
    for text, faults in phrases:
        talk = talks[int(chance.integers(len(talks)))]
        place = int(chance.integers(len(talk.sentences)))
        kept = list(talk.sentences)
        kept[place] = reworded(text, chance), faults
        yield replace(talk, sentences=tuple(kept)), place


def half(talk: Talk) -> int:
    """Return which half a reply is in; replies to one message are together."""
    return hashlib.blake2b((talk.customer or talk.draft).encode()).digest()[0] & 1


def total(errors: Iterator[Errors]) -> Errors:
    """Add up."""
    return sum(errors, Errors())


def play(fold: Fold, name: str, talks: Sequence[Talk]) -> dict[str, list[Errors]]:
    """Let one team teach, and return the errors before and after, by what they were counted on."""
    learning = [talk for talk in talks if talk.file == name and half(talk)]
    testing = [talk for talk in talks if talk.file == name and not half(talk)]
    others = [talk for talk in talks if talk.file != name][:: max(1, len(talks) // OTHERS)]
    lines, phrases = corrections(fold, learning, CORRECTIONS)
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder, "corrections.jsonl"), Path(folder, "hamdel.learned.json")
        file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
        cases = read_cases(str(file), Rules(frozenset(fold.checker.checks)))
        learned = teach(Judge(fold.checker)(cases), model_digest(fold.model))
        if learned.validation.better:
            write_learned(out, learned)
        moved = {check: one.offset for check, one in learned.lessons.items() if one.offset}
        print(f"{name}: {len(lines)} corrections, {len(learned.phrases)} sentences, moved {moved}", file=sys.stderr)
        after = fold.taught(out if learned.validation.better else None)
    back = list(returning(phrases, testing))
    found: dict[str, list[Errors]] = {}
    for least in (Severity.SUGGESTION, Severity.WARNING):
        for what, drafts in (("new", testing), ("others", others)):
            found[f"{what} {least}"] = [
                total(fold.errors(one, talk, least) for talk in drafts) for one in (fold.checker, after)
            ]
        found[f"back {least}"] = [
            total(fold.errors(one, talk, least, place) for talk, place in back) for one in (fold.checker, after)
        ]
    return found


def figures(before: Errors, after: Errors) -> str:
    """Write alarms, recall and precision, before and after."""
    return ", ".join(
        f"{name} {was} → {now}"
        for name, was, now in (
            ("false alarms", before.alarms, after.alarms),
            ("R", _share(before.right, before.missed), _share(after.right, after.missed)),
            ("P", _share(before.right, before.alarms), _share(after.right, after.alarms)),
        )
    )


def _share(part: int, rest: int) -> str:
    return f"{part / (part + rest):.2f}" if part + rest else "–"


def make_models(folder: Path, unseen_file: Path | None) -> None:
    """Train the model of each fold that isn't there yet."""
    if all((folder / f"fold{fold}.model").exists() for fold in range(FOLDS)):
        return
    from training.exemplars import choose
    from training.making import make_model
    from training.material import gather, unseen
    from training.measuring import measure

    folder.mkdir(parents=True, exist_ok=True)
    material = gather()
    left_out = unseen(material, unseen_file or folder / "unseen.npz")
    made, chosen = measure(material, left_out), choose(material.talks, material.pairs, material.inputs, left_out)
    inputs = material.inputs
    places = fold_of(sorted(set(inputs.files.tolist())))
    folds = np.array([places.get(name, -1) for name in inputs.files.tolist()])
    for fold in range(FOLDS):
        hidden = np.where(message_folds(inputs) == fold, -1, inputs.rows.emotions)
        trained = networks(replace(inputs.rows, emotions=hidden), folds != fold)
        make_model(folder / f"fold{fold}.model", material, made, trained, f"fold {fold}", exemplars=chosen)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, default=Path(tempfile.gettempdir(), "hamdel-folds"))
    parser.add_argument("--unseen", type=Path, help="what `benchmarks/reader.py --unseen` kept")
    parser.add_argument("--teams", nargs="*", help="files to play; all by default")
    options = parser.parse_args()
    make_models(options.models, options.unseen)
    print(machine())
    talks = read_talks()
    files = sorted({talk.file for talk in talks})
    folds = fold_of(files)
    sums: dict[str, list[Errors]] = defaultdict(lambda: [Errors(), Errors()])
    for number in range(FOLDS):
        fold = Fold(options.models / f"fold{number}.model")
        own = [talk for talk in talks if folds[talk.file] == number]
        for name in files:
            if folds[name] != number or (options.teams and name not in options.teams):
                continue
            for what, (before, after) in play(fold, name, own).items():
                sums[what] = [sums[what][0] + before, sums[what][1] + after]
                if not what.startswith("others"):
                    row(name, what, figures(before, after))
    for what, (before, after) in sums.items():
        row("all teams", what, figures(before, after))


if __name__ == "__main__":
    main()
