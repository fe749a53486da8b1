"""A team's templates: they replace ours by name, can do no harm, and each mistake names its file and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hamdel import Checker
from hamdel.errors import InputError, TemplateError
from hamdel.settings.config import Config
from hamdel.wording.skeletons import Skeletons
from hamdel.wording.slots import LABELS
from hamdel.wording.suggest import Suggester

CHECK = "respect/blame"


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / f"{name}.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def suggest(folder: Path, text: str | bytes, **values: object) -> tuple[str, ...]:
    write(folder, f"suggestions/{CHECK}", text)
    return Suggester((folder,)).suggest(CHECK, values)


MISTAKES: dict[str, tuple[str | bytes, int, str]] = {
    "syntax": ("خوب\n{% if %}\n", 2, "Expected"),
    "unclosed": ("{% if formal %}\nخوب\n", 2, "end of template"),
    "unknown filter": ("\n\n{{ order | nope }}", 3, "nope"),
    "misspelled filter": ("{{ order | ezafeh }}", 1, 'did you mean "ezafe"?'),
    "unknown test": ("{{ order is nope }}", 1, "nope"),
    "runtime": ("\n{{ 1 / 0 }}", 2, "division by zero"),
    "types": ("\n{{ 'a' + 1 }}", 2, ""),
    "a call of a slot": ("{{ order() }}", 1, "order"),
    "an attribute of a slot": ("{{ order.number }}", 1, "order"),
    "private attribute": ("\n{{ ''.__class__.__mro__ }}", 2, "unsafe"),
    "format": ("{{ '{:999999999d}'.format(1) }}", 1, "unsafe"),
    "percent": ("{{ '%999999999d' % 1 }}", 1, "%"),
    "justify": ("{{ 'a'.center(999999999) }}", 1, "unsafe"),
    "range": ("\n{% for i in range(10 ** 9) %}{% endfor %}", 2, "too big"),
    "loops": ("\n{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}", 2, "steps"),
    "power": ("{{ 9 ** 9 ** 9 }}", 1, "too large"),
    "squares": (
        "{% set n = namespace(x=9) %}{% for i in range(99) %}{% set n.x = n.x * n.x %}{% endfor %}",
        1,
        "large",
    ),
    "long text": ("{{ 'آ' * 10 ** 9 }}", 1, "characters"),
    "long list": ("{{ [1] * 10 ** 9 }}", 1, "characters"),
    "a result of a call": ("\n{{ (1).to_bytes(3000000000, 'big') }}", 2, "unsafe"),
    "another way of calling": ("{% set f = 'a'.center %}{{ f(10 ** 9) }}", 1, "unsafe"),
    "bytes": ("{{ ('a' * 9).encode('utf-32') }}", 1, "unsafe"),
    "tabs": ("{{ '\t'.expandtabs(10 ** 9) }}", 1, "unsafe"),
    "zeros": ("{{ '1'.zfill(10 ** 9) }}", 1, "unsafe"),
    "maps": ("{{ 'a'.format_map({}) }}", 1, "unsafe"),
    "changing a list": ("{% set l = [1] %}{{ l.append(l) }}", 1, "unsafe"),
    "changing a table": ("{% set l = {} %}{{ l.update(a=1) }}", 1, "unsafe"),
    "a filter that pads": ("{{ 'a'|center(10 ** 9) }}", 1, "center"),
    "a filter that formats": ("{{ '%1000000000d'|format(1) }}", 1, "format"),
    "a joiner": ("{{ joiner('a') }}", 1, "joiner"),
    "a list of a range": ("{{ range(99999)|list|length }}", 1, "too big"),
    "many lists": ("{% for i in range(999) %}{{ range(9999)|list|length }}{% endfor %}", 1, "steps"),
    "nested lists": (
        "{% set n = namespace(l=[]) %}\n{% for i in range(99) %}{% set n.l = [n.l, n.l] %}{% endfor %}{{ n.l }}",
        2,
        "characters",
    ),
    "nested tables": (
        "{% set n = namespace(l={}) %}\n{% for i in range(99) %}{% set n.l = {1: n.l, 2: n.l} %}{% endfor %}",
        2,
        "characters",
    ),
    "nested tables by a call": (
        "{% set n = namespace(l={}) %}\n{% for i in range(99) %}{% set n.l = dict(a=n.l, b=n.l) %}{% endfor %}",
        2,
        "characters",
    ),
    "nested namespaces": (
        "{% set n = namespace(a=1) %}\n{% for i in range(99) %}{% set n.b = namespace(a=n, b=n) %}{% endfor %}",
        2,
        "namespace",
    ),
    "a list that is doubled": (
        "{% set n = namespace(l=[1]) %}\n{% for i in range(99) %}{% set n.l = n.l + n.l %}{% endfor %}",
        2,
        "characters",
    ),
    "a list of long texts": ("{% set s = 'آ' * 9999 %}{{ [s, s, s]|length }}", 1, "characters"),
    "a long text many times": ("{% set s = 'آ' * 9999 %}\n{% for i in range(99) %}{{ s }}{% endfor %}", 2, "charac"),
    "a long text set": (
        "{% for i in range(9999) %}{% set s %}" + "آ" * 99 + "{% endset %}{% endfor %}",
        1,
        "characters",
    ),
    "a macro of macros": (
        "{% macro a(n) %}آآ{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}\n{{ a(60) }}",
        1,
        "characters",
    ),
    "looking in long lists": (
        "{% set l = range(9999)|list %}\n{% for i in range(9999) %}{% if 'a' in l %}{% endif %}{% endfor %}",
        2,
        "shorten the loops",
    ),
    "a large file": ("آ" * 100_000, 0, "more than 20000 bytes"),
    "doubled text": (
        "{% set n = namespace(s='آآ') %}\n{% for i in range(99) %}{% set n.s = n.s ~ n.s %}{% endfor %}",
        2,
        "characters",
    ),
    "joined text": ("{{ range(9999) | list | join('آ' * 9999) }}", 1, "characters"),
    "replaced text": ("{{ ('آ' * 9999) | replace('', 'ب' * 9999) }}", 1, "characters"),
    "macros": (
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}\n{{ m(99) }}",
        1,
        "steps",
    ),
    "endless macro": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 1, "without end"),
    "itself": (f"\n{{% include 'suggestions/{CHECK}.j2' %}}", 2, "without end"),
    "missing part": ("\n{% include 'parts/none.j2' %}", 2, "none.j2"),
    "encoding": (b"\xd3\xe1\xc7\xe3 \xff", 0, "UTF-8"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_names_file_and_line(tmp_path: Path, mistake: str) -> None:
    text, line, reason = MISTAKES[mistake]
    with pytest.raises(TemplateError) as caught:
        suggest(tmp_path, text)
    message = str(caught.value)
    place = f"{tmp_path / 'suggestions' / CHECK}.j2" + (f":{line}" if line else "")
    assert message.startswith(f"{place}: ")
    assert reason in message
    assert "\n" not in message


def test_a_mistake_in_a_part_names_the_part(tmp_path: Path) -> None:
    part = write(tmp_path, "parts/end", "\n\n{{ 1 / 0 }}")
    with pytest.raises(TemplateError, match=f"^{re.escape(str(part))}:3: division by zero$"):
        suggest(tmp_path, "{% include 'parts/end.j2' %}")


def test_a_mistake_in_a_skeleton_names_file_and_line(tmp_path: Path) -> None:
    path = write(tmp_path, "replies/outage", "سلام\n{{ time | whenever }}")
    with pytest.raises(TemplateError, match=f"^{re.escape(str(path))}:2: "):
        Skeletons((tmp_path,)).render("outage", {})


def test_a_mistake_reaches_the_checker_as_one_line(tmp_path: Path) -> None:
    write(tmp_path, f"suggestions/{CHECK}", "{{ 1 / 0 }}")
    checker = Checker(Config(templates=(tmp_path,)))
    with pytest.raises(TemplateError, match="division by zero"):
        checker.check("سلام. شما اشتباه کردید.")


def test_a_teams_suggestions_replace_ours_and_only_those(tmp_path: Path, checker: Checker) -> None:
    write(tmp_path, f"suggestions/{CHECK}", "\ufeffاز همین‌جا با هم {{ order | ra }} درست می‌کنیم.\n\n")
    theirs = Checker(Config(templates=(tmp_path,)))
    draft = "سلام. شما اشتباه کردید. در اسرع وقت پیگیری می‌شود."
    found = {f.check: f.suggestions for f in theirs.check(draft, customer="سفارش ۵۴۸۲۱ نرسیده").findings}
    assert found[CHECK] == ("از همین‌جا با هم ۵۴۸۲۱ را درست می‌کنیم.",)
    same = {f.check: f.suggestions for f in checker.check(draft, customer="سفارش ۵۴۸۲۱ نرسیده").findings}
    assert found["clarity/vague-time"] == same["clarity/vague-time"]


def test_the_first_folder_wins(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / name, f"suggestions/{CHECK}", name)
    assert Suggester((tmp_path / "b", tmp_path / "a")).suggest(CHECK, {}) == ("b",)


def test_a_teams_part_changes_every_skeleton(tmp_path: Path) -> None:
    write(tmp_path, "replies/_closing", "\nتیم ققنوس")
    skeletons = Skeletons((tmp_path,))
    for name in skeletons.names():
        assert skeletons.render(name, {"formal": True, "channel": "chat"}).endswith("تیم ققنوس")


def test_a_team_may_add_situations(tmp_path: Path) -> None:
    write(
        tmp_path,
        "replies/lost-key",
        "{# title.fa: کلید گم‌شده #}\n{# title.en: A lost key #}\nکلید {{ time }} آماده است.",
    )
    write(tmp_path, "replies/untitled", "سلام")
    skeletons = Skeletons((tmp_path,))
    assert {"lost-key", "untitled", "outage"} <= set(skeletons.names())
    assert skeletons.title("lost-key", "fa") == "کلید گم‌شده"
    assert skeletons.title("lost-key", "en") == "A lost key"
    assert skeletons.title("untitled", "fa") == "untitled"
    assert skeletons.render("lost-key", {"time": "فردا"}) == "کلید فردا آماده است."


def test_an_unknown_situation_names_the_nearest() -> None:
    for name in ("late-delivry", "../suggestions/respect/blame", "_greeting"):
        with pytest.raises(InputError) as caught:
            Skeletons().render(name, {})
        assert f'"{name}"' in str(caught.value)
    with pytest.raises(InputError, match='did you mean "late-delivery"'):
        Skeletons().title("late-delivry", "fa")


def test_a_skeletons_title_in_another_encoding_is_a_clear_mistake(tmp_path: Path) -> None:
    path = write(tmp_path, "replies/outage", b"\xd3\xe1\xc7\xe3")
    with pytest.raises(TemplateError, match=f"^{re.escape(str(path))}: byte 0 is not UTF-8"):
        Skeletons((tmp_path,)).title("outage", "fa")


def test_filters(tmp_path: Path) -> None:
    text = (
        "{{ product | ezafe }} شما\n{{ product | yours }}\n{{ product | ra }}\n{{ time | ast }}\n"
        "{{ problem | quoted }}\n{{ amount | digits }}\n{{ date | jalali }}"
    )
    values = {
        "product": "بسته",
        "time": "فردا",
        "problem": "دیر «آمد».",
        "amount": "250 تومان",
        "date": "2024-05-12",
        "formal": True,
    }
    same = ("«دیر آمد»", "۲۵۰ تومان", "۲۳ اردیبهشت ۱۴۰۳")
    assert suggest(tmp_path, text, **values) == ("بستهٔ شما", "بسته را", "فرداست", *same)
    values["formal"] = False
    assert suggest(tmp_path, text, **values) == ("بستهٔ شما", "بسته‌تون", "بسته رو", "فرداست", *same)


def test_a_team_may_offer_several_lines(tmp_path: Path) -> None:
    text = "{% filter fresh %}\nیک چیز را همین امروز گفتیم.\n\nموضوع دیگری را فردا می‌نویسیم.\n{% endfilter %}پایان"
    write(tmp_path, f"suggestions/{CHECK}", text)
    suggester = Suggester((tmp_path,))
    assert suggester.suggest(CHECK, {}) == ("یک چیز را همین امروز گفتیم. پایان",)
    recent = ["یک چیز را همین امروز گفتیم"]
    assert suggester.suggest(CHECK, {}, recent=recent) == ("موضوع دیگری را فردا می‌نویسیم. پایان",)
    assert suggest(tmp_path, "{% filter fresh %}\n{% endfilter %}پایان") == ("پایان",)


def test_an_unknown_slot_shows_its_label(tmp_path: Path) -> None:
    text = "\n".join(f"{{{{ {name} }}}} و {{{{ {name} | ezafe }}}}" for name in LABELS)
    labels = [f"[{label}]" for label in LABELS.values()]
    assert suggest(tmp_path, text) == tuple(f"{label} و {label}" for label in labels)


def test_nothing_personal_is_written_in_public(tmp_path: Path) -> None:
    text = "{{ order }}{{ problem }}"
    values = {"order": "۵۴۸۲۱", "problem": "سفارش ۵۴۸۲۱ نرسید"}
    assert suggest(tmp_path, text, channel="chat", **values) == ("۵۴۸۲۱سفارش ۵۴۸۲۱ نرسید",)
    assert suggest(tmp_path, text, channel="social", **values) == ("[شمارهٔ سفارش][مشکل مشتری]",)
