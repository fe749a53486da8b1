"""What helpdesks export: conversations in the shapes that their documentation gives, small and made up."""

from __future__ import annotations

import gc
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hamdel.errors import InputError
from hamdel.exports import Columns, Rejected, Row, objects, open_table
from hamdel.exports.columns import ALL_ROLES
from hamdel.exports.questions import Asked, QuestionError

ALL = Columns(roles=ALL_ROLES)
NOON = 1_715_511_600  # 2024-05-12T11:00:00Z

ZENDESK = {
    "id": 35,
    "requester_id": 1,
    "via": {"channel": "web"},
    "satisfaction_rating": {"score": "good"},
    "metric_set": {"reopens": 2},
    "assignee": {"id": 9, "name": "سارا", "role": "agent"},
    "comments": [
        {"id": 1, "author_id": 1, "public": True, "body": "سفارشم نرسید", "created_at": "2024-05-12T10:00:00Z"},
        {"id": 2, "author_id": 9, "public": False, "body": "فقط برای همکاران"},
        {
            "id": 3,
            "author_id": 9,
            "public": True,
            "html_body": "<p>سلام &amp; درود</p><p>فردا می‌رسد.<br>سارا</p>",
            "created_at": "2024-05-12T11:00:00Z",
        },
        {"id": 4, "author_id": 1, "public": True, "plain_body": "نیامد!"},
        {"id": 5, "author_id": 1, "public": True, "plain_body": "کجاست؟"},
        {"id": 6, "author_id": 9, "public": True, "plain_body": "پیگیری کردم.", "created_at": "2024-05-12T11:00:00Z"},
    ],
}
CHATWOOT = {
    "id": 226,
    "meta": {"channel": "Channel::WebWidget", "sender": {"id": 4}},
    "messages": [
        {"id": 1, "content": "سلام", "message_type": 0, "private": False, "created_at": NOON - 60},
        {"id": 2, "content": "Conversation was opened", "message_type": 2, "private": False},
        {"id": 3, "content": "یادداشت", "message_type": 1, "private": True, "sender": {"name": "سارا", "type": "user"}},
        {"id": 4, "content": "ربات", "message_type": 1, "private": False, "sender": {"name": "b", "type": "agent_bot"}},
        {
            "id": 5,
            "content": "در خدمتم",
            "message_type": 1,
            "private": False,
            "created_at": NOON,
            "sender": {"name": "سارا", "type": "user"},
        },
        {
            "id": 6,
            "message_type": 3,
            "content": "Please rate",
            "content_type": "input_csat",
            "content_attributes": {"submitted_values": {"csat_survey_response": {"rating": 4}}},
        },
    ],
}
INTERCOM = {
    "type": "conversation",
    "id": "147",
    "created_at": NOON - 60,
    "source": {"type": "email", "id": "s", "body": "<p>پولم کم شد</p>", "author": {"type": "user", "id": "u1"}},
    "contacts": {"type": "contact.list", "contacts": [{"type": "contact", "id": "u1"}]},
    "conversation_rating": {"rating": 5},
    "statistics": {"count_reopens": 1},
    "conversation_parts": {
        "type": "conversation_part.list",
        "conversation_parts": [
            {"id": "1", "part_type": "note", "body": "<p>n</p>", "author": {"type": "admin", "name": "سارا"}},
            {"id": "2", "part_type": "assignment", "body": None, "author": {"type": "bot", "name": "Fin"}},
            {
                "id": "3",
                "part_type": "comment",
                "body": "<p>برگشت خورد.</p>",
                "created_at": NOON,
                "author": {"type": "admin", "id": "9", "name": "سارا"},
            },
        ],
    },
}
FRESHDESK = {
    "id": 20,
    "requester_id": 1,
    "source": 1,
    "description_text": "سفارشم نرسید",
    "created_at": "2024-05-12T10:00:00Z",
    "conversations": [
        {"id": 5, "body_text": "داخلی", "incoming": False, "private": True, "user_id": 9},
        {
            "id": 6,
            "body": "<div>فردا می‌رسد</div>",
            "incoming": False,
            "private": False,
            "user_id": 9,
            "created_at": "2024-05-12T11:00:00Z",
        },
        {"id": 7, "body_text": "ممنون", "incoming": True, "private": False, "user_id": 1},
    ],
}
TELEGRAM = {
    "name": "مینا",
    "type": "personal_chat",
    "id": 77,
    "messages": [
        {"id": 1, "type": "service", "action": "phone_call", "actor": "مینا", "text": ""},
        {
            "id": 2,
            "type": "message",
            "from": "مینا",
            "from_id": "user77",
            "date": "2024-05-12T14:00:00",
            "text": "سلام",
        },
        {
            "id": 3,
            "type": "message",
            "from": "فروشگاه",
            "from_id": "user1",
            "date": "2024-05-12T14:30:00",
            "date_unixtime": str(NOON),
            "text": ["سلام، ", {"type": "link", "text": "اینجا"}, " ببینید."],
        },
    ],
}
EXPECTED = {
    "zendesk": [
        Row("سلام & درود\nفردا می‌رسد.\nسارا", "سارا", "1", NOON, "web", "سفارشم نرسید", "3", "35", 1, 1.0),
        Row("پیگیری کردم.", "سارا", "1", NOON, "web", "نیامد!\nکجاست؟", "6", "35", 2, 1.0),
    ],
    "chatwoot": [Row("در خدمتم", "سارا", "4", NOON, "WebWidget", "سلام", "5", "226", 1, 4.0)],
    "intercom": [Row("برگشت خورد.", "سارا", "u1", NOON, "email", "پولم کم شد", "3", "147", 1, 5.0)],
    "freshdesk": [Row("فردا می‌رسد", "9", "1", NOON, "email", "سفارشم نرسید", "6", "20", 1)],
    "telegram": [Row("سلام، اینجا ببینید.", "فروشگاه", "user77", NOON, "telegram", "سلام", "3", "77", 1)],
}
VALUES: dict[str, dict[str, Any]] = {
    "zendesk": ZENDESK,
    "chatwoot": CHATWOOT,
    "intercom": INTERCOM,
    "freshdesk": FRESHDESK,
    "telegram": TELEGRAM,
}


