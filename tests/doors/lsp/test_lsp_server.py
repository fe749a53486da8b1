"""The server as an editor sees it: diagnostics, actions, hover, commands, settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lsp_editor import Editor, applied, at

from hamdel.archive.schema import RECORD

Json = Any
CUSTOMER = "> سلام، سفارش ۵۴۸۲۱ من سه روزه نرسیده و نگرانم.\n\n"
TU = "سلام. تو باید صبر کنی و فرم را پر کنی."

BEFORE = ["", "😀👨‍👩‍👧 ", "می‌خواهم\u200f \u202a", "e\u0301 \U0001f1ee\U0001f1f7", "\u2028 \x0c"]


def of(diagnostics: list[Json], check: str) -> list[Json]:
    return [one for one in diagnostics if one["code"] == check]


def titled(actions: list[Json], start: str) -> Json:
    (found,) = [action for action in actions if action["title"].startswith(start)]
    return found


def test_capabilities(tmp_path: Path) -> None:
    editor = Editor(tmp_path)
    general = {"positionEncodings": ["utf-8", "utf-16"]}
    capabilities = editor.begin({"general": general})["capabilities"]
    assert capabilities["positionEncoding"] == "utf-8"
    assert capabilities["textDocumentSync"]["change"] == 2
    assert capabilities["codeActionProvider"]["codeActionKinds"] == [
        "quickfix",
        "source.fixAll.hamdel",
        "refactor.rewrite",
    ]
    commands = ["hamdel.improve", "hamdel.ignoreInSettings", "hamdel.wrong", "hamdel.missed"]
    assert capabilities["executeCommandProvider"]["commands"] == commands
    text = "😀 می‌دانم. تو باید صبر کنی."
    first = of(editor.open("untitled:Untitled-1", text), "respect/tu-form")[0]["range"]
    raw = text.encode()
    assert raw[first["start"]["character"] : first["end"]["character"]].decode() == "تو"
    assert editor.end() == 0


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("before", BEFORE)
def test_ranges_are_exact(editor: Editor, uri: str, end: str, before: str) -> None:
    text = CUSTOMER.replace("\n", end) + f"سلام.{end}{before}تو باید صبر کنی.{end}"
    found = editor.open(uri, text)
    marked = [at(text, one["range"]) for one in of(found, "respect/tu-form")]
    assert marked == ["تو", "کنی"]
    (whole,) = of(found, "empathy/no-feeling-ack")
    assert at(text, whole["range"]) == "سلام."


def test_a_diagnostic_tells_everything(editor: Editor, uri: str) -> None:
    found = editor.open(uri, "سلام. تو باید صبر کنی. بزودی خبر میدم , ممنون")
    first = of(found, "respect/tu-form")[0]
    assert (first["severity"], first["source"]) == (1, "hamdel")
    assert first["message"].startswith("«تو» مشتری را")
    href = first["codeDescription"]["href"]
    assert href.startswith("file:///")
    assert {one["severity"] for one in found} == {1, 2, 4}
    editor.ask("textDocument/hover", textDocument={"uri": uri}, position={"line": 0, "character": 0})
    page = Path(href.removeprefix("file://")).read_text(encoding="utf-8")
    assert "respect/tu-form" in page
    assert "«تو» گفتن به مشتری" in page


def test_quoted_lines_of_the_customer_get_none(editor: Editor, uri: str) -> None:
    text = "> تو خیلی بدی!\n> تو باید جواب بدی.\n\nسلام، بررسی می‌کنم."
    assert of(editor.open(uri, text), "respect/tu-form") == []


def test_mails_are_judged_as_mails(editor: Editor, uri: str) -> None:
    """The header, the quotation and the signature aren't the draft, and a mail wants a closing."""
    reply = "تو باید فردا تا ساعت ۱۰ صبر کنی."
    mail = f"From: a@b.ir\nTo: c@d.ir\n\n{reply}\n\nمینا نوشت:\n> نگرانم\n>> تو صبر کن\n"
    found = editor.open(uri, mail, "mail")
    assert [at(mail, one["range"]) for one in of(found, "respect/tu-form")] == ["تو", "کنی"]
    assert of(found, "empathy/no-feeling-ack")
    closing = "respect/missing-closing"
    assert (len(of(found, closing)), of(editor.rewrite(uri, 2, mail), closing)) == (1, of(found, closing))
    signed = editor.rewrite(uri, 3, f"{mail}-- \nتو\n")
    assert (of(signed, "respect/tu-form"), of(signed, closing)) == (of(found, "respect/tu-form"), [])
    assert of(editor.open(uri + ".txt", reply), closing) == []
    editor.close(uri + ".txt")


