"""The page of `hamdel serve` in a real browser: opening to the first finding, a key to its mark, a key to its paint.

- First finding: from asking for the page (a new profile, nothing cached, a server that is warm) to the first card, with
  a draft typed the moment the field can be typed into. The limit is 1.5 s.
- Key to mark: from a key that makes a fault to the repaint with its mark, the page's own pause of 25 ms included; the
  limit is that pause and 50 ms. The baseline is the same check in this process, without server and browser.
- Key to paint: from a key to the next frame, in a draft of 2,000 characters with findings shown.

Needs Chromium, Playwright and the extra `serve`.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from common import machine, row

from hamdel import Checker

sys.path.insert(0, str(Path(__file__).parents[1] / "tests/web"))
from serving import CUSTOMER, Served, browsing, opened, serving

OPENINGS, KEYS = 20, 200
FAULTY = "سلام. تو باید صبر کنی تا بررسی کنیم"
LONG = ("بسته دیروز ساعت ۱۵ تحویل پست شد و کد رهگیری آن ثبت است. " * 40)[:1960] + FAULTY
#: Milliseconds from a fault that is put at the end to its mark, and to the next frame.
KEY = """async (fault) => {
  const area = document.getElementById("draft");
  const frame = () => new Promise(requestAnimationFrame);
  const marked = () => [...(CSS.highlights.get("hamdel-error") ?? [])].some((range) => range.toString() === fault);
  area.focus();
  area.setSelectionRange(area.value.length, area.value.length);
  const began = performance.now();
  document.execCommand("insertText", false, ` ${fault}`);
  await frame();
  const painted = performance.now() - began;
  while (!marked()) await frame();
  const found = performance.now() - began;
  document.execCommand("undo");
  return [painted, found];
}"""


def milliseconds(values: list[float], at: float) -> str:
    """One value of a sorted sample, as a row has it."""
    return f"{sorted(values)[min(len(values) - 1, int(len(values) * at))]:.0f} ms"


def openings(served: Served) -> list[float]:
    """Milliseconds from asking for the page to its first finding."""
    times = []
    with browsing() as browser:
        for _ in range(OPENINGS):
            context = browser.new_context()
            page = context.new_page()
            began = time.perf_counter()
            page.goto(served.url(), wait_until="commit")
            page.fill("#draft", FAULTY)
            page.wait_for_selector("#findings .card")
            times.append(1000 * (time.perf_counter() - began))
            context.close()
    return times


def keys(served: Served, draft: str) -> list[tuple[float, float]]:
    """Milliseconds from a key to the next frame, and to its mark."""
    with browsing() as browser, opened(browser, served.url()) as page:
        page.fill("#customer", CUSTOMER)
        page.fill("#draft", draft)
        page.wait_for_selector("#findings .card")
        page.wait_for_timeout(1000)
        found = []
        for _ in range(KEYS):
            found.append(tuple(page.evaluate(KEY, "نمی‌فهمی")))
            page.wait_for_timeout(120)
    return found  # type: ignore[return-value]


def alone(draft: str) -> float:
    """Milliseconds of the same check without server and browser; the median."""
    checker = Checker()
    times = []
    for number in range(KEYS):
        text = f"{draft} نمی‌فهمی {number}"
        began = time.perf_counter()
        checker.check(text, customer=CUSTOMER)
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


def main() -> None:
    print(machine())
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as served:
        opened_in = openings(served)
        row("page: opening to first finding", milliseconds(opened_in, 0.5), f"worst {max(opened_in):.0f} ms")
        for name, draft in (("short draft", FAULTY), ("2,000 characters", LONG)):
            painted, found = (list(one) for one in zip(*keys(served, draft), strict=True))
            baseline = f"check alone {alone(draft):.1f} ms"
            row(f"page: key to mark, {name}", milliseconds(found, 0.5), f"p95 {milliseconds(found, 0.95)}; {baseline}")
            row(f"page: key to paint, {name}", milliseconds(painted, 0.5), f"p95 {milliseconds(painted, 0.95)}")


if __name__ == "__main__":
    main()
