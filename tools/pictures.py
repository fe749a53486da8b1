"""Take the pictures of the documentation: of the page, a terminal and a report, as they really are.

``python -m tools.pictures`` writes ``docs/img/*.webp``. It needs what ``hamdel serve`` and ``hamdel audit`` need,
Playwright, and from Debian ``chromium xvfb xterm imagemagick fonts-dejavu``. Look at each of them before you commit it.
"""

from __future__ import annotations

import base64
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

__all__ = ["main"]

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "img"
DRAFT = ROOT / "tests" / "data" / "draft.txt"
TALKS = ROOT / "training" / "corpus"
AGENTS = ("سارا", "مینا", "رضا", "نیما")
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
QUALITY = 78
DISPLAY = ":97"
XTERM = (
    *("-u8", "-title", "hamdel", "-geometry", "86x45", "-fa", "DejaVu Sans Mono", "-fs", "11", "-b", "14", "+sb"),
    *("-xrm", "*boldColors: false"),
)
#: Background, foreground, and what xterm calls colours 1, 2, 5 and 6.
TERMINALS = {
    "terminal-light": ("#fbfaf7", "#222222", "#b3261e", "#1f6f4a", "#8a4b00", "#2f5f8f"),
    "terminal-dark": ("#1c1b22", "#e8e6e3", "#ff8a80", "#7fd1a4", "#f2b866", "#8ec5f4"),
}