def read(path: Path, value: Any, columns: Columns = ALL) -> list[Row | Rejected]:
    text = "\n".join(json.dumps(one) for one in value) if path.suffix == ".jsonl" else json.dumps(value, indent=1)
    path.write_text(text, "utf-8")
    with open_table(path, columns) as table:
        return list(table)


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("name", VALUES)
def test_a_document(tmp_path: Path, name: str, named: bool) -> None:
    columns = replace(ALL, preset=name if named else None)
    assert read(tmp_path / "x.json", VALUES[name], columns) == EXPECTED[name]
    with open_table(tmp_path / "x.json", columns) as table:
        assert table.preset == name


@pytest.mark.parametrize("name", [name for name in VALUES if name != "telegram"])
def test_lines_and_lists(tmp_path: Path, name: str) -> None:
    twice = [VALUES[name]] * 2
    assert read(tmp_path / "x.jsonl", twice) == EXPECTED[name] * 2
    assert read(tmp_path / "x.json", twice) == EXPECTED[name] * 2


@pytest.mark.parametrize(
    ("name", "wrap"),
    [
        ("zendesk", lambda one: {"tickets": [one], "next_page": None, "count": 1}),
        ("zendesk", lambda one: [{"ticket": one}]),
        ("chatwoot", lambda one: {"data": {"meta": {"all_count": 1}, "payload": [one]}}),
        ("chatwoot", lambda one: {"meta": {}, "payload": [{**m, "conversation_id": 226} for m in one["messages"]]}),
        ("intercom", lambda one: {"type": "conversation.list", "conversations": [one], "pages": {}}),
        ("freshdesk", lambda one: [{"helpdesk_ticket": one}]),
        ("telegram", lambda one: {"about": "…", "contacts": {"list": [{"a": 1}]}, "chats": {"list": [one, one]}}),
    ],
)
def test_the_wrappings_of_exports(tmp_path: Path, name: str, wrap: Any) -> None:
    found = read(tmp_path / "x.json", wrap(VALUES[name]))
    texts = [row.reply for row in found if isinstance(row, Row)]
    assert texts == [row.reply for row in EXPECTED[name]] * (2 if name == "telegram" else 1)