def test_a_safe_edit_mends_all_that_belongs_together(editor: Editor, uri: str) -> None:
    text = CUSTOMER + "😀 " + TU
    found = editor.open(uri, text)
    place = of(found, "respect/tu-form")[0]["range"]
    actions = editor.actions(uri, place, found)
    fix = titled(actions, "اصلاح: شما")
    assert actions[0] == fix
    assert fix["isPreferred"] is True
    assert {one["code"] for one in fix["diagnostics"]} == {"respect/tu-form"}
    assert applied(text, fix["edit"], uri) == CUSTOMER + "😀 سلام. شما باید صبر کنید و فرم را پر کنید."


def test_fix_all(editor: Editor, uri: str) -> None:
    text = "> تو\r\n\r\nسلام.  تو باید صبر کنی.\r\nبهت خبر مي‌دهم !!\r\n"
    editor.open(uri, text)
    everything = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
    (action,) = editor.actions(uri, everything, only=["source.fixAll"])
    assert (action["title"], action["kind"]) == ("همهٔ اصلاح‌های امن", "source.fixAll.hamdel")
    after = applied(text, action["edit"], uri)
    assert after.startswith("> تو\r\n\r\nسلام.  شما باید صبر کنید.\r\n")
    assert "ي" not in after
    editor.rewrite(uri, 2, after)
    assert editor.actions(uri, everything, only=["source.fixAll.hamdel"]) == []


def test_wordings_are_offered(editor: Editor, uri: str) -> None:
    text = CUSTOMER + "سلام. شما اشتباه نشانی را وارد کردید. فردا تا ساعت ۱۰ نشانی را درست می‌کنم."
    found = editor.open(uri, text)
    actions = editor.actions(uri, of(found, "respect/blame")[0]["range"], found, only=["quickfix"])
    offered = [action for action in actions if action["title"].startswith("پیشنهاد: ")]
    assert offered
    assert not any(action.get("isPreferred") for action in offered)
    after = applied(text, offered[0]["edit"], uri)
    assert "شما اشتباه نشانی" not in after
    assert after.startswith(CUSTOMER + "سلام.")
    assert after.endswith("فردا تا ساعت ۱۰ نشانی را درست می‌کنم.")
    assert of(editor.rewrite(uri, 2, after), "respect/blame") == []


@pytest.mark.parametrize(
    ("language", "comment"),
    [("plaintext", " hamdel: ignore[respect/tu-form]"), ("markdown", " <!-- hamdel: ignore[respect/tu-form] -->")],
)
def test_ignore_here(editor: Editor, uri: str, language: str, comment: str) -> None:
    text = "سلام.\r\nتو باید صبر کنی.  \r\nتو هم."
    found = editor.open(uri, text, language)
    actions = editor.actions(uri, of(found, "respect/tu-form")[0]["range"], found)
    action = titled(actions, "نادیده گرفتن respect/tu-form")
    after = applied(text, action["edit"], uri)
    assert after == text.replace("کنی.", f"کنی.{comment}")
    left = of(editor.rewrite(uri, 2, after), "respect/tu-form")
    assert [one["range"]["start"]["line"] for one in left] == [2]


def test_ignore_everywhere(editor: Editor, folder: Path, uri: str) -> None:
    file = folder / "hamdel.toml"
    file.write_text('# ours\nlang = "en"  # for the team\n', encoding="utf-8")
    found = editor.open(uri, TU)
    assert found[0]["message"].startswith("“تو”")
    action = titled(editor.actions(uri, of(found, "respect/tu-form")[0]["range"], found), "Turn respect/tu-form off")
    assert action["title"] == "Turn respect/tu-form off in hamdel.toml"
    editor.ask("workspace/executeCommand", **action["command"])
    assert of(editor.diagnostics(uri, 1), "respect/tu-form") == []
    assert file.read_text(encoding="utf-8").startswith('# ours\nlang = "en"  # for the team\n')


