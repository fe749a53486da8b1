"""The phrasebank reader: our files are sound, and each mistake is named with file, line and key."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from hamdel import phrasebank
from hamdel.base.disk_cache import DiskCache
from hamdel.base.resources import phrasebank_dir
from hamdel.base.toml_places import line_of
from hamdel.errors import PhrasebankError
from hamdel.evidence.acts.formulas import Formulas
from hamdel.model import Audience, Channel, Lang, Severity
from hamdel.phrasebank import load_check, load_checks, load_groups, load_table, load_words, require_known
from hamdel.phrasebank.pattern_bounds import pattern_problem, regex_problem

GOOD = """\
id = "respect/demo"
severity = "warning"
precision = "B"
guards = ["negated"]
sources = ["S2"]

[title]
fa = "نمونه"
en = "Demo"

[message]
fa = "«{matched}» نمونه است."
en = "“{matched}” is a demo."

[why]
fa = "چون نمونه است."
en = "Because it is."

[[phrases]]
kind = "first"
text = ["تقصیر شماست"]

[[phrases]]
kind = "second"
severity = "error"
guards = ["quoted"]
when = ["sentence_final"]
patterns = [
  [{NORM = "شما"}, {OP = "?"}, {LEMMA = {IN = ["دقت", "توجه"]}}],  # two words
  [{NORM = "چرا"}, {POS = {NOT_IN = ["VERB"]}, OP = "{0,4}"}, {LEMMA = "گفتن"}],
]

[examples]
fire = [
  "سلام، ⟦تقصیر شماست⟧ و ⟦تقصیر خودتونه⟧.",
  {customer = "کد نیومد", draft = "باشه.⟦⟧", channel = "email", audience = "business", turn = 2},
]
silent = [
  "تقصیر ما بود.",
  {draft = "سلام", past = ["سلام"], same_customer = true},
]
rewrite = [{before = "تقصیر شماست.", after = "با هم درستش می‌کنیم."}]

[options]
words = ["سفارش", "حساب"]
near = 85
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    (tmp_path / "respect").mkdir()
    return tmp_path


def write(bank: Path, text: str) -> Path:
    path = bank / "respect" / "demo.toml"
    path.write_text(text, encoding="utf-8")
    return path


def error_of(bank: Path, text: str) -> str:
    with pytest.raises(PhrasebankError) as caught:
        load_check(write(bank, text))
    return str(caught.value)


def test_our_files_are_sound() -> None:
    checks = load_checks()
    assert list(checks) == sorted(checks)
    for name, check in checks.items():
        assert check.path == phrasebank_dir() / f"{name}.toml"
        assert check.examples.fire
        assert check.groups or check.matcher != "phrase"
        for text in (check.title, check.message, check.why):
            assert text.pick(Lang.FA) == text.fa.strip()
            assert text.pick(Lang.EN) == text.en.strip()


def test_sources_are_explained() -> None:
    known = load_table(phrasebank_dir() / "sources.toml")
    for check in load_checks(examples=False).values():
        assert check.sources
        assert set(check.sources) <= set(known), check.id


@pytest.mark.parametrize("name", ["compounds.txt", "generic.txt", "products.txt"])
def test_word_lists_have_no_doubles(name: str) -> None:
    words = load_words(phrasebank_dir() / "lexicon" / name)
    assert words
    assert len(words) == len(set(words))


def test_every_compound_has_a_non_joiner() -> None:
    words = load_words(phrasebank_dir() / "lexicon" / "compounds.txt")
    assert not [word for word in words if "\u200c" not in word.strip("\u200c") or " " in word]


def test_emotion_groups_are_named_after_emotions() -> None:
    groups = load_groups(phrasebank_dir() / "lexicon" / "emotions.toml")
    assert [group.kind for group in groups] == ["anger", "worry", "disappointment", "confusion", "thanks"]


