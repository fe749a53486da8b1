"""The one door: quoting, settings, ignore comments, odd input."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamdel import Checker, Config
from hamdel.errors import ConfigError, InputError
from hamdel.model import Anchor, Channel, Emotion, Report, Severity, Status
from hamdel.settings.config import Address


def ids(report: Report) -> list[str]:
    return [finding.check for finding in report.findings]


RUDE = "تو باید صبر کنی."


def test_a_clean_reply_has_no_findings(checker: Checker) -> None:
    report = checker.check(
        "سلام خانم کریمی، وقت بخیر. بابت تأخیر سفارش عذر می‌خوام؛ بسته فردا تا ساعت ۱۸ می‌رسه و من خودم پیگیرم.",
        customer="سلام، خانم کریمی هستم. سفارشم هنوز نرسیده و خیلی ناراحتم.",
    )
    assert ids(report) == []
    assert report.emotion is Emotion.DISAPPOINTMENT


def test_quoted_lines_are_the_customer_and_are_not_checked(checker: Checker) -> None:
    report = checker.check(f"> خیلی عصبانی‌ام، {RUDE}\n> جواب بدید\nسلام، شماره سفارش؟")
    assert report.customer == f"خیلی عصبانی‌ام، {RUDE}\nجواب بدید"
    assert report.emotion is Emotion.ANGER
    assert "respect/tu-form" not in ids(report)
    assert "empathy/no-feeling-ack" in ids(report)


def test_quoted_lines_below_the_reply_are_the_customer_too(checker: Checker) -> None:
    assert checker.check("سلام، فردا می‌رسه.\n> خیلی عصبانی‌ام").customer == "خیلی عصبانی‌ام"


def test_a_given_message_wins_over_quoted_lines(checker: Checker) -> None:
    assert checker.check("> خیلی عصبانی‌ام\nسلام", customer="ممنون").emotion is Emotion.THANKS


def test_findings_come_gravest_first(checker: Checker) -> None:
    report = checker.check("در اسرع وقت خبر می‌دهیم. " + RUDE, customer="سفارشم نرسیده")
    ranks = [finding.severity.rank for finding in report.findings]
    assert ranks == sorted(ranks)
    assert report.worst() is Severity.ERROR


def test_document_findings_have_no_place(checker: Checker) -> None:
    report = checker.check("سلام، شماره سفارش؟", customer="خیلی عصبانی‌ام")
    (finding,) = [f for f in report.findings if f.check == "empathy/no-feeling-ack"]
    assert (finding.start, finding.end, finding.matched, finding.anchor) == (0, 0, "", Anchor.DOCUMENT)


@pytest.mark.parametrize(
    ("draft", "silenced"),
    [
        (f"{RUDE} <!-- hamdel: ignore[respect/tu-form] -->", True),
        (f"# hamdel: ignore[respect/tu-form]\n{RUDE}", True),
        (f"{RUDE} # hamdel: ignore", True),
        (f"{RUDE} # hamdel: ignore[respect/blame]", False),
        (f"# hamdel: ignore[respect/tu-form]\nسلام.\n{RUDE}", False),
    ],
)
def test_ignore_comments(checker: Checker, draft: str, silenced: bool) -> None:
    report = checker.check(draft)
    assert ("respect/tu-form" not in ids(report)) is silenced
    assert bool(report.ignored) is silenced


def test_ignore_comments_silence_findings_about_the_whole_draft_by_name(checker: Checker) -> None:
    draft = "سلام، شماره سفارش؟ # hamdel: ignore[empathy/no-feeling-ack]"
    assert "empathy/no-feeling-ack" not in ids(checker.check(draft, customer="خیلی عصبانی‌ام"))


@pytest.mark.parametrize(
    ("draft", "status"),
    [
        ("", Status.NOTHING),
        (" \n\t", Status.NOTHING),
        ("🌹🙏🏽", Status.NOTHING),
        ("...!", Status.NOTHING),
        ("> فقط نقل قول", Status.NOTHING),
        ("\0", Status.NOTHING),
        ("salam, sefareshetoon ersal shod", Status.NOT_PERSIAN),
        ("Your order was shipped.", Status.NOT_PERSIAN),
        ("سلام", Status.CHECKED),
        ("فایل PDF را باز کنید", Status.CHECKED),
    ],
)
def test_status(checker: Checker, draft: str, status: Status) -> None:
    assert checker.check(draft).status is status


def test_other_scripts_are_still_guarded(checker: Checker) -> None:
    assert ids(checker.check("Dear [customer name], card 6037991123456786!!!")) == [
        "respect/unfilled-placeholder",
        "respect/privacy-leak",
        "respect/shouting",
    ]


@pytest.mark.parametrize(
    "draft",
    ["\ud800 تو باید صبر کنی.", "تو\0 باید صبر کنی.", "\u202e" + RUDE + "\u202c", "\ufeff" + RUDE, "😀" * 50 + RUDE],
)
def test_odd_characters_keep_offsets(checker: Checker, draft: str) -> None:
    findings = checker.check(draft).findings
    assert [f.matched for f in findings if f.check == "respect/tu-form"] == ["تو", "کنی"]
    assert all(draft[f.start : f.end] == f.matched for f in findings)


@settings(max_examples=200)
@given(
    st.text(alphabet="تو باید صبرکنیشمااشتباهکردیدبهزودی‌ .،؟!«»()[]{}<>\n>0۱٢a@_😂😀\ud800\u202b", max_size=120),
    st.text(alphabet="عصبانی سفارش نرسیده؟! 123۴\n", max_size=60),
)
def test_any_text_gives_slices_of_itself(checker: Checker, draft: str, customer: str) -> None:
    for finding in checker.check(draft, customer=customer).findings:
        assert draft[finding.start : finding.end] == finding.matched
        assert 0 <= finding.sentence[0] <= finding.sentence[1] <= len(draft)


def test_youth_brands_may_say_to() -> None:
    assert ids(Checker(Config(address=Address.TU)).check(RUDE)) == []


def test_disabled_checks_are_silent() -> None:
    assert ids(Checker(Config(disable=("respect/tu-form",))).check(RUDE)) == []


def test_allowed_words_are_silent() -> None:
    assert ids(Checker(Config(allow=("تو", "کنی"))).check(RUDE)) == []


def test_severity_can_be_set() -> None:
    config = Config(severity={"respect/tu-form": Severity.SUGGESTION})
    assert {f.severity for f in Checker(config).check(RUDE).findings} == {Severity.SUGGESTION}


def test_an_unknown_check_id_is_an_error() -> None:
    with pytest.raises(ConfigError, match="respect/tu-form"):
        Checker(Config(disable=("respect/to-form",)))


def test_social_channel_makes_leaks_errors(checker: Checker) -> None:
    draft = "با شمارهٔ 09121234567 تماس می‌گیریم."
    assert checker.check(draft).findings[0].severity is Severity.WARNING
    assert checker.check(draft, channel=Channel.SOCIAL).findings[0].severity is Severity.ERROR


def test_channel_and_audience_may_be_given_by_value(checker: Checker) -> None:
    draft = "با شمارهٔ 09121234567 تماس می‌گیریم."
    assert checker.check(draft, channel="social", audience="business").findings[0].severity is Severity.ERROR
    with pytest.raises(InputError, match="chat, email, social"):
        checker.check(draft, channel="fax")


def test_suggestions_use_the_customers_own_words(checker: Checker) -> None:
    report = checker.check("سلام، شماره سفارش؟", customer="سلام، سفارش ۵۴۸۲۱ سه روزه نرسیده، خیلی عصبانی‌ام.")
    (finding,) = [f for f in report.findings if f.check == "empathy/no-feeling-ack"]
    assert any("نرسیده" in text or "۵۴۸۲۱" in text for text in finding.suggestions)


def test_the_spacy_component_leaves_tokens_alone() -> None:
    import spacy

    nlp = spacy.blank("fa")
    plain = [token.text for token in nlp(RUDE)]
    nlp.add_pipe("hamdel")
    doc = nlp(RUDE)
    assert [token.text for token in doc] == plain
    assert [(span.text, span.label_) for span in doc.spans["hamdel"]] == [
        ("تو", "respect/tu-form"),
        ("کنی", "respect/tu-form"),
    ]
    assert isinstance(doc._.hamdel, Report)


def house(folder: Path, phrases: str) -> Checker:
    """A checker with one check of a team's own."""
    text = """id = "brand/old-name"
severity = "warning"
precision = "B"
sources = ["S2"]
title = {fa = "نام", en = "Name"}
message = {fa = "«{matched}»", en = "“{matched}”"}
why = {fa = "چون", en = "Because"}
"""
    (folder / "brand").mkdir()
    (folder / "brand" / "old-name.toml").write_text(text + phrases, encoding="utf-8")
    return Checker(Config(phrasebanks=(folder,), enable=("brand",)))


