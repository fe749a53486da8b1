"""Probing with requests that the OpenAPI document describes, and with ones that it excludes."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from http_browser import TOKEN
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import negative_data_rejection, positive_data_acceptance

from hamdel.doors.http.app import make_app
from hamdel.doors.http.assets import read_assets
from hamdel.doors.http.desk import Desk
from hamdel.doors.http.lanes import Lanes
from hamdel.doors.http.limits import Buckets
from hamdel.doors.http.openapi import document
from hamdel.doors.http.people import OneUser
from hamdel.doors.http.rules import allowed_names

HEADERS = {"Origin": "http://localhost", "Authorization": f"Bearer {TOKEN}"}
#: Where a text names something that may not be there.
NAMING = ("/api/explain", "/api/improve", "/api/label")


@pytest.fixture(scope="session")
def described(lanes: Lanes) -> Any:
    unbounded = Buckets(1e9, 1e9)
    desk = Desk(lanes, OneUser(TOKEN), may_add=True, labels=lanes._labels, _asked=unbounded, _wrong=unbounded)
    app = make_app(desk, allowed_names("localhost", 80, ["testserver"]), read_assets())
    without_token = {**document(), "security": []}  # the tests of safety leave it out, put in a wrong one, and so on
    schema = schemathesis.openapi.from_dict(without_token)
    schema.app = app
    return schema


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("path", document()["paths"])
def test_probed(described: Any, path: str, mode: schemathesis.GenerationMode) -> None:
    """No error of our own, nothing that isn't described, no wrong body taken, and no request without its token."""
    operation = described[path]["POST"]

    @settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy(generation_mode=mode))
    def probe(case: Any) -> None:
        answer = case.call(headers=HEADERS)
        too_large = answer.status_code == 413  # no schema says how large the whole may be
        expected = [positive_data_acceptance] * (path in NAMING) + [negative_data_rejection] * too_large
        case.validate_response(answer, excluded_checks=expected)

    probe()