def test_outcomes_of_a_ticket(tmp_path: Path) -> None:
    (row, *_) = read(tmp_path / "x.json", [ZENDESK], replace(ALL, outcomes=("reopens",)))
    assert isinstance(row, Row)
    assert row.outcomes == (2.0,)


def test_groups_of_telegram_need_a_team(tmp_path: Path) -> None:
    group = {**TELEGRAM, "type": "private_supergroup"}
    with pytest.raises(QuestionError, match="--team") as asked:
        read(tmp_path / "x.json", group)
    assert asked.value.asked is Asked.TEAM
    assert sorted(asked.value.choices) == ["فروشگاه", "مینا"]
    both = {"chats": {"list": [group, {**TELEGRAM, "id": 7}]}}
    lost = [one for one in read(tmp_path / "y.json", both) if isinstance(one, Rejected)]
    assert [("--team" in one.reason) for one in lost] == [True, True]  # of many chats a group is left alone
    for name in ("فروشگاه", "user1", "1"):
        (row,) = read(tmp_path / "x.json", group, replace(ALL, team=(name,)))
        assert isinstance(row, Row)
        assert (row.agent, row.message) == ("فروشگاه", "سلام")


def test_reviews_of_google_play(tmp_path: Path) -> None:
    header = "Package Name,Review Submit Date and Time,Star Rating,Review Title,Review Text,"
    header += "Developer Reply Date and Time,Developer Reply Millis Since Epoch,Developer Reply Text,Review Link"
    lines = [header, "com.x,2024-05-11T00:00:00Z,2,,بد بود,2024-05-12T11:00:00Z,1,ممنون از نظرتان,http://x?1"]
    path = tmp_path / "reviews_com.x_202405.csv"
    path.write_bytes("\n".join([*lines, "com.x,2024-05-11T00:00:00Z,5,,خوب,,,,http://x?2"]).encode("utf-16"))
    with open_table(path, ALL) as table:
        row, unanswered = table
    assert row == Row("ممنون از نظرتان", "", "", NOON, "google-play", "بد بود", "http://x?1", "", None, 2.0)
    assert isinstance(unanswered, Rejected)
    assert unanswered.unanswered


def test_a_document_of_rows(tmp_path: Path) -> None:
    rows = [{"reply": "یک", "csat": 4.5}, "دو", 3, {"reply": None}]
    assert read(tmp_path / "x.json", rows) == [
        Row("یک", csat=4.5),
        Row("دو"),
        Rejected(f"{tmp_path / 'x.json'}:3", "needs a text or an object"),
        Rejected(f"{tmp_path / 'x.json'}:4", 'no text in column "reply"'),
    ]


def test_a_document_that_breaks_off(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps([{"reply": "یک"}, {"reply": "دو"}])[:-6], "utf-8")
    with open_table(path, ALL) as table:
        row, broken = table
    assert row == Row("یک")
    assert isinstance(broken, Rejected)
    assert "broken JSON" in broken.reason


