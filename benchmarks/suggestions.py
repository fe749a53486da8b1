"""A random sample of what hamdel offers, for a person to read: JSON lines with an empty ``verdict``.

Drafts are labelled conversations (a folder of ``talks-*.jsonl``: ``c`` is the customer's message, ``s`` the reply's
sentences), the cases in ``tests/cases``, and the examples of the checks. A line holds one wording, or one edit as the
words that change. Write ``right`` or ``wrong: why`` and pass the file with ``--judged`` for the table.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from common import ROOT, data_argument, existing, read_jsonl, row, share

from hamdel import Audience, Channel, Checker, Conversation, Finding
from hamdel.evaluate.cases import Rules, example_cases, read_cases
from hamdel.improve.applying import apply_changes
from hamdel.model import Edit
from hamdel.phrasebank import load_checks

AROUND = 30  # code points shown on each side of an edit
CASES = ("cases.jsonl", "cases_history.jsonl")


def talks(folder: Path, size: int, chance: random.Random) -> list[Conversation]:
    """Return ``size`` random conversations out of all files."""
    rows = [one for file in sorted(folder.glob("talks-*.jsonl")) for one in read_jsonl(file)]
    return [_conversation(one) for one in chance.sample(rows, min(size, len(rows)))]


def _conversation(one: dict[str, object]) -> Conversation:
    parts = [text for text, _ in one["s"]]  # type: ignore[attr-defined]
    draft = "".join(part if part.endswith("\n") else part + " " for part in parts).strip()
    customer, audience, channel = str(one["c"]), Audience(str(one["au"])), Channel(str(one["ch"]))
    return Conversation(draft, customer=customer, audience=audience, channel=channel)


def known_drafts(checker: Checker, size: int, chance: random.Random) -> list[Conversation]:
    """Return ``size`` random conversations out of the cases and the checks' examples."""
    rules = Rules(known=checker.checks, ignore_unknown=True)
    files = [ROOT / "tests/cases" / name for name in CASES]
    found = [case.talk for file in files if file.exists() for case in read_cases(str(file), rules)]
    found += [case.talk for case in example_cases(load_checks().values())]
    return chance.sample(found, min(size, len(found)))


def offered(checker: Checker, talk: Conversation) -> Iterator[dict[str, str]]:
    """Yield every wording and every edit that a conversation's findings offer."""
    for finding in checker.check_conversation(talk).findings:
        about = {
            "check": finding.check,
            "kind": finding.kind,
            "matched": finding.matched,
            "customer": talk.customer,
            "draft": talk.draft,
        }
        for text in finding.suggestions:
            yield {"verdict": "", "sort": "suggestion", "text": text, **about}
        for edit in finding.edits:
            yield {"verdict": "", "sort": "edit", "text": shown(talk.draft, edit, finding), **about}


def shown(draft: str, edit: Edit, finding: Finding) -> str:
    """Return the edited draft around what changes: ``… → …``."""
    first, last = min(c.start for c in edit.changes), max(c.end for c in edit.changes)
    edited = apply_changes(draft, edit.changes)
    begin, rest = max(0, first - AROUND), len(draft) - last
    end = min(len(edited), len(edited) - rest + AROUND)
    return f"{draft[begin : last + AROUND]} → {edited[begin:end]}".replace("\n", "⏎")


def report(path: Path) -> None:
    """Print what was wrong by check, and why."""
    judged = [one for one in read_jsonl(path) if one["verdict"]]
    for check in [*sorted({one["check"] for one in judged}), ""]:
        verdicts = [one["verdict"] for one in judged if check in ("", one["check"])]
        wrong = [verdict for verdict in verdicts if verdict.startswith("wrong")]
        reasons = Counter(verdict.partition(":")[2].strip() for verdict in wrong)
        row(check or "all", share(len(wrong), len(verdicts)), ", ".join(f"{why} {n}" for why, n in reasons.items()))


def main() -> None:
    """Draw a sample, or report on a judged one."""
    parser = data_argument(__doc__ or "", "corpus")
    parser.add_argument("--talks", type=int, default=600)
    parser.add_argument("--known", type=int, default=400, help="cases and examples")
    parser.add_argument("--size", type=int, default=400)
    parser.add_argument("--seed", type=int, default=20261121)
    parser.add_argument("--out", type=Path, default=Path("to-read.jsonl"))
    parser.add_argument("--judged", type=Path)
    arguments = parser.parse_args()
    if arguments.judged:
        report(arguments.judged)
        return
    chance, checker = random.Random(arguments.seed), Checker()
    drafts = talks(existing(arguments.data), arguments.talks, chance) + known_drafts(checker, arguments.known, chance)
    lines = [line for talk in drafts for line in offered(checker, talk)]
    print(f"{len(lines)} wordings and edits on {len(drafts)} drafts: {Counter(line['check'] for line in lines)}")
    sample = chance.sample(lines, min(arguments.size, len(lines)))
    sample.sort(key=lambda line: (line["check"], line["kind"], line["text"]))
    arguments.out.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in sample), encoding="utf-8")
    print(f"wrote {len(sample)} of them to {arguments.out}")


if __name__ == "__main__":
    main()
