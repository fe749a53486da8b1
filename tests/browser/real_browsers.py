"""A real Chromium with the extension, a host that it can start, and the fixtures as the sites that they stand for."""

from __future__ import annotations

import json
import os
import shutil
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from hamdel.doors.browser.building import build
from hamdel.doors.browser.callers import CHROMIUM_ID
from hamdel.doors.browser.installing import Machine, install, manifest
from hamdel.doors.browser.places import browsers

BROWSER = Path(__file__).parents[2] / "browser"
RECIPES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((BROWSER / "recipes").glob("*.json"))}
#: A page for each recipe, at an address that the recipe is for.
SITES = {name: recipe["matches"][0].replace("*", "").replace("//.", "//www.") for name, recipe in RECIPES.items()}
#: Boxes of all kinds, at a site whose recipe takes any.
PLAIN = SITES["goftino"] + "plain"
CUSTOMER = "سه روز است سفارشم نرسیده و خیلی ناراحتم! کد رهگیری هم ندارم."
DRAFT = "سلام. تو باید صبر کنی."
FIELD = "[data-field]"


def chromium() -> str:
    """Return a Chromium that loads extensions; skip the test without one (branded Chrome loads none)."""
    found = os.environ.get("HAMDEL_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("no Chromium is installed (apt install chromium); HAMDEL_TEST_CHROMIUM names another one")
    return found


def built(folder: Path) -> Path:
    """Build the extension below a folder."""
    build(BROWSER, folder)
    return folder


def host_manifest(folder: Path, key: str) -> str:
    """Write a launcher below a folder, and return the manifest that names it."""
    machine = Machine(folder, folder / "launcher", "linux")
    install(machine, [])
    return json.dumps(manifest(machine, browsers()[key]))


@contextmanager
def running(folder: Path, *, host: bool = True, dark: bool = False, width: int = 1280) -> Iterator[Any]:
    """Run Chromium with the extension; yields Playwright's context."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright isn't installed")
    program = chromium()
    extension = folder / "dist" / "chromium"
    if not extension.is_dir():
        built(folder / "dist")
    profile = folder / f"profile-{len(list(folder.iterdir()))}"
    if host:
        (profile / "NativeMessagingHosts").mkdir(parents=True)
        (profile / "NativeMessagingHosts/hamdel.json").write_text(host_manifest(folder, "chromium"), "utf-8")
    with playwright.sync_playwright() as run:
        context = run.chromium.launch_persistent_context(
            str(profile),
            executable_path=program,
            headless=True,
            args=[
                "--headless=new",
                "--no-sandbox",
                f"--disable-extensions-except={extension}",
                f"--load-extension={extension}",
                "--disable-features=DisableLoadExtensionCommandLineSwitch",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-default-browser-check",
            ],
            ignore_default_args=["--disable-extensions"],
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            locale="fa-IR",
        )
        context.route("**/*", serve)
        try:
            yield context
        finally:
            context.close()


def serve(route: Any) -> None:
    """Answer for all sites: their fixture; nothing else is on this internet."""
    url = route.request.url
    if url == PLAIN:
        route.fulfill(body=(BROWSER / "fixtures/plain.html").read_text("utf-8"), content_type="text/html")
        return
    for name, address in SITES.items():
        if url.startswith(address):
            route.fulfill(body=(BROWSER / f"fixtures/{name}.html").read_text("utf-8"), content_type="text/html")
            return
    if url.startswith("chrome-extension://"):
        route.continue_()
    else:
        route.abort()


def worker(context: Any) -> Any:
    """Return the extension's background script."""
    found = [one for one in context.service_workers if CHROMIUM_ID in one.url]
    return found[0] if found else context.wait_for_event("serviceworker")


def settings(context: Any, **values: Any) -> None:
    """Keep something in the extension's storage."""
    worker(context).evaluate("(values) => chrome.storage.local.set(values)", values)


def opened(context: Any, name: str) -> Any:
    """Open a fixture."""
    page = context.new_page()
    page.goto(SITES.get(name, PLAIN))
    return page


def type_into(page: Any, selector: str, text: str = DRAFT) -> None:
    """Click into a field and type."""
    page.click(selector)
    page.keyboard.insert_text(text)


def highlighted(page: Any) -> list[dict[str, Any]]:
    """Return the ranges that are marked in the document: their words and their places."""
    found: list[dict[str, Any]] = page.evaluate(
        """() => ["error", "warning", "suggestion"].flatMap((severity) =>
          [...(CSS.highlights.get(`hamdel-${severity}`) ?? [])].map((range) => {
            const { left, right, top, bottom } = range.getBoundingClientRect();
            return { severity, text: range.toString(), left, right, top, bottom };
          }))"""
    )
    return sorted(found, key=lambda one: (one["top"], -one["right"]))


def layer(page: Any) -> list[dict[str, Any]]:
    """Return the elements of our layer, which no page sees: tag, class, text and box, through the debugger."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    document = session.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
    found = []

    def walk(node: dict[str, Any], inside: bool) -> None:
        mine = inside or node["nodeName"] == "HAMDEL-LAYER"
        if mine and node["nodeType"] == 1 and node["nodeName"] not in ("STYLE", "HAMDEL-LAYER"):
            pairs = node.get("attributes", [])
            found.append(
                {"tag": node["nodeName"], "id": node["nodeId"], **dict(zip(pairs[::2], pairs[1::2], strict=True))}
            )
            found[-1]["text"] = _text(node)
        for child in [*node.get("children", []), *node.get("shadowRoots", [])]:
            walk(child, mine)

    walk(document, False)
    for one in found:
        try:
            quad = session.send("DOM.getContentQuads", {"nodeId": one["id"]})["quads"][0]
            one["box"] = (min(quad[::2]), min(quad[1::2]), max(quad[::2]), max(quad[1::2]))
        except Exception:
            one["box"] = None
    session.detach()
    return found


def _text(node: dict[str, Any]) -> str:
    if node["nodeType"] == 3:
        return str(node["nodeValue"])
    return "".join(_text(child) for child in node.get("children", []))


def strips(page: Any) -> list[tuple[float, float, float, float]]:
    """Return the boxes of the strips under a textarea's words: left, top, right, bottom."""
    return [one["box"] for one in layer(page) if one["tag"] == "I" and "style" in one and one["box"]]


def buttons(page: Any) -> list[str]:
    """Return what the card's buttons say."""
    return [one["text"] for one in layer(page) if one["tag"] == "BUTTON" and "chip" not in one.get("class", "")]


def press(page: Any, text: str) -> None:
    """Click a button of the card."""
    box = until(
        lambda: next((one["box"] for one in layer(page) if one["tag"] == "BUTTON" and one["text"] == text), None)
    )
    page.mouse.click((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)


def until(look: Callable[[], Any], seconds: float = 10.0) -> Any:
    """Return what a look gives as soon as it is something."""
    import time

    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.02)
    return found


def value(page: Any, selector: str) -> str:
    """Return a field's text."""
    text: str = page.eval_on_selector(selector, "(field) => field.value ?? field.innerText")
    return text


def pixels(png: bytes) -> tuple[int, int, bytes]:
    """Return a screenshot's width, height and its red, green and blue bytes."""
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert (depth, kind) in ((8, 2), (8, 6))
    size = 3 if kind == 2 else 4
    data, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += 12 + length
    return width, height, _unfiltered(zlib.decompress(data), width, height, size)


def _unfiltered(raw: bytes, width: int, height: int, size: int) -> bytes:
    """Undo PNG's filters (https://www.w3.org/TR/png-3/#9Filters)."""
    stride = width * size
    out, above = bytearray(), bytearray(stride)
    for row in range(height):
        kind, line = raw[row * (stride + 1)], bytearray(raw[row * (stride + 1) + 1 : (row + 1) * (stride + 1)])
        for place in range(stride):
            left = line[place - size] if place >= size else 0
            corner = above[place - size] if place >= size else 0
            up = above[place]
            if kind == 1:
                add = left
            elif kind == 2:
                add = up
            elif kind == 3:
                add = (left + up) // 2
            elif kind == 4:
                guess = left + up - corner
                add = min((left, up, corner), key=lambda one: abs(guess - one))
            else:
                add = 0
            line[place] = (line[place] + add) & 255
        out += line if size == 3 else bytes(byte for at, byte in enumerate(line) if at % 4 != 3)
        above = line
    return bytes(out)