def test_values_that_a_preset_does_not_know(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    odd = {"id": 1, "comments": [{"author_id": 1, "public": True, "plain_body": {"a": 1}}], "via": "x"}
    found = read(path, [ZENDESK, 5, odd, {"comments": None}], replace(ALL, preset="zendesk"))
    assert found[:2] == EXPECTED["zendesk"]
    assert found[2] == Rejected(f"{path}:2", "isn't what zendesk exports")


def test_a_long_document_is_never_read_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps([ZENDESK] * 3_000), "utf-8")
    read_so_far = 0
    real = objects._Utf8.read

    def read_piece(self: Any, size: int) -> bytes:
        nonlocal read_so_far
        data = real(self, size)
        read_so_far += len(data)
        return data

    monkeypatch.setattr(objects._Utf8, "read", read_piece)
    with open_table(path, ALL) as table:
        next(iter(table))
    assert read_so_far < path.stat().st_size


def test_ijson_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objects, "find_spec", lambda _: None)
    with pytest.raises(InputError, match="JSON documents need ijson"):
        read(tmp_path / "x.json", [ZENDESK])


_KEYS = (
    "id comments conversations conversation_parts messages message_type content author_id public plain_body author "
    "type source body ticket users requester meta sender payload data incoming private notes text from from_id chats "
    "list item"
).split()
_SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(allow_nan=False)
_VALUES = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner), max_leaves=20
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=_VALUES, name=st.sampled_from([None, *VALUES]))
def test_no_export_is_too_odd(tmp_path: Path, value: Any, name: str | None) -> None:
    for suffix in (".json", ".jsonl"):
        path = tmp_path / f"odd{suffix}"
        path.write_text(json.dumps(value), "utf-8")
        try:
            with open_table(path, replace(ALL, preset=name)) as table:
                assert all(isinstance(one, (Row, Rejected)) for one in table)
        except InputError as error:  # no column for replies
            assert "\n" not in str(error)


def test_a_byte_that_is_no_text_costs_no_dump(tmp_path: Path) -> None:
    """The reply keeps a mark in its place; the whole dump was given up before, and its tables left open."""
    dump = (Path(__file__).parent / "samples/whmcs/dump.sql").read_bytes()
    path = tmp_path / "dump.sql"
    path.write_bytes(dump.replace("سارا".encode(), "سا".encode() + b"\xff" + "را".encode(), 1))
    with open_table(Path(__file__).parent / "samples/whmcs/dump.sql", ALL) as table:
        sound = list(table)
    with open_table(path, ALL) as table:
        found = list(table)
    gc.collect()
    assert len(found) == len(sound)
    assert sum(isinstance(row, Row) for row in found) == sum(isinstance(row, Row) for row in sound)


@pytest.mark.parametrize("newest_first", [False, True])
def test_messages_of_goftino_in_any_order(tmp_path: Path, newest_first: bool) -> None:
    said = [
        {"id": 1, "chat_id": "c", "user_id": "u", "text": "کی می‌رسد؟", "date": "2024-05-12T10:00:00Z"},
        {"id": 2, "chat_id": "c", "operator_id": "o", "text": "فردا.", "date": "2024-05-12T11:00:00Z"},
        {"id": 3, "chat_id": "c", "user_id": "u", "text": "ممنون", "date": "2024-05-12T12:00:00Z"},
        {"id": 4, "chat_id": "c", "operator_id": "o", "text": "خواهش می‌کنم.", "date": "2024-05-12T13:00:00Z"},
    ]
    messages = said[::-1] if newest_first else said
    for value in ({"status": "success", "data": {"messages": messages}}, {"chat_id": "c", "messages": messages}):
        found = [row for row in read(tmp_path / "x.json", value) if isinstance(row, Row)]
        assert [(row.message, row.reply, row.turn) for row in found] == [
            ("کی می‌رسد؟", "فردا.", 1), ("ممنون", "خواهش می‌کنم.", 2),
        ]  # fmt: skip


def test_what_goftino_answers_when_it_fails_is_no_export(tmp_path: Path) -> None:
    for value in ({"status": "error", "code": "not_authorized"}, {"status": "success", "data": {"messages": []}}):
        with pytest.raises(InputError):
            read(tmp_path / "x.json", value, replace(ALL, preset="goftino"))