@pytest.mark.parametrize("kinds", [("zeta", "alpha"), ("alpha", "zeta")])
def test_of_equal_matches_the_first_in_the_file_counts(kinds: tuple[str, str], tmp_path: Path) -> None:
    groups = [f'[[phrases]]\nkind = "{kind}"\ntext = ["موتور پیک"]\n' for kind in kinds]
    findings = house(tmp_path, "".join(groups)).check("سلام، با موتور پیک می‌رسد.").findings
    assert [finding.kind for finding in findings] == [kinds[0]]


@pytest.mark.parametrize("token", ['{NORM = {REGEX = "^موت"}}', '{NORM = {REGEX = {IN = ["^موت", "^خو"]}}}'])
def test_expressions_in_patterns_are_taken_as_they_are(token: str, tmp_path: Path) -> None:
    findings = (
        house(tmp_path, f'[[phrases]]\npatterns = [[{{NORM = "با"}}, {token}]]').check("با موتور پیک رسید.").findings
    )
    assert [(finding.start, finding.end) for finding in findings] == [(0, 8)]


def test_without_suggestions_the_findings_are_the_same() -> None:
    quick, whole = Checker(Config(), suggestions=False), Checker(Config())
    for draft in ("سلام. تو باید صبر کنی، در اسرع وقت بررسی می‌شود.", "اشتباه از شما بود!", "خوب"):
        found = quick.check(draft, customer="سفارشم نرسید، نگرانم")
        expected = whole.check(draft, customer="سفارشم نرسید، نگرانم")
        assert not any(finding.suggestions for finding in found.findings)
        bare = tuple(replace(finding, suggestions=(), edits=()) for finding in expected.findings)
        assert replace(expected, findings=bare) == found
