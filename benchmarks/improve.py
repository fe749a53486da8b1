"""What fixing and improving do on real replies, and what improving costs.

    python benchmarks/improve.py [REAL_REPLIES.jsonl]

Cost: seconds of `Checker.improve` over those of `Checker.check` for the same drafts, in turn, in one process (the warm
check is the baseline). Quality, on the same drafts: how many errors and warnings are left (placeholders aside), how
many facts of the drafts are missing, how many drafts without any finding stay as they are.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from common import data_argument, existing, machine, median_ratio, read_jsonl, row, share

from hamdel import Checker
from hamdel.improve.facts import facts, lost
from hamdel.model import Conversation, Report, Severity
from hamdel.settings.config import Config

ROUNDS = 9
PLACEHOLDER = "respect/unfilled-placeholder"


def talks(path: str) -> list[Conversation]:
    checker = Checker(Config())
    return [
        checker.conversation(
            reply["draft"],
            customer=reply.get("customer", ""),
            audience=reply.get("audience"),
            channel=reply.get("channel"),
        )
        for reply in read_jsonl(existing(path))
    ]


def seconds(run: Callable[[Conversation], object], drafts: list[Conversation]) -> float:
    start = time.perf_counter()
    for talk in drafts:
        run(talk)
    return time.perf_counter() - start


def grave(report: Report) -> int:
    return sum(f.severity is not Severity.SUGGESTION and f.check != PLACEHOLDER for f in report.findings)


def main() -> None:
    drafts = talks(data_argument(__doc__ or "", "spec/real_replies.jsonl").parse_args().data)
    checker = Checker(Config())
    improve, check = checker._improver.improve, checker.check_conversation
    for run in (check, improve):
        seconds(run, drafts)  # warm
    pairs = [(seconds(improve, drafts), seconds(check, drafts)) for _ in range(ROUNDS)]
    bad = [talk for talk in drafts if grave(check(talk))]
    cost = median_ratio([a for a, _ in pairs], [b for _, b in pairs])
    bad_pairs = [(seconds(improve, bad), seconds(check, bad)) for _ in range(ROUNDS)]
    bad_cost = median_ratio([a for a, _ in bad_pairs], [b for _, b in bad_pairs])
    before = sum(grave(check(talk)) for talk in drafts)
    results = [improve(talk) for talk in drafts]
    after = sum(grave(result.report) for result in results)
    stated = [list(facts(case.draft, case.said)) for talk in drafts for case in [checker.examine(talk)[1]]]
    missing = sum(len(lost(one, result.text)) for one, result in zip(stated, results, strict=True))
    clean = [talk for talk in drafts if not check(talk).findings]
    same = sum(improve(talk).text == talk.draft for talk in clean)
    print(machine())
    row("improve / warm check, all drafts", f"{cost:.2f} ×", f"{len(drafts)} drafts")
    row("improve / warm check, drafts with a warning or error", f"{bad_cost:.2f} ×", f"{len(bad)} drafts")
    row("errors and warnings", before, "after improve", after)
    row("facts lost", f"{missing} of {sum(map(len, stated))}")
    row("drafts without findings that stay as they are", share(same, len(clean)))


if __name__ == "__main__":
    main()
