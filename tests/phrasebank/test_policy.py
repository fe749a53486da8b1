"""What checks are to each other and to a report stands in their files, under ``[policy]``, and no code names one."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import hamdel
from hamdel import Checker, Config, Status
from hamdel.errors import PhrasebankError
from hamdel.model.policy import Policy, Role
from hamdel.phrasebank import load_check, load_checks
from hamdel.phrasebank.roles import by_role, depths, only
from hamdel.settings.config import Address

SOURCES = Path(hamdel.__file__).parent
HEAD = """\
severity = "warning"
precision = "B"
title = {fa = "نمونه", en = "Demo"}
message = {fa = "نمونه", en = "Demo"}
why = {fa = "نمونه", en = "Demo"}
"""
#: What a matcher may call that looks at what others found, and at whose.
INDIRECT = {"is_harsh(": Role.HARSH, ".helpful": Role.UNHELPFUL, "_steps.": Role.UNHELPFUL}


def house(folder: Path, **checks: str) -> Config:
    """Settings with checks of a house: by name, what stands after the head, ``id`` aside."""
    (folder / "house").mkdir(exist_ok=True)
    for name, rest in checks.items():
        text = f'id = "house/{name}"\n{HEAD}\n{rest}\n'
        (folder / "house" / f"{name}.toml").write_text(text, encoding="utf-8")
    return Config(phrasebanks=(folder,))


def _texts(path: Path) -> Iterator[ast.Constant]:
    """Yield the texts of a module that aren't documentation."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docs = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, documented) and _has_doc(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node


def _has_doc(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return ast.get_docstring(node, clean=False) is not None


def test_no_code_names_a_check() -> None:
    """Examples in help texts and error messages may."""
    checks = load_checks(examples=False).keys()
    found = [
        f"{path.relative_to(SOURCES)}:{text.lineno}: {text.value}"
        for path in sorted(SOURCES.rglob("*.py"))
        for text in _texts(path)
        if text.value in checks
    ]
    assert not found, "say in the check's [policy] what it is, and ask for the role"


def test_checks_say_whose_finds_they_read() -> None:
    for check, matcher in Checker()._judge._engine._run:
        code = getattr(matcher, "func", matcher)
        source = inspect.getsource(inspect.getmodule(code if inspect.isfunction(code) else type(code)))
        if check.matcher == "phrase":
            continue
        asked = re.findall(r"case\.(?:has|finds)\(([^()]*)\)", source)
        wanted = {Role[name] for roles in asked for name in re.findall(r"Role\.(\w+)", roles)}
        wanted |= {role for call, role in INDIRECT.items() if call in source}
        assert wanted == set(check.policy.reads), check.id


def test_every_role_is_somebodys() -> None:
    assert all(by_role(load_checks(examples=False).values()).values())


def test_checks_run_after_those_that_they_read() -> None:
    checks = load_checks(examples=False)
    roles, depth = by_role(checks.values()), depths(checks)
    for name, check in checks.items():
        for role in check.policy.reads:
            assert all(depth[other] < depth[name] for other in roles[role])


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        ('roles = ["refusel"]', "roles: 'refusel' isn't allowed; did you mean \"refusal\"?"),
        ('reads = ["harsch"]', "reads: 'harsch' isn't allowed; did you mean \"harsh\"?"),
        ('role = ["refusal"]', "unknown key 'role'; did you mean \"roles\"?"),
        ('priority = "first"', "priority: must be a whole number, not a text"),
        ("any_script = 1", "any_script: must be true or false, not a whole number"),
        ('roles = "refusal"', "roles: must be a list, not a text"),
    ],
)
def test_a_wrong_policy_is_refused(tmp_path: Path, policy: str, message: str) -> None:
    house(tmp_path, demo=f'[policy]\n{policy}\n[[phrases]]\ntext = ["نه"]')
    path = tmp_path / "house" / "demo.toml"
    with pytest.raises(PhrasebankError) as caught:
        load_check(path)
    assert str(caught.value) == f"{path}:9: {message}"