def test_hover(editor: Editor, uri: str) -> None:
    editor.open(uri, TU)
    shown = editor.ask("textDocument/hover", textDocument={"uri": uri}, position={"line": 0, "character": 7})
    text = shown["contents"]["value"]
    assert "**«تو» مشتری را" in text
    assert "چرا؟ میان دو بزرگسال" in text
    assert "- شما باید صبر کنید و فرم را پر کنید." in text
    assert at(TU, shown["range"]) == "تو"
    nothing = editor.ask("textDocument/hover", textDocument={"uri": uri}, position={"line": 0, "character": 12})
    assert nothing is None


def test_the_readers_findings_say_why(editor: Editor, uri: str) -> None:
    text = CUSTOMER + "سلام. شما خودتون کارت رو غلط زدین. برین راهنما رو بخونین. اگه یه کم سواد داشتین اینو نمی‌پرسیدین."
    found = next(one for one in editor.open(uri, text) if one["data"]["nearest"])
    assert found["data"]["source"] == "reader"
    assert 0 < found["data"]["score"] <= 1
    assert found["data"]["evidence"]
    shown = editor.ask("textDocument/hover", textDocument={"uri": uri}, position=found["range"]["start"])
    words = "، ".join(f"«{word}»" for word in found["data"]["evidence"])
    assert f"چون: {words} — شبیه جملهٔ آموزشی «{found['data']['nearest']}»" in shown["contents"]["value"]


def test_improve(editor: Editor, uri: str) -> None:
    text = (CUSTOMER + TU).replace("\n", "\r\n")
    found = editor.open(uri, text)
    action = titled(editor.actions(uri, found[0]["range"], only=["refactor"]), "نوشتن پاسخی بهتر")
    editor.ask("workspace/executeCommand", **action["command"])
    after = applied(text, editor.applied.pop(), uri)
    assert after.startswith(CUSTOMER.replace("\n", "\r\n"))
    assert "شما باید صبر کنید" in after
    assert "\n" not in after.replace("\r\n", "")
    assert len(editor.rewrite(uri, 2, after)) < len(found)


def test_typing_changes_parts(editor: Editor, uri: str) -> None:
    editor.open(uri, "😀 سلام.\r\nشما باید صبر کنید.\r\n")
    first = {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 3}}
    second = {"start": {"line": 1, "character": 12}, "end": {"line": 1, "character": 17}}
    editor.change(uri, 2, {"range": first, "text": "تو"}, {"range": second, "text": "کنی."})
    text = "😀 سلام.\r\nتو باید صبر کنی.\r\n"
    marked = [at(text, one["range"]) for one in of(editor.diagnostics(uri, 2), "respect/tu-form")]
    assert marked == ["تو", "کنی"]


def test_closing_takes_diagnostics_back(editor: Editor, uri: str) -> None:
    editor.open(uri, TU)
    assert editor.close(uri)["params"]["diagnostics"] == []
    assert editor.ask("textDocument/hover", textDocument={"uri": uri}, position={"line": 0, "character": 7}) is None
    assert editor.open(uri, TU)


def test_requests_about_what_is_not_open(editor: Editor) -> None:
    place = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
    asked = {"textDocument": {"uri": "untitled:x"}, "range": place, "context": {"diagnostics": []}}
    assert editor.ask("textDocument/codeAction", **asked) is None
    editor.ask("workspace/executeCommand", command="hamdel.improve", arguments=["untitled:x"])
    shown = editor.wait(lambda one: one.get("method") == "window/showMessage")
    assert shown["params"]["message"] == "hamdel: No open document: untitled:x"


def test_settings_of_folders_are_kept_apart(editor: Editor, folder: Path, uri: str) -> None:
    (folder / "hamdel.toml").write_text('address = "تو"', encoding="utf-8")
    assert of(editor.open(uri, TU), "respect/tu-form") == []
    assert of(editor.open((editor.root / "پاسخ.txt").as_uri(), TU), "respect/tu-form")


def test_settings_for_documents_elsewhere_go_beside_them(editor: Editor, tmp_path: Path) -> None:
    uri = (tmp_path / "mutt-1.txt").as_uri()
    found = editor.open(uri, TU)
    action = titled(editor.actions(uri, of(found, "respect/tu-form")[0]["range"], found), "خاموش کردن respect/tu-form")
    editor.ask("workspace/executeCommand", **action["command"])
    assert of(editor.diagnostics(uri, 1), "respect/tu-form") == []
    assert (tmp_path / "hamdel.toml").exists()


