"""Quality: the catalogue's examples, the rated cases and real replies, for the checks that hamdel has.

Labels of checks that hamdel doesn't have are skipped. A finding and a label agree when the check is the same and the
spans overlap; a label without text is about the whole draft and agrees with any finding of its check. What is labelled
``neutral`` counts neither way, and neither do unlabelled suggestions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from common import data_argument, existing, machine, read_jsonl, row

from hamdel import Audience, Channel, Checker, Finding, Report, Severity

CONVERSATION = re.compile(
    r"(?:\((?P<lead>[^)]*)\) ?)?(?:past(?: \([^)]*\))?\s*[:=]\s*(?P<past>.*?) ?)?"
    r"(?:C: (?P<customer>.*?) )?D: (?P<draft>.*)",
    re.DOTALL,
)
REMARK = re.compile(r"\s\(([A-Za-z][^()]*)\)\s*$")  # «(Luhn-valid)», «(email)», «(complaint of another customer)»


@dataclass
class Tally:
    """Counts, and the texts behind what went wrong."""

    true: int = 0
    false: int = 0
    hit: int = 0
    missed: int = 0
    alarms: int = 0
    good: int = 0
    wrong: list[str] = field(default_factory=list)
    by_check: Counter[str] = field(default_factory=Counter)

    def note(self, what: str, check: str, text: str) -> None:
        """Remember an error for the listing."""
        self.by_check[f"{what} {check}"] += 1
        self.wrong.append(f"  {what} {check}: {text!r}")


def share(part: int, whole: int) -> str:
    """Write «97.3 % (145/149)»."""
    return f"{100 * part / whole:.1f} % ({part}/{whole})" if whole else "none"


def overlaps(finding: Finding, draft: str, text: str) -> bool:
    """Whether a finding lies on ``text``, wherever it stands in the draft; always for a label without text."""
    if not text:
        return True
    places = (match.start() for match in re.finditer(re.escape(text), draft))
    return any(finding.start < place + len(text) and place < finding.end for place in places)


def check_example(checker: Checker, text: str) -> tuple[str, Report] | None:
    """Run one example of the catalogue; None when it needs a setting that ``check`` has no option for."""
    remark = REMARK.search(text)
    text = REMARK.sub("", text).replace("⏎", "\n")
    talk = CONVERSATION.fullmatch(text)
    parts = talk.groupdict("") if talk else {"draft": text, "customer": "", "past": "", "lead": ""}
    hints = f"{parts['lead']} {remark[1] if remark else ''}"
    if "approved" in hints:
        return None
    channel = next((channel for channel in Channel if channel.value in hints), Channel.CHAT)
    past = [REMARK.sub("", parts["past"])] if parts["past"] else []
    draft = parts["draft"]
    return draft, checker.check(draft, customer=parts["customer"], past=past, channel=channel)


def examples(checker: Checker, path: Path) -> None:
    """Print how many of the catalogue's examples fire and stay silent as they should."""
    fire, silent, skipped = Tally(), Tally(), 0
    for example in read_jsonl(path):
        if example["id"] not in checker.checks:
            continue
        ran = check_example(checker, example["text"])
        if ran is None:
            skipped += 1
            continue
        draft, report = ran
        mine = [finding for finding in report.findings if finding.check == example["id"]]
        if example["polarity"] == "pos":
            good = any(overlaps(finding, draft, text) for finding in mine for text in example["triggers"])
        else:
            good = not mine
        tally = fire if example["polarity"] == "pos" else silent
        tally.true += good
        tally.false += not good
        if not good:
            tally.note("doesn't fire" if tally is fire else "fires", example["id"], example["text"])
    row("catalogue: `+` examples that fire", share(fire.true, fire.true + fire.false), "limit 97 %", "")
    quiet = share(silent.true, silent.true + silent.false)
    row("catalogue: `−` examples that stay silent", quiet, "limit 99 %", f"{skipped} skipped")
    print(*fire.wrong, *silent.wrong, sep="\n")


def judge(tally: Tally, report: Report, labels: list[dict[str, str]], neutral: Iterable[str], least: Severity) -> None:
    """Compare a report with its labels; agreeing findings below ``least`` don't count for precision."""
    draft, alarm = report.draft, False
    for finding in report.findings:
        if any(label["id"] == finding.check and overlaps(finding, draft, label["text"]) for label in labels):
            tally.true += finding.severity.rank <= least.rank
        elif finding.severity is not Severity.SUGGESTION and finding.check not in neutral:
            alarm = True
            tally.false += 1
            tally.note("wrong", finding.check, f"{finding.matched} ← {draft}")
    for label in labels:
        if any(f.check == label["id"] and overlaps(f, draft, label["text"]) for f in report.findings):
            tally.hit += 1
        else:
            tally.missed += 1
            tally.note("missed", label["id"], f"{label['text']} ← {draft}")
    tally.good += not labels
    tally.alarms += alarm and not labels


def labelled(checker: Checker, path: Path, least: Severity) -> Tally:
    """Check every labelled conversation of a file."""
    tally = Tally()
    for case in read_jsonl(path):
        labels = [label for label in case["expected"] if label["id"] in checker.checks]
        judge(tally, check_case(checker, case), labels, case.get("neutral") or (), least)
    return tally


def check_case(checker: Checker, case: dict[str, Any]) -> Report:
    """Run one labelled conversation."""
    return checker.check(
        case["draft"],
        customer=case["customer"] or "",
        past=case.get("history") or (),
        audience=Audience(case["audience"]),
        channel=Channel(case["channel"]),
    )


def main() -> None:
    """Measure and print rows, each followed by what went wrong."""
    folder = existing(data_argument(__doc__ or "", "spec").parse_args().data)
    print(machine())
    checker = Checker()
    examples(checker, folder / "examples.jsonl")
    for name, precision, recall in (("cases", "95", "90"), ("cases_history", "-", "-"), ("real_replies", "85", "-")):
        least = Severity.WARNING if name == "real_replies" else Severity.SUGGESTION
        tally = labelled(checker, folder / f"{name}.jsonl", least)
        alarms = f"false alarms on {tally.alarms} of {tally.good} drafts without labels"
        row(f"`{name}.jsonl`: precision", share(tally.true, tally.true + tally.false), f"limit {precision} %", alarms)
        row(f"`{name}.jsonl`: recall", share(tally.hit, tally.hit + tally.missed), f"limit {recall} %", "")
        print(*tally.wrong, *(f"  {count} × {what}" for what, count in tally.by_check.most_common()), sep="\n")


if __name__ == "__main__":
    main()
