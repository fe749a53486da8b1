"""What hamdel can be asked, whatever way the question comes: no protocol's codes, frames or paths in here.

`Requests.answer` takes a method's name and its parameters, as JSON has them, and returns plain values for JSON, or
raises a `RequestError`, which a door turns into its own kind of error. ``METHODS`` describes each method for those who
publish descriptions (OpenAPI, PROTOCOL.md).
"""

from hamdel.doors.requests.errors import Problem, RequestError
from hamdel.doors.requests.labels import LabelFile, default_labels, missed_case, wrong_case
from hamdel.doors.requests.methods import METHODS, Method
from hamdel.doors.requests.requests import Requests

__all__ = [
    "METHODS",
    "LabelFile",
    "Method",
    "Problem",
    "RequestError",
    "Requests",
    "default_labels",
    "missed_case",
    "wrong_case",
]
