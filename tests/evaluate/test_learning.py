"""What labels teach: thresholds only where that pays, sentences unless people disagree, nothing where it does harm."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest

from hamdel import Checker
from hamdel.errors import ConfigError, InputError
from hamdel.evaluate.cases import Rules, read_cases
from hamdel.evaluate.learning import Judge, teach
from hamdel.evaluate.learning.fitting import fit_lessons, fit_phrases
from hamdel.evaluate.learning.points import Point, Verdict
from hamdel.evidence.learned.team_file import digest_of, model_digest, read_learned, write_learned
from hamdel.model import Severity
from hamdel.model.learned import Learned, Lesson, Level, Phrase
from hamdel.settings.config import Config

CHECK = "respect/blame"


def point(draft: int, verdict: Verdict, logit: float = 0.4, *, said: bool = True, rule: bool = False) -> Point:
    words = {1000 + 10 * draft + place: 20.0 for place in range(6)}
    return Point(draft, CHECK, verdict, words, "جمله", logit, (0.2, 0.85), rule=rule, said=said)


def test_a_threshold_moves_when_objections_pay() -> None:
    objected = [point(draft, Verdict.WRONG, 0.4) for draft in range(12)]
    right = [point(100 + draft, Verdict.RIGHT, 3.0, said=False) for draft in range(12)]
    learned = teach([*objected, *right], "m")
    lesson = learned.lessons[CHECK]
    assert lesson.offset < 0
    assert lesson.learned.cost < lesson.shipped.cost
    assert lesson.learned.right == 12
    assert learned.validation.better


def test_a_few_objections_move_no_threshold() -> None:
    right = [point(100 + draft, Verdict.RIGHT, 0.5, said=False) for draft in range(6)]
    assert teach([point(0, Verdict.WRONG), *right], "m").lessons[CHECK].offset == 0


def test_rules_that_are_mostly_wrong_are_hidden() -> None:
    wrong = [point(draft, Verdict.WRONG, rule=True) for draft in range(8)]
    assert fit_lessons(wrong)[CHECK].level is Level.HIDDEN
    right = [point(100 + draft, Verdict.RIGHT, rule=True, said=False) for draft in range(24)]
    assert fit_lessons([*wrong, *right])[CHECK].level is Level.SHOWN
    assert fit_lessons(wrong[:3])[CHECK].level is Level.MILDER


def test_rules_that_are_often_wrong_are_milder_without_a_proof() -> None:
    """They are shown all the same, so that nothing can be lost."""
    wrong = [point(draft, Verdict.WRONG, rule=True) for draft in range(3)]
    assert teach(wrong, "m").lessons[CHECK].level is Level.MILDER


def test_what_people_disagree_on_is_no_phrase() -> None:
    wrong, missed = point(1, Verdict.WRONG), point(1, Verdict.MISSED)
    assert fit_phrases([wrong, missed]) == ()
    assert [one.faulty for one in fit_phrases([wrong, wrong, missed])] == [False]


def test_what_spoils_more_than_it_mends_is_left_out() -> None:
    """The one sentence that somebody called faulty stands in many replies in which nobody minded it."""
    missed = point(1, Verdict.MISSED, -1.0)
    quiet = [replace(missed, draft=draft, verdict=Verdict.QUIET, said=False, text="") for draft in range(2, 12)]
    learned = teach([missed, *quiet], "m")
    assert learned.phrases == ()
    assert not learned.validation.better


def test_nothing_is_taught_by_what_is_right() -> None:
    assert not teach([point(draft, Verdict.RIGHT) for draft in range(10)], "m").validation.better


def case(folder: Path, **values: object) -> str:
    path = folder / "labelled.jsonl"
    path.write_text(json.dumps({"customer": "", "neutral": [], **values}, ensure_ascii=False) + "\n", encoding="utf-8")
    return str(path)


def judged(path: str) -> dict[str, list[Verdict]]:
    checker = Checker(suggestions=False)
    found: dict[str, list[Verdict]] = {}
    for one in Judge(checker)(read_cases(path, Rules(frozenset(checker.checks)))):
        if one.said:
            found.setdefault(one.check, []).append(one.verdict)
    return found


def test_replies_that_were_labelled_as_a_whole(tmp_path: Path) -> None:
    draft = "سلام. تو باید صبر کنی. این روال ما همه‌جا همین است."
    path = case(tmp_path, draft=draft, expected=[{"id": "clarity/deflection", "text": ""}])
    found = judged(path)
    assert found["respect/tu-form"] == [Verdict.WRONG, Verdict.WRONG]
    assert found["clarity/deflection"] == [Verdict.MISSED]
    neutral = case(tmp_path, draft=draft, expected=[], neutral=["respect/tu-form"])
    assert "respect/tu-form" not in judged(neutral)


def test_two_objections_to_one_reply_agree(tmp_path: Path) -> None:
    """Each line expects the other finding, for somebody objects to one at a time."""
    draft = "سلام. تو باید صبر کنی."
    lines = [
        {"draft": draft, "about": "respect/tu-form", "expected": [{"id": "respect/tu-form", "text": b}], "wrong": a}
        for a, b in (("تو", "کنی"), ("کنی", "تو"))
    ]
    path = tmp_path / "corrections.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines), encoding="utf-8")
    assert judged(str(path)) == {"respect/tu-form": [Verdict.WRONG, Verdict.WRONG]}


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    learned = teach([point(draft, Verdict.WRONG, 0.4) for draft in range(12)], model_digest())
    path = tmp_path / "hamdel.learned.json"
    write_learned(path, learned)
    again, digest = read_learned(path)
    assert again == learned
    assert len(digest) == 32


@pytest.mark.parametrize("key", ["model", "lessons", "phrases", "validation"])
def test_a_file_that_lacks_something_is_refused(tmp_path: Path, key: str) -> None:
    path = tmp_path / "hamdel.learned.json"
    write_learned(path, Learned("m", {}, ()))
    values = json.loads(path.read_text(encoding="utf-8"))
    del values[key]
    values["digest"] = digest_of(values)
    path.write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(ConfigError, match="isn't what `hamdel learn` wrote"):
        Checker(Config(learned=path))


LESSON = Lesson()
PHRASE = Phrase(CHECK, False, {1: 2.0, 2: 3.0}, "جمله")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("offset", value) for value in (float("nan"), float("inf"), -1e308, "NaN", 10**400, None)),
        *(("wrong", value) for value in (-1, float("inf"), float("nan"), "x", 10**30)),
        *(("words", [[1, value]]) for value in (float("nan"), 0, -2.0, 1e300, "inf")),
        *(("words", [[value, 1.0]]) for value in (-1, 2**40, "x", float("nan"))),
        *(("shipped", {"alarms": value}) for value in (-1, "x", float("nan"))),
        *(("cases", value) for value in (-1, float("inf"), "x")),
    ],
)
def test_numbers_that_are_none_are_refused_under_a_digest_that_fits(tmp_path: Path, key: str, value: object) -> None:
    path = tmp_path / "hamdel.learned.json"
    write_learned(path, Learned("m", {CHECK: LESSON}, (PHRASE,)))
    values = json.loads(path.read_text(encoding="utf-8"))
    for one in (values, values["lessons"][CHECK], values["phrases"][0]):
        if key in one:
            one[key] = value
    values["digest"] = digest_of(values)
    path.write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(ConfigError, match="isn't what `hamdel learn` wrote"):
        read_learned(path)


@pytest.mark.parametrize("level", [Level.MILDER, Level.HIDDEN])
def test_what_is_grave_is_never_hidden(tmp_path: Path, level: Level) -> None:
    path = tmp_path / "hamdel.learned.json"
    write_learned(path, Learned(model_digest(), {"respect/tu-form": Lesson(level=level)}, ()))
    found = Checker(Config(learned=path)).check("سلام. تو باید صبر کنی.").findings
    assert [one.severity for one in found if one.check == "respect/tu-form"] == [Severity.WARNING] * 2


def test_without_a_file_nothing_is_taught() -> None:
    checker = Checker()
    assert checker.reader is not None
    assert checker.reader.team is None
    assert checker.note == ""


def test_many_and_long_replies_are_learned_from_in_time(tmp_path: Path) -> None:
    """Each finding was held against each place of the words, and each reply against each one like it."""
    said = {"customer": "", "about": "respect/tu-form", "expected": [], "wrong": "تو"}
    drafts = ["سلام. " + "تو باید صبر کنی. " * 8000, *(f"سفارش {i}. تو باید صبر کنی." for i in range(800))]
    path = tmp_path / "corrections.jsonl"
    path.write_text("".join(json.dumps({**said, "draft": draft}) + "\n" for draft in drafts), encoding="utf-8")
    checker = Checker(suggestions=False)
    started = process_time()
    teach(Judge(checker)(read_cases(str(path), Rules(frozenset(checker.checks)))), "m")
    assert process_time() - started < 25


@pytest.mark.parametrize("name", ["فاطمه کریم‌زاده", "علی رضایی", "مینا", "خانم طباطبایی", "زهرا محمدی‌فر"])
def test_no_hash_of_a_name_is_kept(tmp_path: Path, name: str) -> None:
    """A hash of 32 bits hides no name from somebody who has a list of names."""
    checker = Checker(suggestions=False)
    assert checker.reader is not None
    _, alone = checker.examine(checker.conversation(name))
    hashes = checker.reader.wording(alone.draft, (0, len(alone.draft.words)))
    draft = f"سلام {name} عزیز، این روال ما همه‌جا همین است و کسی گله نکرده، {name} جان."
    path = case(tmp_path, draft=draft, about="clarity/deflection", expected=[], missed=draft)
    said = [one for one in Judge(checker)(read_cases(path, Rules(frozenset(checker.checks)))) if one.said]
    assert said
    titles = {"خانم"}
    for one in said:
        _, title = checker.examine(checker.conversation(" ".join(titles)))
        known = checker.reader.wording(title.draft, (0, len(title.draft.words)))
        assert not one.words.keys() & (hashes.keys() - known.keys())


@pytest.mark.parametrize("said", ["wrong", "missed"])
@pytest.mark.parametrize("about", ["", None])
def test_a_correction_says_which_check_it_is_about(tmp_path: Path, said: str, about: str | None) -> None:
    """Without, it counted as a reply that was labelled as a whole, and all that was found in it as wrong."""
    path = case(tmp_path, draft="سلام. تو باید صبر کنی.", about=about, expected=[], **{said: "تو"})
    with pytest.raises(InputError, match='"about"'):
        judged(path)
