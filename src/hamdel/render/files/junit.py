"""JUnit's XML, which most servers for continuous integration show: a case for each text, failed by grave findings."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from hamdel.identifiers import mask_identifiers
from hamdel.model import Finding, Severity
from hamdel.model.files import Checked, Outcome, Trouble
from hamdel.render.files.places import Spot, located

__all__ = ["render"]

# XML 1.0, production 2: no other characters may stand in a document, not even as references.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_Fails = Callable[[Severity], bool]


def render(outcome: Outcome, fails: _Fails) -> str:
    """Return the outcome as one suite; personal data is masked.

    Args:
        outcome: of the run.
        fails: whether a finding of a severity fails its case; others are the case's output.
    """
    cases = [_case(one, fails) for one in outcome.checked]
    failed = sum("<failure" in case for case in cases)
    errors = [_error(trouble) for trouble in outcome.troubles]
    counts = f'tests="{len(cases) + len(errors)}" failures="{failed}" errors="{len(errors)}"'
    body = "".join(cases + errors)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites {counts}>\n<testsuite name="hamdel" {counts}>\n{body}</testsuite>\n</testsuites>\n'
    )


def _case(one: Checked, fails: _Fails) -> str:
    found = list(located(one))
    grave = [_told(*each) for each in found if fails(each[0].severity)]
    others = [_told(*each) for each in found if not fails(each[0].severity)]
    name = f"{one.text.file}:{one.text.line} {mask_identifiers(one.text.place)}" if one.text.place else one.text.file
    output = f"<system-out>{_content(others)}</system-out>" if others else ""
    opening = f"<testcase name={_attribute(name)} classname={_attribute(one.text.file)}>"
    return f"{opening}{_failure(grave)}{output}</testcase>\n"


def _failure(told: list[str]) -> str:
    return f"<failure message={_attribute(told[0])}>{_content(told)}</failure>" if told else ""


def _told(finding: Finding, spot: Spot) -> str:
    return f"{spot.line}: {finding.severity}: {' '.join(finding.message.split())} [{finding.check}]"


def _error(trouble: Trouble) -> str:
    name, message = _attribute(trouble.file), _attribute(mask_identifiers(trouble.message))
    return f"<testcase name={name} classname={name}><error message={message}/></testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(_NO_XML.sub("\ufffd", text))


def _content(told: list[str]) -> str:
    return escape(_NO_XML.sub("\ufffd", "\n".join(told)))
