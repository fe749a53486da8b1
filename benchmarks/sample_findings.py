"""A random sample of findings on real text, for a person to judge: JSON lines with an empty ``verdict``.

Forum answers are read as replies and their questions as customers' messages; errors and warnings only. Fill in
``right`` or ``wrong`` and pass the file with ``--judged`` to get the precision by check.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

from common import data_argument, read_jsonl, row

from hamdel import Checker
from hamdel.model import Severity

AROUND = 45  # code points shown on each side of a finding


def sample(path: Path, answers: int, size: int, seed: int) -> list[dict[str, str]]:
    """Return ``size`` findings out of those on ``answers`` random answers."""
    checker = Checker()
    chance = random.Random(seed)
    pairs = [
        (question["subject"] + "\n" + question["body"], comment)
        for question in read_jsonl(path)
        for comment in question["comments"]
    ]
    found = []
    for message, comment in chance.sample(pairs, answers):
        text = comment["text"]
        for finding in checker.check(text, customer=message).findings:
            if finding.severity is not Severity.SUGGESTION:
                shown = text[max(0, finding.start - AROUND) : finding.end + AROUND] if finding.matched else text[:160]
                found.append(
                    {
                        "id": comment["id"],
                        "check": finding.check,
                        "severity": finding.severity.value,
                        "matched": finding.matched,
                        "text": shown.replace("\n", " "),
                        "customer": message[:200].replace("\n", " "),
                        "verdict": "",
                    }
                )
    print(f"{len(found)} errors and warnings on {answers} answers: {Counter(f['check'] for f in found)}")
    return chance.sample(found, min(size, len(found)))


def report(path: Path) -> None:
    """Print the precision by check of a judged sample."""
    judged = list(read_jsonl(path))
    for check in [*sorted({one["check"] for one in judged}), ""]:
        verdicts = [one["verdict"] for one in judged if check in ("", one["check"])]
        right = verdicts.count("right")
        row(f"judged: {check or 'all'}", f"{right / len(verdicts):.0%} ({right}/{len(verdicts)})", "", "")


def main() -> None:
    """Draw a sample, or report on a judged one."""
    parser = data_argument(__doc__ or "", "data/percqa_noids.jsonl")
    parser.add_argument("--answers", type=int, default=2000)
    parser.add_argument("--size", type=int, default=100)
    parser.add_argument("--seed", type=int, default=20261121)
    parser.add_argument("--out", type=Path, default=Path("to-judge.jsonl"))
    parser.add_argument("--judged", type=Path)
    arguments = parser.parse_args()
    if arguments.judged:
        report(arguments.judged)
        return
    rows = sample(arguments.data, arguments.answers, arguments.size, arguments.seed)
    arguments.out.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows), encoding="utf-8")
    print(f"wrote {len(rows)} findings to {arguments.out}")


if __name__ == "__main__":
    main()