def test_a_houses_check_is_known_by_its_role(tmp_path: Path) -> None:
    """A "no" in the house's own words is an answer, as ours are."""
    ask = {"draft": "سلام، ما تو باغ نیستیم.", "customer": "سفارشم کی می‌رسه؟"}
    phrases = '[[phrases]]\ntext = ["تو باغ نیستیم"]'
    silent = Checker(house(tmp_path, demo=f'[policy]\nroles = ["refusal"]\n{phrases}'), learned=False).check(**ask)
    other = Checker(house(tmp_path, demo=phrases), learned=False).check(**ask)
    gone = {finding.check for finding in other.findings} - {finding.check for finding in silent.findings}
    assert gone == {"clarity/no-next-step", "clarity/unanswered-question"}


def test_a_houses_check_comes_first_and_costs_originality(tmp_path: Path) -> None:
    config = house(tmp_path, demo='[policy]\npriority = 9\noriginality = 30\n[[phrases]]\ntext = ["موتور پیک"]')
    report = Checker(config).check("سلام، سفارش شما با موتور پیک می‌رسد.")
    (finding,) = (one for one in report.findings if one.check == "house/demo")
    assert finding.priority == 9
    assert ("house/demo", -30) in [(part.reason, part.points) for part in report.scores.parts]


def test_a_houses_check_reads_any_script_if_it_says_so(tmp_path: Path) -> None:
    phrases = '[[phrases]]\ntext = ["asap"]'
    for policy, found in (("", 0), ("[policy]\nany_script = true\n", 1)):
        report = Checker(house(tmp_path, demo=f"{policy}{phrases}")).check("We will send it asap, thank you so much.")
        assert report.status is Status.NOT_PERSIAN
        assert sum(one.check == "house/demo" for one in report.findings) == found


def test_a_houses_check_of_address_is_off_where_all_say_to(tmp_path: Path) -> None:
    config = house(tmp_path, demo='[policy]\nroles = ["address"]\n[[phrases]]\ntext = ["داداش"]')
    assert "house/demo" in Checker(config).enabled
    familiar = Checker(Config(phrasebanks=config.phrasebanks, address=Address.TU))
    assert "house/demo" not in familiar.enabled
    assert "respect/tu-form" not in familiar.enabled


def test_a_check_that_replaces_ours_keeps_its_policy(tmp_path: Path) -> None:
    (tmp_path / "respect").mkdir()
    path = tmp_path / "respect" / "blame.toml"
    for policy, wanted in (("", (Role.HARSH, Role.UNHELPFUL)), ('[policy]\nroles = ["sales"]\n', (Role.SALES,))):
        text = f'id = "respect/blame"\n{HEAD}\n{policy}[[phrases]]\ntext = ["تقصیر توئه"]\n'
        path.write_text(text, encoding="utf-8")
        assert load_checks((tmp_path,))["respect/blame"].policy == Policy(roles=wanted)


def test_checks_that_read_each_other_are_refused(tmp_path: Path) -> None:
    config = house(
        tmp_path,
        one='[policy]\nroles = ["sales"]\nreads = ["canned"]\n[[phrases]]\ntext = ["یک"]',
        two='[policy]\nroles = ["canned"]\nreads = ["sales"]\n[[phrases]]\ntext = ["دو"]',
    )
    with pytest.raises(PhrasebankError, match=r"house/(one|two)\.toml: checks read each other: house/\w+ → house/\w+"):
        Checker(config)


def test_what_is_known_last_cant_be_read(tmp_path: Path) -> None:
    config = house(tmp_path, one='[policy]\nreads = ["next-step"]\n[[phrases]]\ntext = ["یک"]')
    with pytest.raises(PhrasebankError, match=r"one\.toml: reads what clarity/no-next-step finds, which is known last"):
        Checker(config)


def test_some_roles_are_one_checks_only(tmp_path: Path) -> None:
    config = house(tmp_path, one='[policy]\nroles = ["closing"]\n[[phrases]]\ntext = ["یک"]')
    with pytest.raises(PhrasebankError, match=r"one\.toml, .*missing-closing\.toml: only one check can have"):
        Checker(config)
    with pytest.raises(PhrasebankError, match="no check has the role 'closing'"):
        only({}, Role.CLOSING)
