"""The audit's page as text: whole, safe, without a network, and the same in both languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from summaries import EMPTY, FULL, HOSTILE

from hamdel.base.resources import template_dir
from hamdel.model import Lang
from hamdel.model.audit import Advice, AdviceKind, Summary
from hamdel.model.measures import Association, Change
from hamdel.render.audit.audit_page import render
from hamdel.render.audit.audit_words import wording

REPORT = template_dir() / "report"
VOID = {"meta", "br", "img", "link", "input", "hr"}


class Page(HTMLParser):
    """Elements, the text outside of styles and scripts, and whether each element that is opened is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.text += data

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(render(FULL))


def test_it_opens_with_what_matters_and_what_to_do(page: Page) -> None:
    words = wording(Lang.FA)
    head = page.text[: page.text.index(words.texts["sections"]["figures"])]
    assert words.headline(FULL) in head
    assert "رضایت مشتری ۰٫۵۳ نمره کمتر است" in head
    for one in FULL.advice:
        assert words.to_do(one, FULL.checked) in head
    assert words.example(FULL.advice[0]) in head


def test_the_direction_is_that_of_the_language() -> None:
    assert Page(render(FULL)).named("html") == [{"lang": "fa", "dir": "rtl"}]
    assert Page(render(replace(FULL, lang=Lang.EN))).named("html") == [{"lang": "en", "dir": "ltr"}]


def test_nothing_in_it_asks_for_a_network(page: Page) -> None:
    for tag, attributes in page.elements:
        assert tag not in ("img", "link", "iframe", "object", "base", "form")
        for name in ("src", "href", "action", "srcset", "data"):
            assert attributes.get(name, "#").startswith("#")
    html = render(FULL)
    assert re.findall(r"url\((?!data:font/woff2;base64,)", html) == []
    assert "@import" not in html
    policy = page.named("meta")[1]["content"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "connect-src" not in policy  # so that default-src counts


def test_texts_of_others_are_only_texts(page: Page) -> None:
    assert page.text.count(HOSTILE[:20]) >= 3  # example, cluster, reading list
    assert len(page.named("script")) == 1
    assert not any(name.startswith("on") or name == "style" for _, each in page.elements for name in each)


def test_a_span_is_marked_with_what_to_write_instead(page: Page) -> None:
    html = render(FULL)
    assert "<mark>شما اشتباه کردید</mark>" in html
    assert "نشانی در سفارش نیامده است." in page.text


@pytest.mark.parametrize(
    ("outcome", "yes_no", "text"),
    [
        ("csat", False, "۰٫۵۳ نمره کمتر (۰٫۴۶ تا ۰٫۶۰)"),
        ("reopened", True, "۵۳٫۰ واحد درصد کمتر"),
        ("کیف پول", False, "۰٫۵۳ کمتر ("),
    ],
)
def test_an_effect_has_the_unit_of_its_outcome(outcome: str, yes_no: bool, text: str) -> None:
    one = Association(outcome, Change(-0.53, -0.6, -0.46, 0.01), 50, 50, yes_no)
    assert wording(Lang.FA).effect(one).startswith(text)


def test_thin_data_says_so(page: Page) -> None:
    assert "دادهٔ کم؛ شاید اتفاقی است" in page.text
    assert "شاید اتفاقی است" in page.text


def test_persian_pages_have_persian_digits(page: Page) -> None:
    shown = page.text
    for text in ("0.0.9", HOSTILE, "hamdel audit --sample 100", "=cmd|'/c calc'!A1", "csv"):
        shown = shown.replace(text, "")
    shown = re.sub(r"\d+\.\d+\.\d+", "", shown)
    assert re.findall("[0-9]", shown) == []


def test_tables_say_what_they_are(page: Page) -> None:
    assert all(one.get("scope") in ("col", "row") for one in page.named("th"))
    ids = [each["id"] for _, each in page.elements if "id" in each]
    assert len(ids) == len(set(ids))
    for _, each in page.elements:
        assert each.get("aria-labelledby", ids[0]) in ids
        if each.get("href"):
            assert each["href"][1:] in ids
    assert all(one.get("aria-hidden") or one.get("aria-label") for one in page.named("svg"))


@pytest.mark.parametrize("summary", [EMPTY, replace(EMPTY, lang=Lang.FA), replace(FULL, clusters=None, agents=())])
def test_a_page_with_little_in_it(summary: Summary) -> None:
    page = Page(render(summary))
    assert wording(summary.lang).headline(summary) in page.text


def test_the_agents_are_not_ranked_unless_asked(page: Page) -> None:
    assert "نه به ترتیب خوب و بد" in page.text
    assert "به خواست شما" in Page(render(replace(FULL, ranked=True))).text


def texts(lang: str) -> dict[str, Any]:
    return tomllib.loads((REPORT / f"{lang}.toml").read_text("utf-8"))


def slots(table: dict[str, Any], path: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each text's name and what is filled into it."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from slots(value, f"{path}{name}.")
        else:
            joined = value if isinstance(value, str) else " ".join(value)
            yield path + name, tuple(sorted(set(re.findall(r"\{(\w+)\}", joined))))


def test_both_languages_have_the_same_texts() -> None:
    assert sorted(name for name, _ in slots(texts("fa"))) == sorted(name for name, _ in slots(texts("en")))
    fa, en = dict(slots(texts("fa"))), dict(slots(texts("en")))
    assert {name: fa[name] for name in fa if fa[name] != en[name]} == {}


def test_every_text_is_used() -> None:
    code = "".join(path.read_text("utf-8") for path in [*REPORT.glob("*.j2"), *code_files()])
    names = [name for name, _ in slots(texts("fa")) if not name.startswith("outcome_names.")]  # columns of users
    unused = [name for name in names if name.rsplit(".", 1)[-1] not in code]
    assert unused == []


def code_files() -> list[Any]:
    root = template_dir().parent / "src" / "hamdel"
    return [*(root / "render" / "audit").glob("*.py"), *(root / "audit").glob("*s.py"), *(root / "model").glob("*.py")]


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("kind", list(AdviceKind))
def test_each_advice_has_a_headline_and_a_thing_to_do(lang: Lang, kind: AdviceKind) -> None:
    base = FULL.advice[0]
    advice = Advice(kind, base.check, base.title, base.share, FULL.headline.association, base.trend, "متن", "بهتر")
    summary = replace(FULL, lang=lang, headline=advice)
    words = wording(lang)
    if kind is not AdviceKind.READ:  # nothing to begin with
        assert words.headline(summary)
    for checked in (18, 1800):
        assert words.to_do(advice, checked)
        assert "{" not in words.to_do(advice, checked)


def test_a_handful_of_replies_is_read_and_not_sampled() -> None:
    read = Advice(AdviceKind.READ)
    assert "--sample" in wording(Lang.FA).to_do(read, 101)
    assert "همه را با هم خواند" in wording(Lang.FA).to_do(read, 100)


def test_persian_texts_are_typed_as_persian() -> None:
    text = (REPORT / "fa.toml").read_text("utf-8")
    shown = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    assert not re.search("[يكةى٠-٩]", shown)
    assert not re.search("[آ-ی][,;?]", shown)
    assert not re.search(r"(?<![آ-ی])ن?می (?=[آ-ی])", shown)  # a space where a joiner belongs
    assert not re.search("ه‌ی|هٔ‌", shown)


def test_the_page_is_small() -> None:
    assert len(render(FULL).encode()) < 150_000
    assert (REPORT / "font" / "OFL.txt").read_text("utf-8").startswith("Copyright")