def test_no_file_is_parsed_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> None:
        raise AssertionError("a start parses what the one before has parsed")

    lists = phrasebank_dir() / "lexicon"
    monkeypatch.setattr(phrasebank, "_parsed", cache(lambda: DiskCache("toml")))
    monkeypatch.setenv("HAMDEL_CACHE_DIR", str(tmp_path))
    parsed = load_groups(lists / "emotions.toml"), load_table(lists / "synonyms.toml")
    phrasebank._parsed.cache_clear()
    monkeypatch.setattr("tomllib.loads", refuse)
    assert (load_groups(lists / "emotions.toml"), load_table(lists / "synonyms.toml")) == parsed


def test_reads_everything(bank: Path) -> None:
    check = load_check(write(bank, GOOD))
    assert (check.id, check.severity, check.matcher) == ("respect/demo", Severity.WARNING, "phrase")
    first, second = check.groups
    assert (first.kind, first.severity, first.text) == ("first", None, ("تقصیر شماست",))
    assert (second.kind, second.severity) == ("second", Severity.ERROR)
    assert (second.guards, second.when, len(second.patterns[0])) == (("quoted",), ("sentence_final",), 3)
    assert check.words("words") == ("سفارش", "حساب")
    assert check.words("none") == ()
    assert check.options["near"] == 85


def test_example_marks(bank: Path) -> None:
    examples = load_check(write(bank, GOOD)).examples
    first, second = examples.fire
    assert [first.draft[start:end] for start, end in first.triggers] == ["تقصیر شماست", "تقصیر خودتونه"]
    assert "⟦" not in first.draft
    assert (second.draft, second.triggers, second.customer) == ("باشه.", ((0, 0),), "کد نیومد")
    assert (second.channel, second.audience, second.turn) == (Channel.EMAIL, Audience.BUSINESS, 2)
    assert (examples.silent[0].channel, examples.silent[0].turn) == (Channel.CHAT, None)
    assert (examples.silent[1].past, examples.silent[1].same_customer) == (("سلام",), True)
    assert examples.rewrites[0].after == "با هم درستش می‌کنیم."


def test_examples_can_be_left_out(bank: Path) -> None:
    path = write(bank, GOOD)
    check = load_check(path, examples=False)
    assert not check.examples.fire
    assert check.options["near"] == 85, "a table after [examples] must survive"
    assert check.groups == load_check(path).groups


