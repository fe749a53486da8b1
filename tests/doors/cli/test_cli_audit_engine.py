"""``hamdel audit --engine``: what is refused in one line before Spark, or anything of it, is loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Run

from hamdel.audit import spark_session
from hamdel.audit.spark_log import reason_of
from hamdel.audit.spark_session import Place, parse_settings
from hamdel.doors.told import speak
from hamdel.errors import InputError
from hamdel.model import Lang


@pytest.fixture
def export(tmp_path: Path) -> str:
    (tmp_path / "export.csv").write_text("reply\nسلام، سفارش شما فردا می‌رسد.\n", "utf-8")
    return "export.csv"


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Everything that Spark needs seems to be there."""
    versions = {"pyspark": "4.3.0", "pandas": "2.3.3", "pyarrow": "26.0.1"}
    monkeypatch.setattr(spark_session, "version", versions.__getitem__)
    monkeypatch.setattr(spark_session.sys, "version_info", (3, 12, 1))
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "java"))
    java = tmp_path / "java" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text("#!/bin/sh\n")
    java.chmod(0o755)


def refused(run: Run, export: str, *more: str) -> str:
    done = run("audit", export, "--out", "out", "--no-config", *more)
    assert done.exit_code == 2, done.output
    assert not Path("out").exists()
    (line,) = done.output.splitlines()
    return line


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--master", "local[2]"), "--master goes with --engine spark only"),
        (("--spark-conf", "spark.a=b"), "--spark-conf goes with --engine spark only"),
        (("--engine", "spark", "--workers", "2"), "--workers doesn't go with --engine spark"),
        (("--engine", "spark", "--master", "http://x"), '--master "http://x": write local[N]'),
        (("--engine", "spark", "--master", "sc://x:1"), "Spark Connect (sc://) isn't enough"),
        (("--engine", "spark", "--spark-conf", "spark.a"), '--spark-conf "spark.a": write KEY=VALUE'),
        (("--engine", "spark", "--spark-conf", "x=secret"), '--spark-conf "x": write KEY=VALUE'),
    ],
)
def test_options_that_are_refused(run: Run, export: str, ready: None, options: tuple[str, ...], message: str) -> None:
    line = refused(run, export, *options)
    assert message in line
    assert "secret" not in line


def test_what_spark_needs(run: Run, export: str, ready: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    assert "Spark needs Java 17" in refused(run, export, "--engine", "spark")
    monkeypatch.setattr(spark_session, "version", {"pyspark": "4.3.0", "pandas": "3.0.0", "pyarrow": "26"}.__getitem__)
    assert "pip install 'hamdel[spark]'" in refused(run, export, "--engine", "spark")
    monkeypatch.setattr(spark_session.sys, "version_info", (3, 11, 7))
    assert "--engine spark needs Python 3.12 or 3.13: on 3.11" in refused(run, export, "--engine", "spark")
    assert "3.12" in refused(run, export, "--engine", "spark", "--part", "1/2")


@pytest.mark.parametrize(
    "master",
    ["local", "local[*]", "local[4]", "local[4,3]", "local-cluster[2,1,1024]", "spark://a:7077,b:7077", "yarn", "k8s://https://x:1"],
)  # fmt: skip
def test_masters(master: str) -> None:
    settings = Place(master).all_settings()
    assert settings["spark.ui.enabled"] == "false"
    assert settings["spark.io.encryption.enabled"] == "true"
    assert ("spark.driver.host" in settings) == (master == "local" or master.startswith("local["))
    assert Place(master, {"spark.ui.enabled": "true"}).all_settings()["spark.ui.enabled"] == "true"


@pytest.mark.parametrize("master", ["", "local[0]", "local[x]", "localhost", "spark://", "mesos://x:1", "local[2] "])
def test_what_is_no_master(master: str) -> None:
    with pytest.raises(InputError, match="--master"):
        Place(master)


def test_settings_of_spark() -> None:
    assert parse_settings(["spark.a.b=c=d", "spark.e="]) == {"spark.a.b": "c=d", "spark.e": ""}


def test_why_it_failed_is_one_masked_line() -> None:
    text = "Job aborted\n  call 09121234567\n\tat x.y.Z"
    assert reason_of(RuntimeError(text)) == "Job aborted"
    assert "09121234567" not in reason_of(RuntimeError("card 6037991123456786, phone 09121234567"))
    assert reason_of(RuntimeError()) == "RuntimeError"


def test_where_it_runs_is_told(run: Run, export: str, ready: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamdel.audit.spark_engine.SparkEngine.examined", lambda _, blocks, *__: iter(()))
    for lang, words in ((Lang.EN, "Spark on this machine"), (Lang.FA, "Spark روی همین رایانه")):
        done = run("audit", export, "--out", "out", "--no-config", "--force", "--engine", "spark", "--lang", str(lang))
        assert words in done.output and "--master URL" in done.output
    speak(None)


def test_spark_is_loaded_when_it_is_asked_for_only() -> None:
    code = (
        "import sys; from hamdel.doors.cli import audit; "
        "sys.exit(any(name.split('.')[0] in ('pyspark', 'pyarrow', 'pandas', 'polars') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
