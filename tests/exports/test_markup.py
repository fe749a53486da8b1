"""Bodies of helpdesks' messages as their readers saw them; nothing that a mail may hold stops an audit."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamdel.exports import Columns, Row, open_table
from hamdel.exports.columns import ALL_ROLES
from hamdel.exports.markup import html_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>سفارشم نرسیده</p> <![ قیمت ]>", "سفارشم نرسیده"),
        ("<p>سلام</p><!-- یادداشت که تمام نمی‌شود", "سلام"),
        ("<p>سلام<!-- > --> خوبید؟</p>", "سلام خوبید؟"),
        ("<![CDATA[<p>سفارش شما رسید.</p>]]>", "سفارش شما رسید."),
        ("<p>سلام</p><![CDATA[نیمه‌کاره", "سلام\nنیمه‌کاره"),
        ("<!--[if mso]><p>برای اوت‌لوک</p><![endif]--><p>سلام</p><![if !mso]><p>درود</p><![endif]>", "سلام\nدرود"),
        ("<?xml version='1.0'?><p>سلام</p>", "سلام"),
        ("یک<br>دو<br/>سه", "یک\nدو\nسه"),
        ("<ul><li>یک<li>دو</ul><ol><li>سه</ol>", "یک\nدو\nسه"),
        ("<table><tr><td>مبلغ</td><td>۵۰</td></tr><tr><td>تاریخ</td></tr></table>", "مبلغ ۵۰\nتاریخ"),
        ("<pre>خط یک\nخط دو</pre><p>خط\nسه</p>", "خط یک\nخط دو\nخط سه"),
        ("<p>سلام&nbsp;مینا&#160;جان&ensp;!</p>", "سلام مینا جان\u2002!"),
        ("سلام&nbsp;مینا &amp; &lt;درود&gt;\nخط دو", "سلام مینا & <درود>\nخط دو"),
        ("<p>می‌رسد و نمی&zwnj;رسد و مي&#8204;رسد</p>", "می‌رسد و نمی‌رسد و مي‌رسد"),
        ("<style>p{}</style><script>a<b</script><head><title>ت</title></head><p>سلام</p>", "سلام"),
        ("<div style='display: none'>پیش‌نمایش</div><p hidden>پنهان</p><p>سلام</p>", "سلام"),
        ("<p>سلام\x00 درود</p>", "سلام درود"),
        ("<p>&bogus; &#xD800; &#0; &#99999999;</p>", "&bogus; \ufffd \ufffd \ufffd"),
        ("<p>سلام \ud800</p>", "سلام \ufffd"),
        ("<p>اگر < ۵۰۰ بود <3 و <نام></p>", "اگر < ۵۰۰ بود <3 و <نام>"),
        ("<P CLASS=a>سلام</P", "سلام"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_read(html: str, text: str) -> None:
    assert html_text(html) == text


@pytest.mark.parametrize(
    "text",
    [
        "اگر a < b باشد\nو c > d", "دوستتون داریم <3", "<نام مشتری> عزیز\nسلام", "x<y and y>z",
        "نامه به <ali@shop.ir> رفت",
        "ر.ک. R&D و AT&T", "a && b; c", "<!-- یادداشت", "<![CDATA[", "1 <<< 2 >>> 3", "<", "<>", "</>", "&",
        "<-- اینجا",
        "نیم‌فاصله\u200cها\n\n می‌مانند", "https://shop.ir/?a=1&copy=2",
    ],
)  # fmt: skip
def test_what_only_looks_like_html(text: str) -> None:
    assert html_text(text) == text


@pytest.mark.parametrize(
    "quotation",
    [
        "<blockquote>{}</blockquote>",
        '<blockquote type="cite"><div>{}</div></blockquote>',
        '<div class="gmail_quote"><div dir="rtl">{}</div></div>',
        '<div class="x gmail_quote gmail_quote_container"><blockquote>{}</blockquote></div>',
        '<div class="yahoo_quoted">{}</div>',
        '<div class="moz-cite-prefix">{}</div>',
        '<div id="appendonsend"></div><hr><div>{}</div>',
        '<div id="divRplyFwdMsg">{}</div>',
        "<blockquote><blockquote>{}</blockquote></blockquote>",
    ],
)
def test_quoted_mails(quotation: str) -> None:
    html = f"<div>پیگیری کردم.{quotation.format('سفارشم کجاست؟<br>نرسیده')}</div>"
    assert html_text(html) == "پیگیری کردم.\n> سفارشم کجاست؟\n> نرسیده"
    assert html_text(html, quoted=False) == "پیگیری کردم."


def test_what_follows_a_quotation_is_the_writers_own() -> None:
    assert html_text("<blockquote>کجاست؟</blockquote>فردا می‌رسد.<blockquote>و این؟</blockquote><p>این هم.") == (
        "> کجاست؟\nفردا می‌رسد.\n> و این؟\nاین هم."
    )


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "سلام",
        "<div>" * 100_000 + "سلام" + "</div>" * 100_000,
        "<blockquote>" * 50_000 + "سلام",
        "<b><i>" * 50_000 + "سلام",
        "<p>" * 100_000 + "سلام",
        "<table><tr><td>" * 20_000 + "سلام",
        "<!--" * 50_000 + "سلام",
        "<![cdata[" * 50_000 + "سلام",
        "<p " * 100_000 + ">سلام",
        "</div>" * 100_000 + "سلام",
        "<" * 100_000 + "<p>سلام",
        "&" * 100_000 + "<p>سلام",
    ],
    ids=lambda html: html[:6],
)
def test_what_is_meant_to_take_long(html: str) -> None:
    start = time.perf_counter()
    html_text(html)
    assert time.perf_counter() - start < 3  # 0.4 s on a machine that does nothing else


_PIECES = st.sampled_from(
    "<p> </p> <div> </div> <blockquote> </blockquote> <![ <!-- --> <![CDATA[ ]]> <br> <li> < > & &amp; &# <? ?> "
    "<script> </script> <template> <svg> <math> <table> <tr> <select> <a <pre> \x00 \ud800 سلام می‌رسد".split(" ")
)


@given(st.lists(_PIECES | st.text(max_size=4), max_size=30).map("".join))
def test_never_an_exception(html: str) -> None:
    assert isinstance(html_text(html), str)


def test_an_audit_reads_on(tmp_path: Path) -> None:
    """The conversation that ended a whole audit."""
    admin, user = {"type": "admin", "name": "سارا"}, {"type": "user", "id": "u"}
    talk = {
        "id": "1",
        "source": {"type": "email", "body": "<p>سفارشم نرسیده</p> <![ قیمت ]>", "author": user},
        "conversation_parts": {
            "conversation_parts": [
                {"body": "<p>پیگیری کردم.</p><blockquote>سفارشم نرسیده</blockquote>", "author": admin},
                {"body": "<p>ممنون</p><blockquote>پیگیری کردم.</blockquote>", "author": user},
                {"body": "<p>خواهش می‌کنم.</p>", "author": admin},
            ]
        },
    }
    path = tmp_path / "talks.jsonl"
    path.write_text(json.dumps(talk, ensure_ascii=False), encoding="utf-8")
    with open_table(path, Columns(roles=ALL_ROLES)) as table:
        rows = [row for row in table if isinstance(row, Row)]
    assert [row.reply for row in rows] == ["پیگیری کردم.\n> سفارشم نرسیده", "خواهش می‌کنم."]
    assert [row.message for row in rows] == ["سفارشم نرسیده", "ممنون"]
