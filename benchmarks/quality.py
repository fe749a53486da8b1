"""Quality: the catalogue's examples, then ``hamdel evaluate`` on the rated cases and the real replies.

An example that should fire does so when a finding of its check overlaps one of its marked words.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from common import data_argument, existing, machine, read_jsonl, row, share

from hamdel import Channel, Checker, Report, Severity
from hamdel.evaluate.matching import lies_on

CONVERSATION = re.compile(
    r"(?:\((?P<lead>[^)]*)\) ?)?(?:past(?: \([^)]*\))?\s*[:=]\s*(?P<past>.*?) (?=C: |D: ))?"
    r"(?:C: (?P<customer>.*?) (?=D: ))?(?:D: )?(?P<draft>.*)",
    re.DOTALL,
)
SKETCH = re.compile(r"(?P<sentence>.*?) (?:×(?P<times>[۰-۹]+)|\((?P<of>[۰-۹]+) از [۰-۹]+\))")  # «… ×۳», «… (۴ از ۱۰)»
BODIES = ("کد پیگیری ۱۲۳۴ است.", "پیک ساعت ۱۰ می‌رسد.", "مبلغ واریز شد.", "کالا ناموجود است.", "فردا تماس می‌گیرم.")
REMARK = re.compile(r"\s\(([A-Za-z][^()]*)\)\s*$")  # «(Luhn-valid)», «(email)», «(complaint of another customer)»


@dataclass
class Tally:
    """Counts, and the texts behind what went wrong."""

    true: int = 0
    false: int = 0
    wrong: list[str] = field(default_factory=list)

    def note(self, what: str, check: str, text: str) -> None:
        """Remember an error for the listing."""
        self.wrong.append(f"  {what} {check}: {text!r}")


def check_example(checker: Checker, text: str, inside: bool) -> tuple[str, Report] | None:
    """Run one example of the catalogue; None when it needs a setting that ``check`` has no option for.

    A sketch such as «… ×۳» is written out: as the same sentence in one draft when ``inside``, else as the first one of
    that many earlier replies.
    """
    sketch = SKETCH.fullmatch(text)
    if sketch and inside:
        draft = " ".join([f"{sketch['sentence']}."] * int(sketch["times"]))
        return draft, checker.check(draft)
    if sketch:
        past = [f"{sketch['sentence']}. {body}" for body in BODIES[: int(sketch["times"] or sketch["of"])]]
        draft = f"{sketch['sentence']}. نتیجه را ساعت ۱۸ می‌نویسم."
        return draft, checker.check(draft, past=past)
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
        ran = check_example(checker, example["text"], example["id"] == "repetition/inside-draft")
        if ran is None:
            skipped += 1
            continue
        draft, report = ran
        mine = [finding for finding in report.findings if finding.check == example["id"]]
        if example["polarity"] == "pos":
            good = any(lies_on(finding, text, draft) for finding in mine for text in example["triggers"])
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


def main() -> None:
    """Measure and print rows, each followed by what went wrong."""
    folder = existing(data_argument(__doc__ or "", "spec").parse_args().data)
    print(machine())
    checker = Checker()
    examples(checker, folder / "examples.jsonl")
    for name in ("cases.jsonl", "cases_history.jsonl", "real_replies.jsonl"):
        for least in (Severity.SUGGESTION, Severity.WARNING):
            print(f"\n{name}, {least} and above")
            command = (sys.executable, "-m", "hamdel", "evaluate", str(folder / name), "--least", least)
            subprocess.run((*command, "--lang", "en", "--all-cases"), check=True)


if __name__ == "__main__":
    main()
