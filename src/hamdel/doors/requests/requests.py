"""What each method does; from any thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hamdel.base.deadline import within
from hamdel.doors.keeper import Keeper, Place
from hamdel.doors.requests.errors import refused, translated
from hamdel.doors.requests.labels import LabelFile, missed_case, wrong_case
from hamdel.doors.requests.methods import METHODS, NOT_ABOUT_IT, VERDICTS
from hamdel.doors.requests.params import Taken, take
from hamdel.model import Finding, Lang, Report
from hamdel.model.fields import CONVERSATION
from hamdel.render.report import edits_json, json_report

if TYPE_CHECKING:
    from hamdel.checker import Checker
    from hamdel.wording.skeletons import Skeletons

__all__ = ["Requests"]


@dataclass
class Requests:
    """Answers requests about the settings and the archive of one place.

    Args:
        keeper: keeps checkers and archives.
        place: where the settings come from.
        show_personal: mask nothing unless a request asks for it.
        log: takes lines for people.
        labels: where findings are noted that people object to; None for nowhere.
        writer: keeps the archives that are written, so that nobody's check waits for them; the keeper when None.
    """

    keeper: Keeper
    place: Place
    show_personal: bool = False
    log: Callable[[str], None] = lambda _: None
    labels: LabelFile | None = None
    writer: Keeper | None = None
    _problem: str = ""
    _note: str = ""

    def answer(self, method: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """Do what a request asks for, and return its result, which JSON can hold.

        Raises:
            RequestError: there is no such method, its parameters are wrong, or it can't be done.
        """
        known = METHODS.get(method)
        if known is None:
            raise refused("unknown_method", name=method[:80], known=", ".join(METHODS))
        with translated():
            return _DOES[method](self, take(params, known.params))

    def settings_file(self, place: Place | None = None) -> str | None:
        """Return the settings file in use at a place, ours by default; loads what the first check needs.

        Raises:
            HamdelError: the settings are wrong.
        """
        with self.checker(place) as checker:
            source = checker.config.source
        return str(source) if source else None

    @contextmanager
    def checker(self, place: Place | None = None) -> Iterator[Checker]:
        """Lend the checker; what is wrong with changed settings is logged once, and the last good ones stay.

        Raises:
            HamdelError: the settings are wrong from the start.
        """
        place = place or self.place
        with self.keeper.lend(place) as checker:
            problem = self.keeper.problem(place)
            if problem and problem != self._problem:
                self.log(f"{problem}\nthe settings from before stay in force")
            self._problem = problem
            if checker.note and checker.note != self._note:
                self.log(checker.note)
            self._note = checker.note
            yield checker

    def _check(self, given: Taken) -> dict[str, Any]:
        with self.checker() as checker, within():
            report = checker.check(**_about(given))
        return json_report.to_dict(report, show_personal=self._shows(given))

    def _fix(self, given: Taken) -> dict[str, Any]:
        with self.checker() as checker, within():
            fixed = checker.fix(**_about(given))
        return edits_json.fixed_to_dict(fixed, show_personal=self._shows(given))

    def _improve(self, given: Taken) -> dict[str, Any]:
        with self.checker() as checker, within():
            improved = checker.improve(**_about(given))
        return edits_json.improved_to_dict(improved, show_personal=self._shows(given))

    def _acts(self, given: Taken) -> dict[str, Any]:
        from hamdel.render.report import acts_json  # here, as below

        with self.checker() as checker, within():
            return acts_json.to_dict(given["draft"], checker.acts(**_about(given)))

    def _faults(self, given: Taken) -> dict[str, Any]:
        span = given.pop("start", 0), given.pop("end", len(given["draft"]))
        with self.checker() as checker, within():
            found = [checker.checks[name] for name in checker.likely(span=span, **_about(given))]
        return {"faults": [{"id": check.id, "title": {"fa": check.title.fa, "en": check.title.en}} for check in found]}

    def _explain(self, given: Taken) -> dict[str, Any]:
        from hamdel.checks.explained import explain  # these here, for a first check should wait for nothing else
        from hamdel.render.check.check_json import explained_to_dict

        with self.checker() as checker:
            known = explain(given["check"], checker.config, checker.checks)
        return explained_to_dict(known.check, known.level, known.sources, known.measured, known.told)

    def _checks(self, _: Taken) -> dict[str, Any]:
        from hamdel.render.check.check_json import to_dict

        with self.checker() as checker:
            level = checker.config.severity_of
            known = checker.checks.values()
            return {"checks": [to_dict(check, level(check.id, check.severity)) for check in known]}

    def _skeletons(self, _: Taken) -> dict[str, Any]:
        from hamdel.wording.skeletons import Skeletons  # here, for it brings the templates' engine

        with self.checker() as checker:
            known = Skeletons(checker.config.templates)
        return {"skeletons": [{"name": name, "title": _titles(known, name)} for name in known.names()]}

    def _add(self, given: Taken) -> dict[str, Any]:
        if "customer_id" in given:
            given["customer"] = given.pop("customer_id")
        with self.checker() as checker:
            config = checker.config
        with (self.writer or self.keeper).lend_archive(self.place, config) as archive:
            return {"added": archive.add(given.pop("reply"), **given)}

    def _search(self, given: Taken) -> dict[str, Any]:
        from hamdel.render.archive import to_dict

        with self.checker() as checker:
            archive = self.keeper.archive(self.place, checker.config)
            if archive is None:
                raise refused("no_archive")
            search = archive.sentence_matches if given.get("sentences") else archive.search
            with within():
                found = search(given["text"], float(given.get("at", 85)))[: given.get("limit", 10)]
        return {"matches": [to_dict(match) for match in found]}

    def _label(self, given: Taken) -> dict[str, Any]:
        if self.labels is None:
            raise refused("no_labels")
        about = {name: given[name] for name in CONVERSATION if name in given}
        with self.checker() as checker, within():
            report = checker.check(**about)
            known = given["check"] in checker.checks
        case = _missed(report, given, known=known) if given.get("verdict") == VERDICTS[1] else _wrong(report, given)
        self.labels.add(case)
        return {"labelled": True}

    def _shows(self, given: Taken) -> bool:
        shows: bool = given.get("show_personal_data", self.show_personal)
        return shows


_DOES: Mapping[str, Callable[[Requests, Taken], dict[str, Any]]] = {
    "check": Requests._check,
    "fix": Requests._fix,
    "improve": Requests._improve,
    "acts": Requests._acts,
    "faults": Requests._faults,
    "explain": Requests._explain,
    "checks": Requests._checks,
    "skeletons": Requests._skeletons,
    "archive/add": Requests._add,
    "archive/search": Requests._search,
    "label": Requests._label,
}


def _titles(skeletons: Skeletons, name: str) -> dict[str, str]:
    return {lang.value: skeletons.title(name, lang) for lang in Lang}


def _wrong(report: Report, given: Taken) -> dict[str, Any]:
    """A finding that somebody objects to."""
    wrong = next((one for one in report.findings if _is_meant(one, given)), None)
    if wrong is None:
        raise refused("no_finding", where="check", name=given["check"][:80])
    return wrong_case(report, wrong, given)


def _missed(report: Report, given: Taken, *, known: bool) -> dict[str, Any]:
    """Words in which somebody finds what a check looks for; all of the draft when there are none."""
    if not known:
        raise refused("no_check", where="check", name=given["check"][:80])
    start, end = given.get("start", 0), given.get("end", len(report.draft))
    if not report.draft[start:end].strip():
        raise refused("no_words", where="start")
    return missed_case(report, given["check"], (start, end), given)


def _is_meant(finding: Finding, given: Taken) -> bool:
    """Whether a finding is the one that somebody objects to."""
    start, end = given.get("start", finding.start), given.get("end", finding.end)
    return (finding.check, finding.start, finding.end) == (given["check"], start, end)


def _about(given: Taken) -> Taken:
    """What the checker is told of a conversation."""
    return {name: value for name, value in given.items() if name not in NOT_ABOUT_IT}