def test_extra_folder_adds_and_replaces(bank: Path) -> None:
    write(bank, GOOD.replace('"respect/demo"', '"respect/blame"'))
    (bank / "respect" / "more.toml").write_text(GOOD, encoding="utf-8")
    (bank / "sources.toml").write_text("[S9]\n", encoding="utf-8")
    (bank / "lexicon").mkdir()
    (bank / "lexicon" / "words.toml").write_text("a = 1\n", encoding="utf-8")
    checks = load_checks([bank])
    assert checks["respect/blame"].title.fa == "نمونه"
    assert checks["respect/demo"].path.name == "more.toml"
    assert len(checks) == len(load_checks()) + 1


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('severity = "warning"', 'severty = "warning"', 2, "unknown key 'severty'; did you mean \"severity\"?"),
        ('severity = "warning"', 'severity = "warn"', 2, "severity: 'warn' isn't allowed; did you mean \"warning\"?"),
        ('severity = "warning"\n', "", 0, "key 'severity' is missing in the file; add it"),
        ('precision = "B"', 'precision = "D"', 3, "precision: 'D' isn't allowed; known: A, B, C"),
        ('id = "respect/demo"', 'id = "Demo"', 1, "id: 'Demo' must look like family/name"),
        ('guards = ["negated"]', 'guards = "negated"', 4, "guards: must be a list, not a text"),
        ('guards = ["negated"]', "guards = [1]", 4, "guards: item 1 must be a text, not a whole number"),
        ('fa = "نمونه"', 'fa = ""', 8, "fa: is empty; write a text"),
        ('en = "Demo"\n', "", 7, "key 'en' is missing in [title]; add it"),
        ('kind = "second"', 'kinds = "second"', 24, "unknown key 'kinds'; did you mean \"kind\"?"),
        ('text = ["تقصیر شماست"]', "", 19, "[[phrases]] has neither text nor patterns"),
        ('{LEMMA = "گفتن"}', '{LEMA = "گفتن"}', 30, "unknown key 'LEMA'; did you mean \"LEMMA\"?"),
        ('OP = "{0,4}"', 'OP = "{0-4}"', 30, "OP: '{0-4}' isn't allowed; use one of"),
        ('OP = "{0,4}"', 'OP = "{0,100000000}"', 30, "OP: '{0,100000000}' repeats a token more than 100 times"),
        ('OP = "{0,4}"', 'OP = "{100000000}"', 30, "repeats a token more than 100 times"),
        ('OP = "{0,4}"', 'OP = "{100000000,}"', 30, "repeats a token more than 100 times"),
        ('OP = "{0,4}"', 'OP = "{4,2}"', 30, "the first number is the larger one"),
        ('{LEMMA = "گفتن"}]', '{LEMMA = "گفتن"}' + ', {OP = "*"}' * 4 + "]", 30, "too many repeated tokens"),
        ('{LEMMA = "گفتن"}]', '{LEMMA = "گفتن"}' + ", {NORM = 'ا'}" * 60 + "]", 30, "a pattern of 63 tokens"),
        ('{LEMMA = "گفتن"}', '{TEXT = {REGEX = "^(a+)+b$"}}', 30, "TEXT: REGEX '^(a+)+b$': a quantifier inside"),
        ('{LEMMA = "گفتن"}', '{TEXT = {REGEX = {IN = ["ب", "(ab|c)*$"]}}}', 30, "alternatives inside a quantifier"),
        ('{LEMMA = "گفتن"}', '{NORM = {NOT_IN = ["a"], REGEX = "("}}', 30, "NORM: REGEX '(': no regular expression"),
        ('{LEMMA = "گفتن"}', "{LEMMA = {IN = [1, 2]}}", 30, "LEMMA: IN must be a list, and each item a text"),
        ('{LEMMA = "گفتن"}', "{LEMMA = 5}", 30, "LEMMA: must be a text, or a table"),
        ('{LEMMA = "گفتن"}', "{LEMMA = {}}", 30, "LEMMA: must be a text, or a table"),
        (
            '{LEMMA = "گفتن"}',
            '{LEMMA = "گفتن", MORPH = {IS_SUPERSET = "Mood=Ind"}}',
            30,
            "MORPH: IS_SUPERSET must be a",
        ),
        ('{LEMMA = "گفتن"}', '{LEMMA = {in = ["گفتن"]}}', 30, "LEMMA: in isn't allowed; use IN, NOT_IN or REGEX"),
        (
            '{LEMMA = "گفتن"}',
            '{LEMMA = {REGEX = {IN = [["a"]]}}}',
            30,
            "IN must be a list, and each item a text after REGEX",
        ),
        ('{LEMMA = "گفتن"}', '{LENGTH = "5"}', 30, "LENGTH: must be a whole number"),
        ('{LEMMA = "گفتن"}', '{LENGTH = {">=" = "5"}}', 30, "LENGTH: >= isn't allowed here"),
        ('{LEMMA = "گفتن"}', '{IS_PUNCT = "yes"}', 30, "IS_PUNCT: must be true or false"),
        ('  [{NORM = "شما"}, {OP', '  {NORM = "شما"}, [{OP', 29, "each pattern must be a list of token tables"),
        ('channel = "email"', 'chanel = "email"', 36, "unknown key 'chanel'; did you mean \"channel\"?"),
        ('channel = "email"', 'channel = "mail"', 36, "channel: 'mail' isn't allowed; did you mean \"email\"?"),
        ("turn = 2", 'turn = "2"', 36, "turn: must be a whole number, not a text"),
        ("⟦تقصیر خودتونه⟧", "⟦تقصیر خودتونه", 35, "⟦ and ⟧ don't pair up"),
        ("باشه.⟦⟧", "باشه.", 36, "fire: example 2: mark the trigger"),
        ('  "تقصیر ما بود.",', '  "⟦تقصیر ما⟧ بود.",', 39, "silent: example 1: take the ⟦…⟧ out"),
        ('after = "با', 'efter = "با', 42, "unknown key 'efter'; did you mean \"after\"?"),
    ],
)
def test_mistakes_are_named(bank: Path, old: str, new: str, line: int, said: str) -> None:
    assert GOOD.count(old) >= 1
    message = error_of(bank, GOOD.replace(old, new, 1))
    assert message.startswith(f"{bank / 'respect' / 'demo.toml'}{f':{line}' if line else ''}: ")
    assert said in message