def main() -> None:
    """Take them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _terminal(folder)
        _extension(folder)
        report = _report(folder)
        with _browser() as browser, _serving(folder) as address:
            for scheme in ("light", "dark"):
                _compose(browser, address, scheme)
                _audit(browser, report, scheme)
            _practice(browser, address)


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@contextmanager
def _page(browser: Any, address: str, scheme: str = "light", size: dict[str, int] = WIDE) -> Iterator[Any]:
    context = browser.new_context(viewport=size, color_scheme=scheme, device_scale_factor=1.5, locale="fa")
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def _save(page: Any, name: str) -> None:
    """Save what is seen of a page; Playwright itself writes no WebP."""
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(500)
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    (FOLDER / f"{name}.webp").write_bytes(base64.b64decode(taken["data"]))


def _hamdel(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "hamdel", *map(str, arguments)]


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    """Run the server, and yield its address with the token."""
    command = _hamdel("serve", "--port", 0, "--archive", folder / "archive", "--labels", folder / "labels.jsonl")
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=folder, env=env)
    try:
        assert process.stdout
        yield process.stdout.readline().split()[-1]
    finally:
        process.terminate()
        process.wait(10)


def _compose(browser: Any, address: str, scheme: str) -> None:
    """The page where replies are written, on a desk and on a phone, and the better reply."""
    message, _, draft = DRAFT.read_text(encoding="utf-8").partition("\n\n")
    for size, name in ((WIDE, f"page-{scheme}"), (PHONE, f"page-phone-{scheme}")):
        with _page(browser, address, scheme, size) as page:
            page.fill("#customer", message.removeprefix("> "))
            page.fill("#draft", draft.strip())
            page.wait_for_function("() => document.querySelectorAll('#findings .card').length >= 4")
            _save(page, name)
            if size is WIDE and scheme == "light":
                page.click("#better-open")
                page.wait_for_selector("#better[open] #better-theirs:not(:empty)")
                _save(page, "better")


def _extension(folder: Path) -> None:
    """The browser extension with its card, on the page that the tests have for WhatsApp Web: no real chat."""
    sys.path.insert(0, str(ROOT / "tests" / "browser"))
    from real_browsers import FIELD, highlighted, opened, running, settings, type_into, until

    work = folder / "extension"
    work.mkdir()
    with running(work, width=900) as context:
        settings(context, lang="fa")
        page = opened(context, "whatsapp")
        page.set_viewport_size({"width": 900, "height": 640})
        type_into(page, FIELD, "سلام. این روزها نیرو کم داریم، باید صبر کنید. در اسرع وقت پیگیری می‌شود.")
        until(lambda: len(highlighted(page)) >= 2)
        page.keyboard.press("Alt+h")
        # WhatsApp draws emoji as pictures, which the fixture names only.
        page.evaluate("for (const one of document.querySelectorAll('img[alt]')) one.replaceWith(one.alt)")
        _save(page, "extension")


def _practice(browser: Any, address: str) -> None:
    with _page(browser, address.replace("/#", "/practice?code=docs#")) as page:
        page.click("#begin")
        page.fill("#reply", "سلام. صبر کن بررسی میشه. به زودی جواب میدیم.")
        page.click("#check")
        page.wait_for_selector("#findings .card")
        page.wait_for_timeout(600)  # it scrolls to the findings itself
        page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
        _save(page, "practice")


def _report(folder: Path) -> Path:
    """An audit of conversations that were made up for the training, as four agents might have had them."""
    table = folder / "replies.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("reply", "customer message", "agent", "time", "csat"))
        writer.writerows(_rows())
    command = _hamdel("audit", table, "--out", folder / "audit", "--no-config")
    subprocess.run(command, check=True, capture_output=True)
    return folder / "audit" / "report.html"


def _rows() -> Iterator[tuple[object, ...]]:
    start = datetime(2026, 9, 1, 9)
    talks = (json.loads(line) for path in sorted(TALKS.glob("talks-*.jsonl")) for line in path.open(encoding="utf-8"))
    shop = (talk for talk in talks if talk["ch"] != "email" and talk["au"] == "consumer")
    for number, talk in enumerate(islice(shop, 600)):
        reply = " ".join(sentence for sentence, *_ in talk["s"])
        agent = AGENTS[(number * 7 + number // 5) % len(AGENTS)]
        yield reply, talk["c"], agent, (start + timedelta(hours=2 * number)).isoformat(), 1 + number * 3 % 5


def _audit(browser: Any, report: Path, scheme: str) -> None:
    for size, name in ((WIDE, f"audit-{scheme}"), (PHONE, f"audit-phone-{scheme}")):
        with _page(browser, report.as_uri(), scheme, size) as page:
            _save(page, name)


def _terminal(folder: Path) -> None:
    """A terminal of its own on a screen that nobody sees; xterm leaves the order of letters to hamdel."""
    draft = shutil.copy(DRAFT, folder / "reply.txt")
    script = folder / "show.sh"
    shown = " ".join(_hamdel("check", Path(draft).name, "--no-config", "--no-archive"))
    typed = "printf '\\033[?25l$ hamdel check reply.txt\\n'"  # without a cursor
    script.write_text(f"cd {folder}\n{typed}\n{shown}\nsleep 60\n", encoding="utf-8")
    screen = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1400x1200x24"], stderr=subprocess.DEVNULL)
    env = {**os.environ, "DISPLAY": DISPLAY}
    try:
        time.sleep(1)
        for name, (back, fore, *colours) in TERMINALS.items():
            named = zip((1, 2, 5, 6), colours, strict=True)
            palette = [part for number, colour in named for part in ("-xrm", f"*color{number}: {colour}")]
            looks = (*XTERM, "-bg", back, "-fg", fore, *palette)
            command = ["xterm", *looks, "-e", "sh", str(script)]
            terminal = subprocess.Popen(command, env={**env, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"})
            time.sleep(6)
            picture = FOLDER / f"{name}.webp"
            taken = folder / f"{name}.png"
            subprocess.run(["import", "-window", "hamdel", str(taken)], env=env, check=True)
            subprocess.run(["convert", str(taken), "-quality", str(QUALITY), str(picture)], check=True)
            terminal.terminate()
            terminal.wait(10)
    finally:
        screen.terminate()
        screen.wait(10)


if __name__ == "__main__":
    main()