def test_a_broken_archive_is_said_once_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / RECORD).write_bytes(b"no database" * 100)
    editor = Editor(tmp_path, "--archive", "archive")
    editor.begin(options={"delay": 0})
    uri = "untitled:1"
    assert of(editor.open(uri, TU), "respect/tu-form")
    assert of(editor.rewrite(uri, 2, TU + " "), "respect/tu-form")
    shown = [one["params"]["message"] for one in editor.notes if one["method"] == "window/showMessage"]
    assert len(shown) == 1
    assert "isn't an archive of hamdel" in shown[0]
    assert editor.end() == 0


def test_broken_settings_are_said_once_and_the_last_good_ones_stay(editor: Editor, folder: Path, uri: str) -> None:
    def changed(text: str) -> list[Json]:
        file.write_text(text, encoding="utf-8")
        editor.note("workspace/didChangeWatchedFiles", changes=[{"uri": file.as_uri(), "type": 2}])
        return editor.diagnostics(uri, 1)

    def messages() -> list[str]:
        notes = [one["params"]["message"] for one in editor.notes if one["method"] == "window/showMessage"]
        editor.notes = [one for one in editor.notes if one["method"] != "window/showMessage"]
        return notes

    file = folder / "hamdel.toml"
    file.write_text('lang = "en"', encoding="utf-8")
    assert of(editor.open(uri, TU), "respect/tu-form")[0]["message"].startswith("“تو”")
    messages()
    for _ in range(2):
        assert of(changed("lang = "), "respect/tu-form")[0]["message"].startswith("“تو”")
    (message,) = messages()
    assert "broken TOML" in message
    assert of(changed('lang = "fa"'), "respect/tu-form")[0]["message"].startswith("«تو»")
    changed("lang = ")
    assert len(messages()) == 1


def test_settings_of_the_editor(tmp_path: Path) -> None:
    editor = Editor(tmp_path)
    editor.settings = {"lang": "en", "least": "error", "delay": 1, "colour": "red"}
    watched = {"didChangeWatchedFiles": {"dynamicRegistration": True}}
    editor.begin({"workspace": {"configuration": True, **watched}}, {"lang": "fa", "delay": 0})
    shown = editor.wait(lambda one: one.get("method") == "window/showMessage")
    assert shown["params"]["message"].startswith('hamdel: hamdel.colour: unknown setting "colour"')
    registered = [one for one in editor.asked if one["method"] == "client/registerCapability"]
    assert registered[0]["params"]["registrations"][0]["method"] == "workspace/didChangeWatchedFiles"
    uri = "untitled:1"
    found = editor.open(uri, CUSTOMER + TU)
    assert {one["code"] for one in found} == {"respect/tu-form"}
    assert found[0]["message"].startswith("“تو”")
    editor.note("workspace/didChangeConfiguration", settings={"hamdel": {"address": "تو"}})
    found = editor.diagnostics(uri, 1)
    assert of(found, "respect/tu-form") == []
    assert any("مشتری" in one["message"] for one in found)  # what isn't said is as it was at the start
    assert editor.end() == 0


def test_waits_until_typing_stops(tmp_path: Path) -> None:
    editor = Editor(tmp_path)
    editor.begin(options={"delay": 3000})
    uri = "untitled:1"
    editor.open(uri, "سلام")
    for version in range(2, 30):
        editor.change(uri, version, {"text": TU + " خوب" * version})
    assert of(editor.diagnostics(uri, 29), "respect/tu-form")
    assert not any(one["method"] == "textDocument/publishDiagnostics" for one in editor.notes)
    editor.change(uri, 30, {"text": TU})
    place = {"start": {"line": 0, "character": 7}, "end": {"line": 0, "character": 7}}
    assert titled(editor.actions(uri, place), "اصلاح: شما")  # whoever asks gets an answer about the text as it is
    assert editor.end() == 0


def test_a_document_that_is_too_long_says_so_and_holds_nobody_up(editor: Editor, uri: str) -> None:
    (told,) = editor.open(uri, "تو باید صبر کنی. " * 5_000)
    assert (told["code"], told["severity"]) == ("hamdel/unchecked", 3)
    assert told["message"] == "این متن بررسی نشد: بیش از ۵۰٬۰۰۰ نویسه دارد."
    first = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}
    asked = {"textDocument": {"uri": uri}, "range": first, "context": {"diagnostics": [told]}}
    assert not editor.ask("textDocument/codeAction", **asked)
    assert editor.ask("textDocument/hover", textDocument={"uri": uri}, position=first["start"]) is None
    assert of(editor.open(f"{uri}.other.txt", TU), "respect/tu-form")