def test_broken_toml_is_quoted_with_a_caret(bank: Path) -> None:
    message = error_of(bank, GOOD.replace('precision = "B"', 'precision "B"'))
    first, quoted, mark = message.splitlines()
    assert first.startswith(f"{bank / 'respect' / 'demo.toml'}:3:11: broken TOML: ")
    assert quoted == '    precision "B"'
    assert mark == " " * 14 + "^"


@pytest.mark.parametrize(
    ("text", "said"), [("a=" + "[" * 50_000, "nested too deeply"), ("a=" + "9" * 10_000, "a number of too many digits")]
)
def test_toml_too_deep_or_long_is_named(bank: Path, text: str, said: str) -> None:
    assert error_of(bank, text) == f"{bank / 'respect' / 'demo.toml'}: broken TOML: {said}"


def test_unfinished_toml_points_at_the_end(bank: Path) -> None:
    message = error_of(bank, 'id = "respect/demo"\ntext = [')
    assert ":2:9: broken TOML: " in message


def test_broken_toml_is_found_without_examples_too(bank: Path) -> None:
    path = write(bank, GOOD.replace("near = 85", "near 85"))
    with pytest.raises(PhrasebankError, match=rf"demo\.toml:{GOOD.count(chr(10))}:6: broken TOML"):
        load_check(path, examples=False)


def test_unreadable_files(bank: Path) -> None:
    path = write(bank, "")
    path.write_bytes('id = "نمونه"'.encode("cp1256"))
    with pytest.raises(PhrasebankError, match=r"demo\.toml: byte 6 is not UTF-8; save the file as UTF-8"):
        load_check(path)
    with pytest.raises(PhrasebankError, match=r"none\.toml: no such file"):
        load_check(bank / "none.toml")
    with pytest.raises(PhrasebankError, match="no such phrasebank folder"):
        load_checks([bank / "nowhere"])


def test_byte_order_mark_is_no_mistake(bank: Path) -> None:
    path = write(bank, "")
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert load_check(path).id == "respect/demo"


@pytest.mark.parametrize(
    ("known", "line", "said"),
    [
        (({"phrases"}, {"negated", "quoted"}, {"sentence_final"}), 0, "'phrase'; did you mean \"phrases\"?"),
        (({"phrase"}, {"negate", "quoted"}, {"sentence_final"}), 4, "'negated'; did you mean \"negate\"?"),
        (({"phrase"}, {"negated", "question"}, {"sentence_final"}), 26, "'quoted'"),
        (({"phrase"}, {"negated", "quoted"}, {"whole"}), 27, "'sentence_final'; known: whole"),
    ],
)
def test_unknown_names(bank: Path, known: tuple[set[str], set[str], set[str]], line: int, said: str) -> None:
    check = load_check(write(bank, GOOD))
    require_known(check, {"phrase"}, {"negated", "quoted"}, {"sentence_final"})
    with pytest.raises(PhrasebankError) as caught:
        require_known(check, *known)
    assert str(caught.value).startswith(f"{check.path}{f':{line}' if line else ''}: unknown name ")
    assert said in str(caught.value)


def test_lines_are_found_in_lists_of_any_layout() -> None:
    source = 'a = 1\n[t]\nk = ["x, [y", # no, comma\n  "two",\n  {b = 1, c = [1, 2]},\n  "four"]\n'
    assert [line_of(source, ("t", "k", i)) for i in range(4)] == [3, 4, 5, 6]
    assert line_of(source, ("t", "k", 2, "c")) == 5
    assert line_of(source, ("t", "missing")) == 2
    assert line_of(source, ("u",)) == line_of(source, ()) == 0


