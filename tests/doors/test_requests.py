"""What can be asked, with no protocol around it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from hamdel.checker import Checker
from hamdel.doors.keeper import Keeper, Place
from hamdel.doors.requests import METHODS, LabelFile, Problem, RequestError, Requests
from hamdel.evaluate.cases import Rules, read_cases
from hamdel.model import Conversation, Lang
from hamdel.model.fields import CONVERSATION

DRAFT = "سلام. تو باید صبر کنی. کارت شما 6037991234567893 است."


@pytest.fixture(scope="module")
def keeper() -> Iterator[Keeper]:
    kept = Keeper()
    yield kept
    kept.close()


@pytest.fixture
def requests(keeper: Keeper, tmp_path: Path) -> Requests:
    place = Place(tmp_path, archive=tmp_path / "archive")
    return Requests(keeper, place, labels=LabelFile(tmp_path / "labels" / "ours.jsonl"))


def refusal(requests: Requests, method: str, **params: object) -> RequestError:
    with pytest.raises(RequestError) as caught:
        requests.answer(method, params)
    return caught.value


def test_fields_are_those_of_a_conversation() -> None:
    assert [*CONVERSATION, "signature"] == list(Conversation.__dataclass_fields__)  # that is read from the draft


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_each_method_is_described(method: object, requests: Requests) -> None:
    known = METHODS[method.name]  # type: ignore[attr-defined]
    assert known.fa
    assert known.en.endswith(".")
    assert all(param.schema.get("type") for param in known.params)
    needed = [param.name for param in known.params if param.needed]
    if needed:
        error = refusal(requests, known.name)
        assert (error.kind, error.where) == (Problem.INVALID, needed[0])


@pytest.mark.parametrize(
    ("method", "params", "kind", "where", "fa"),
    [
        ("chekc", {}, Problem.UNKNOWN_METHOD, "", "درخواستی به نام «chekc» نیست"),
        ("check", {"draft": "سلام", "drat": 1}, Problem.INVALID, "drat", "منظورتان «draft» بود؟"),
        ("check", {"draft": "سلام", "turn": 0}, Problem.INVALID, "turn", "«turn» باید عددی از 1 تا"),
        ("check", {"draft": "سلام", "channel": "fax"}, Problem.INVALID, "channel", "یکی از chat, email, social"),
        ("check", {"draft": "سلام " * 20_000}, Problem.TOO_LONG, "draft", "«draft» ۱۰۰٬۰۰۰ نویسه دارد؛ بیش از ۵۰٬۰۰۰"),
        ("archive/search", {"text": "سلام"}, Problem.FAILED, "", "هنوز بایگانی‌ای نیست"),
        ("explain", {"check": "respect/blam"}, Problem.INVALID, "", "respect/blame"),
    ],
)
def test_errors_are_typed_and_in_both_languages(
    requests: Requests, method: str, params: dict[str, object], kind: Problem, where: str, *, fa: str
) -> None:
    error = refusal(requests, method, **params)
    assert (error.kind, error.where) == (kind, where)
    assert fa in error.message(Lang.FA)
    assert error.message(Lang.EN)


def test_errors_show_nothing_personal(requests: Requests) -> None:
    error = refusal(requests, "check", draft="سلام", **{"6037991234567893": 1})
    assert "6037991234567893" not in error.message_fa + error.message_en + error.where


def test_lists(requests: Requests) -> None:
    checks = {one["id"]: one for one in requests.answer("checks", {})["checks"]}
    assert checks["respect/tu-form"]["severity"] == "error"
    situations = {one["name"]: one["title"] for one in requests.answer("skeletons", {})["skeletons"]}
    assert situations["late-delivery"]["fa"]
    assert requests.answer("improve", {"draft": "", "situation": "late-delivery"})["text"]


def test_an_objection_becomes_a_masked_case(requests: Requests, tmp_path: Path) -> None:
    first, second = (
        one for one in requests.answer("check", {"draft": DRAFT})["findings"] if one["check"] == "respect/tu-form"
    )
    place = {"start": first["start"], "end": first["end"]}
    params = {"draft": DRAFT, "customer": "شمارهٔ من 09123456789 است", "check": "respect/tu-form", **place, "turn": 1}
    assert requests.answer("label", {**params, "note": "به 09123456789 گفتیم"}) == {"labelled": True}
    file = tmp_path / "labels" / "ours.jsonl"
    text = file.read_text(encoding="utf-8")
    assert "6037991234567893" not in text
    assert "09123456789" not in text
    assert file.stat().st_mode & 0o77 == 0
    (case,) = read_cases(str(file), Rules(known=Checker().checks))
    assert (case.about, case.talk.turn, len(case.talk.draft)) == ("respect/tu-form", 1, len(DRAFT))
    assert [(label.check, label.text) for label in case.labels] == [("respect/tu-form", second["matched"])]
    assert json.loads(text)["wrong"] == first["matched"]


def test_a_missed_fault_becomes_a_masked_case(requests: Requests, tmp_path: Path) -> None:
    draft = "سلام، به 09123456789 پیامک شد. این روال همه‌جا همین است و کسی گله نکرده."
    start = draft.index("این روال")
    params = {"draft": draft, "check": "respect/dismissal", "verdict": "missed", "start": start, "end": len(draft)}
    assert requests.answer("label", params) == {"labelled": True}
    file = tmp_path / "labels" / "ours.jsonl"
    (case,) = read_cases(str(file), Rules(known=Checker().checks))
    assert (case.about, case.missed, case.wrong) == ("respect/dismissal", draft[start:], None)
    assert (case.about, draft[start:]) in [(label.check, label.text) for label in case.labels]
    assert "09123456789" not in file.read_text(encoding="utf-8")
    assert refusal(requests, "label", **{**params, "check": "respect/x"}).where == "check"
    assert refusal(requests, "label", **{**params, "start": 10_000}).where == "start"
    assert refusal(requests, "label", **{**params, "verdict": "perhaps"}).where == "verdict"


def test_an_objection_to_nothing_is_refused(requests: Requests, tmp_path: Path) -> None:
    error = refusal(requests, "label", draft="سلام، وقت بخیر.", check="respect/tu-form")
    assert error.where == "check"
    assert not (tmp_path / "labels").exists()
    requests.labels = None
    assert refusal(requests, "label", draft=DRAFT, check="respect/tu-form").kind is Problem.FAILED


def test_acts_are_told_by_sentence(requests: Requests) -> None:
    draft = "😀 سلام. بابت این تأخیر عذر می‌خوام. بسته فردا تا ساعت ۱۲ به دستتون می‌رسه."
    sentences = requests.answer("acts", {"draft": draft, "customer": "سفارشم نرسیده. کی می‌رسه؟"})["sentences"]
    told = {draft[one["start"] : one["end"]]: [act["act"] for act in one["acts"]] for one in sentences}
    assert "sorry" in told["بابت این تأخیر عذر می‌خوام."]
    assert "commit" in told["بسته فردا تا ساعت ۱۲ به دستتون می‌رسه."]
    units = draft.encode("utf-16-le")
    for one in sentences:
        place = one["utf16"]
        cut = units[2 * place["start"] : 2 * place["end"]].decode("utf-16-le")
        assert cut == draft[one["start"] : one["end"]]


def test_faults_are_no_acts(requests: Requests) -> None:
    (one,) = requests.answer("acts", {"draft": "مشکل از خود شماست که آدرس را اشتباه وارد کردید."})["sentences"]
    assert "blame" not in {act["act"] for act in one["acts"]}


def test_what_is_no_persian_has_no_acts(requests: Requests) -> None:
    assert requests.answer("acts", {"draft": "Hello there."}) == {"sentences": []}


def test_labels_are_lines_whatever_is_in_a_draft(tmp_path: Path) -> None:
    """U+2028 and its like are in drafts as they are, and end no line of JSON; a line that was cut spoils no other."""
    labels = LabelFile(tmp_path / "ours.jsonl")
    breaks = ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\r"]
    for one in breaks:
        labels.add({"draft": f"سلام{one}تو"})
    labels.path.write_bytes(labels.path.read_bytes() + b'{"draft": "\xd8')
    labels.add({"draft": "بعدی"})
    assert [case["draft"] for case in labels.read()] == [*(f"سلام{one}تو" for one in breaks), "بعدی"]
