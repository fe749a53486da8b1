"""A Spark session for an audit: what it needs, how it is set up, and in one line why it can't be had.

pyspark is imported when a session is opened, never before.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from hamdel.audit.spark_log import LOG, Said
from hamdel.errors import AuditError, InputError

__all__ = ["LOCAL", "Place", "opened_session", "parse_settings", "require_spark"]

#: The master when none is named: threads of this machine, one a core.
LOCAL = "local[*]"
_MASTER = re.compile(
    r"(?P<local>local(\[(\*|[1-9][0-9]*)(, ?[0-9]+)?\])?)|local-cluster\[[0-9, ]+\]|(spark|k8s)://\S+|yarn"
)
_MAJOR = {"pyspark": (4, 4), "pandas": (2, 2), "pyarrow": (15, None)}  # the oldest and the newest
_LOG_LEVEL = "spark.log.level"
_JAVA_OPTIONS = "spark.driver.extraJavaOptions"
_SECONDS = 10  # until a master is given up
_ALWAYS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.io.encryption.enabled": "true",  # customers' texts lie on no disk in plain, and pass by no file to the JVM
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1",  # a row is a block
    "spark.sql.execution.arrow.localRelationThreshold": "0",  # a block is a task
}
_IF_LOCAL = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    _LOG_LEVEL: "ERROR",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where Spark runs.

    Attributes:
        master: Spark's master URL.
        settings: of Spark, by name; before what an audit sets by itself.

    Raises:
        InputError: it is no master URL.
    """

    master: str = LOCAL
    settings: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not _MASTER.fullmatch(self.master):
            raise InputError(
                f'--master "{self.master}": write local[N], spark://HOST:PORT, yarn or k8s://…; '
                "Spark Connect (sc://) isn't enough"
            )

    @property
    def local(self) -> bool:
        """Whether everything runs in one JVM of this machine."""
        found = _MASTER.fullmatch(self.master)
        return bool(found and found["local"])

    def all_settings(self) -> dict[str, str]:
        """Return what a session is given."""
        return {**_ALWAYS, **(_IF_LOCAL if self.local else {}), **self.settings}

    @property
    def quiet(self) -> bool:
        """Whether the JVM's log isn't wanted: on this machine it says nothing that an error wouldn't."""
        return self.local and _LOG_LEVEL not in self.settings


def parse_settings(texts: Sequence[str]) -> dict[str, str]:
    """Read settings of Spark, each as ``spark.executor.memory=4g``.

    Raises:
        InputError: one is none.
    """
    pairs = [text.partition("=") for text in texts]
    for text, (key, equals, _) in zip(texts, pairs, strict=True):
        if not equals or not re.fullmatch(r"spark\.[A-Za-z0-9._-]+", key):
            shown = key if equals else text  # what stands behind the sign may be a secret
            raise InputError(f'--spark-conf "{shown}": write KEY=VALUE, such as spark.executor.memory=4g')
    return {key: value for key, _, value in pairs}


def require_spark() -> None:
    """Refuse to begin without what Spark needs.

    Raises:
        InputError: this Python, a package or Java doesn't fit.
    """
    if sys.version_info < (3, 12):
        raise InputError(
            "--engine spark needs Python 3.12 or 3.13: on 3.11 hazm needs numpy 1, and pyarrow numpy 2; "
            "use one of those, or --part on several machines"
        )
    for name, (oldest, newest) in _MAJOR.items():
        found = _version(name)
        if found is None or found < oldest or (newest and found > newest):
            need = "pyspark 4, pandas 2 and pyarrow"
            raise InputError(f"--engine spark needs {need}; pip install 'hamdel[spark]'")
    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java", path=str(Path(home) / "bin") if home else None):
        raise InputError("Spark needs Java 17 or newer; install it, or set JAVA_HOME")


def _version(package: str) -> int | None:
    with suppress(PackageNotFoundError, ValueError):
        return int(version(package).partition(".")[0])
    return None


@contextmanager
def opened_session(place: Place) -> Iterator[Any]:
    """Open a Spark session, and stop it at the end, whatever happens.

    Args:
        place: where.

    Raises:
        AuditError: Spark can't be started there.
    """
    logging.getLogger("py4j").setLevel(logging.CRITICAL)  # it tells of every call that Ctrl-C cut short
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    before = signal.getsignal(signal.SIGINT)
    said = Said(shown=not place.quiet)
    with tempfile.TemporaryDirectory(prefix="hamdel-spark-") as folder:
        try:
            session = _start(place, Path(folder), said)
        except Exception as error:
            reason = said.why(error)
            raise AuditError(f"Spark can't be started with --master {place.master}: {reason}") from error
        try:
            yield session
        finally:
            with _deaf():
                _stop(session)
            with suppress(ValueError):  # not in the main thread, where Spark set none either
                signal.signal(signal.SIGINT, before)


def _start(place: Place, folder: Path, said: Said) -> Any:
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    _find_master(place.master)
    conf = SparkConf(loadDefaults=False)
    for key, value in place.all_settings().items():
        conf.set(key, value)
    log = folder / "log4j2.properties"
    log.write_text(LOG, "utf-8")
    options = f"-Dlog4j2.configurationFile={log.as_uri()} {place.settings.get(_JAVA_OPTIONS, '')}"
    conf.set(_JAVA_OPTIONS, options.strip()).setMaster(place.master).setAppName("hamdel audit")
    gateway = None
    if SparkContext._gateway is None:
        with said.listening() as pipe:
            gateway = launch_gateway(conf, {"stdout": pipe, "stderr": pipe})
    context = SparkContext(conf=conf, gateway=gateway)
    if context._jsc.sc().isStopped():
        context.stop()
        raise ConnectionError("the master took no application")
    return SparkSession(context)


def _find_master(master: str) -> None:
    """Look whether a standalone master answers, which Spark itself tries for a minute.

    Raises:
        OSError: none does.
    """
    kind, _, hosts = master.partition("://")
    if kind != "spark":
        return
    for place, one in enumerate(reversed(hosts.split(","))):
        host, _, port = one.rpartition(":")
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=_SECONDS).close()
            return
        except (OSError, ValueError):
            if place + 1 == len(hosts.split(",")):
                raise


def _stop(session: Any) -> None:
    """Cancel what still runs, and end the session; a JVM that is gone can't be told."""
    with suppress(Exception):
        session.sparkContext.cancelAllJobs()
    with suppress(Exception):
        session.stop()


@contextmanager
def _deaf() -> Iterator[None]:
    """Let nobody interrupt what takes a moment and must be done."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not in the main thread, which alone is interrupted
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