def test_what_looks_like_a_key_or_a_table_inside_a_value_is_none() -> None:
    texts = 'why = """\nk = 1\n[t]\n"""\nlist = [\n  ["a"],\n  ["t"]\n]\n'
    source = texts + "[t]\nk = {b = 1,\nc = 2}\n[[p]]\nk = 1\n[[p]]\nk = 2\n"
    assert line_of(source, ("t",)) == 9
    assert line_of(source, ("t", "k")) == 10
    assert line_of(source, ("t", "k", "c")) == 11
    assert line_of(source, ("list", 1)) == 7
    assert [line_of(source, ("p", i, "k")) for i in range(2)] == [13, 15]
    assert line_of(source, ("p", 0, "missing")) == 12
    assert line_of('[tool.hamdel."a.b"]\nx.y = 1', ("tool", "hamdel", "a.b", "x", "y")) == 2


def test_word_list_comments(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("# a list\nیک\n\n  دو # note\n", encoding="utf-8")
    assert load_words(path) == ("یک", "دو")


def test_reading_needs_no_spacy() -> None:
    code = "import sys, hamdel.phrasebank as p; p.load_checks(); sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_graver_when_needs_known_names(bank: Path) -> None:
    check = load_check(write(bank, GOOD.replace('when = ["sentence_final"]', 'graver_when = ["sentence_final"]')))
    assert check.groups[1].graver_when == ("sentence_final",)
    require_known(check, {"phrase"}, {"negated", "quoted"}, {"sentence_final"})
    with pytest.raises(PhrasebankError, match=r":27: unknown name 'sentence_final'"):
        require_known(check, {"phrase"}, {"negated", "quoted"}, {"whole"})


def test_graver_is_one_severity_up() -> None:
    assert [severity.graver for severity in (Severity.SUGGESTION, Severity.WARNING, Severity.ERROR)] == [
        Severity.WARNING,
        Severity.ERROR,
        Severity.ERROR,
    ]


@pytest.mark.parametrize(
    "regex",
    [
        "(a+)+", "(a*)*b", "(a|a)+$", "(a|aa)*", "(?:a?){30}", "((ab)+c)+", "(a{0,9}){0,9}", "a?" * 30 + "a" * 30,
        "(a*)(a*)(a*)(a*)b", ".*.*.*.*=", r"(a)\1", "(?P<x>a+)(?P=x)", "(?=(a+)+)a", "(?:(?:a|b)?c)+", "[", "a{2,1}",
        "x" * 501, "(?i:(a+)+)", "(?>(ab|c)+)", "(" * 2_000 + ")" * 2_000,
    ],
)  # fmt: skip
def test_expressions_that_may_take_for_ever_are_refused(regex: str) -> None:
    assert regex_problem(regex)


@pytest.mark.parametrize(
    "regex",
    ["^گ", "^[^منه]", r"^\d{4,6}$", ".*کد.*", "(?i)^(ok|okay)$", "[ab]+", "(ab){2}", "^(نا|بی)?ممکن$", r"^\w+ها$"],
)
def test_ordinary_expressions_are_taken(regex: str) -> None:
    assert not regex_problem(regex)


@pytest.mark.parametrize("bound", ["{0,4}", "?", "!", "+", "*", "{2}", "{2,}", "{,4}", "1"])
def test_ordinary_repetition_is_taken(bound: str) -> None:
    assert not pattern_problem(["1", bound, bound, "1"])


def test_what_our_own_checks_repeat_is_far_below_the_bounds() -> None:
    patterns = [p for check in load_checks().values() for group in check.groups for p in group.patterns]
    assert not any(pattern_problem([str(token.get("OP", "1")) for token in one] + ["{0,9}"]) for one in patterns)


def test_a_check_cannot_bring_an_expression_along_as_a_phrase() -> None:
    greeting = Formulas(["(س+)+!", "سلام ."])
    assert not greeting.within(["س" * 40])
    assert greeting.within(["سلام", "."])
