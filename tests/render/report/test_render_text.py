"""Text for people: what is shown, what is folded away, and how directions are kept apart."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from reports import DRAFT, REPORT, SENTENCE, finding, whole

from hamdel.model import Lang, Report, Severity, Status
from hamdel.render.report.select import select
from hamdel.render.report.terminal import View, render
from hamdel.render.text.bidi import isolated, visible
from hamdel.render.text.excerpt import excerpt
from hamdel.render.text.pieces import Piece, Role, plain

ISOLATES = "\u2066\u2068\u2069\u200e\u200f"


def text(report: Report, **view: Any) -> str:
    """What is printed, without isolates."""
    return "".join(char for char in plain(render(report, View(**view))) if char not in ISOLATES)


def test_a_report_in_persian() -> None:
    assert text(REPORT) == (
        "خطا  respect/tu-form  خط ۲، نویسهٔ ۱\n"
        "  ⟦تو⟧ باید صبر ⟦کنی⟧ تا پیک برسه.\n"
        "  این عبارت ممکن است بد خوانده شود.\n"
        "  • شما\n"
        "  • جناب‌عالی\n"
        "\n"
        "هشدار  clarity/no-next-step  کل متن\n"
        "  قدم بعدی گفته نشده است.\n"
        "\n"
        "هشدار  respect/blame  خط ۲، نویسهٔ ۳۰\n"
        "  ⟦شما اشتباه کردید⟧.\n"
        "  این عبارت ممکن است بد خوانده شود.\n"
        "\n"
        "یافته‌ها: ۲ خطا، ۲ هشدار\n"
        "همراه با ۱ پیشنهاد کوچک: --all\n"
    )


def test_the_same_in_english() -> None:
    shown = text(replace(REPORT, lang=Lang.EN, ignored=1))
    assert "error  respect/tu-form  line 2, column 1\n" in shown
    assert "warning  clarity/no-next-step  whole draft\n" in shown
    assert shown.endswith(
        "2 errors, 2 warnings\n1 small suggestion, too: --all\n1 finding was set aside by hamdel: ignore.\n"
    )


def test_all_shows_every_finding() -> None:
    shown = text(REPORT, show_all=True)
    assert shown.count("respect/tu-form") == 2
    assert "پیشنهاد  clarity/jargon" in shown
    assert "یافته‌ها: ۲ خطا، ۲ هشدار، ۱ پیشنهاد\n" in shown
    assert "--all" not in shown


def test_five_at_most_errors_first() -> None:
    findings = [whole(f"clarity/c-{n}") for n in range(6)] + [whole("respect/x", severity=Severity.ERROR)]
    shown = text(Report(DRAFT, tuple(findings)))
    assert shown.startswith("خطا  respect/x")
    assert shown.count("  clarity/c-") == 4
    assert "هنوز ۲ مورد دیگر هم هست: --all\n" in shown


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (Report(DRAFT), "چیزی برای تغییر پیدا نشد. خسته نباشید!\n"),
        (Report(DRAFT, lang=Lang.EN), "Nothing to change. Well written!\n"),
        (Report("", status=Status.NOTHING), "چیزی برای بررسی نبود.\n"),
        (
            Report("salam", status=Status.NOT_PERSIAN),
            "  این متن به خط فارسی نیست؛ فقط بررسی‌هایی انجام شد که به خط وابسته نیستند.\n",
        ),
        (
            Report(DRAFT, (whole(severity=Severity.SUGGESTION),), ignored=3),
            "ایراد مهمی پیدا نشد.\nهمراه با ۱ پیشنهاد کوچک: --all\nکنار گذاشته شد: ۳ مورد با hamdel: ignore\n",
        ),
    ],
)
def test_when_there_is_little_to_say(report: Report, expected: str) -> None:
    assert text(report) == expected


def test_not_persian_still_shows_findings() -> None:
    draft = "SALAM DOOSTE AZIZ"
    shown = text(Report(draft, (finding(draft, draft, "respect/shouting"),), status=Status.NOT_PERSIAN))
    assert "⟦SALAM DOOSTE AZIZ⟧" in shown


def test_isolates_are_balanced_in_every_line() -> None:
    draft = "سلام \u202eتو\u2067 باید\u2069\u2069"
    report = replace(REPORT, findings=(*REPORT.findings, whole(message="با \u2068باز\u202e")))
    for one in (report, Report(draft, (finding(draft, "تو"),))):
        for line in plain(render(one, View(show_all=True, width=30))).split("\n"):
            depth = 0
            for char in line:
                depth += (char in "\u2066\u2068") - (char == "\u2069")
                assert depth >= 0
                assert char not in "\u202a\u202b\u202c\u202d\u202e\u2067"
            assert depth == 0


def test_ids_and_options_stay_left_to_right() -> None:
    shown = plain(render(REPORT))
    assert "\u2066respect/tu-form\u2069" in shown
    assert "\u2066--all\u2069" in shown


@pytest.mark.parametrize(
    ("line", "opening"),
    [
        ("سلام PDF", "\u2068"),
        ("PDF رو دانلود کنید", "\u2068\u200f"),
        ("open the PDF باز", "\u2068"),
        ("«تو» may read as rude", "\u2068\u200e"),
        ("\u2066respect/blame\u2069 هشدار", "\u2068"),
        ("۱۲۳", "\u2068"),
        ("", "\u2068"),
    ],
)
def test_a_foreign_first_word_does_not_turn_the_line(line: str, opening: str) -> None:
    assert isolated(Piece(line))[0].text == opening


def test_styled_output_marks_by_style_not_by_brackets() -> None:
    lines = render(REPORT, View(styled=True))
    assert [piece.text for piece in lines[1] if piece.role is Role.MARK] == ["تو", "کنی"]
    assert "⟦" not in plain(lines)


def test_messages_are_wrapped_for_a_terminal_and_never_in_a_pipe() -> None:
    report = Report(DRAFT, (whole(message="این پیام بلند است " * 30, suggestions=("بهتر است که " * 20,)),))
    assert max(len(line) for line in text(report, width=60).split("\n")) <= 60
    assert "  • بهتر" in text(report, width=60)
    assert "\n    بهتر" in text(report, width=60) or "\n    است" in text(report, width=60)
    assert max(len(line) for line in text(report).split("\n")) > 400


def test_control_characters_cannot_steer_the_terminal() -> None:
    draft = "تو\x1b]0;x\x07 باید \x9b31m صبر کنی\0"
    shown = plain(render(Report(draft, (finding(draft, "تو"),))))
    assert not [char for char in shown if unicodedata.category(char) == "Cc" and char != "\n"]


def test_lone_surrogates_are_replaced() -> None:
    draft = "تو \ud800باید"
    shown = plain(render(Report(draft, (finding(draft, "تو \ud800", message="\udfff"),))))
    assert shown.encode("utf-8")
    assert "\ufffd" in shown


def test_personal_data_is_masked_unless_asked_for() -> None:
    draft = "تو کارت 6037-9911-2345-6786 را بده"
    report = Report(draft, (finding(draft, "تو"),))
    assert "⟦تو⟧ کارت ****-****-****-6786 را" in text(report)
    assert "6037-9911-2345-6786" in text(report, show_personal=True)


def test_span_without_a_sentence_shows_its_line() -> None:
    draft = "یک\nدو تو سه\nچهار"
    assert "\n  دو ⟦تو⟧ سه\n" in text(Report(draft, (finding(draft, "تو", sentence=(0, 0)),)))


def test_absence_in_a_sentence_quotes_it() -> None:
    one = whole(start=SENTENCE[0], end=SENTENCE[0], sentence=SENTENCE)
    assert "  تو باید صبر کنی تا پیک برسه.\n" in text(Report(DRAFT, (one,)))


def test_long_sentence_is_cut_around_its_spans() -> None:
    draft = "پیش " * 200 + "تو " + "میان " * 100 + "کنی " + "پس " * 200
    findings = (finding(draft, "تو"), finding(draft, "کنی"))
    quoted = text(Report(draft, findings)).split("\n")[1]
    assert len(quoted) < 120
    assert "⟦تو⟧" in quoted
    assert "⟦کنی⟧" in quoted
    assert quoted.count("…") == 3


def test_sentence_that_fits_is_not_cut() -> None:
    draft = "تو، کنی که کارت شما را در صفحهٔ پرداخت دیر وارد کردی و حالا از ما پاسخ می‌خواهی."
    findings = (finding(draft, "تو"), finding(draft, "کنی"))
    quoted = text(Report(draft, findings)).split("\n")[1]
    assert quoted == "  " + draft.replace("تو،", "⟦تو⟧،").replace("کنی", "⟦کنی⟧")


@pytest.mark.parametrize("room", [10, 20, 50, 100])
@pytest.mark.parametrize("spans", [(), ((0, 5),), ((40, 1000),), ((100, 110), (500, 520)), ((0, 2000),)])
def test_excerpts_keep_to_their_room(room: int, spans: tuple[tuple[int, int], ...]) -> None:
    draft = "واژه " * 400
    pieces = excerpt(draft, (0, len(draft)), spans, room, brackets=True)
    assert sum(len(piece.text) for piece in pieces) <= room + 12 * (len(spans) + 1)
    assert [piece for piece in pieces if piece.role is Role.MARK] or not spans


def test_many_spans_in_one_sentence_show_the_first() -> None:
    draft = "توتوتوتوتو " * 40
    spans = tuple((n * 11, n * 11 + 10) for n in range(40))
    pieces = excerpt(draft, (0, len(draft)), spans, 60, brackets=False)
    assert 1 <= len([piece for piece in pieces if piece.role is Role.MARK]) < 10
    assert pieces[-1].text.endswith("…")


def test_overlapping_spans_are_joined() -> None:
    draft = "شما خودت گفتی"
    findings = tuple(finding(draft, part) for part in ("شما خودت", "خودت گفتی", "شما"))
    (group,) = select(findings).groups
    assert group.spans == ((0, 13),)


def test_visible_keeps_ordinary_text() -> None:
    ordinary = "می‌رود «سلام» 👨‍👩‍👧 ۱۲۳ e\u0301 \u200f \u200e"
    assert visible(ordinary) == ordinary
    assert visible("a\r\nb\tc\u2028d") == "a b c d"
