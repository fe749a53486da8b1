"""An audit on Spark: byte by byte the folder that one process makes, whatever happens to executors on the way."""

from __future__ import annotations

import hashlib
import os
import pickle
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest
from audit_runs import HEADER, rows

import hamdel
from hamdel.archive.join import near_groups
from hamdel.audit import blocks
from hamdel.audit.blocks import Block
from hamdel.audit.examine import Rules
from hamdel.audit.folder import Shards
from hamdel.audit.manifest import rules_settings
from hamdel.audit.run import Order, make_tables, open_folder
from hamdel.audit.spark_session import Place
from hamdel.exports import Columns, Row
from hamdel.exports.columns import ALL_ROLES
from hamdel.settings.config import Config


def _missing() -> str:
    """Why Spark can't be tried here; empty when it can."""
    if sys.version_info < (3, 12):
        return "Spark needs Python 3.12: on 3.11 hazm and pyarrow want different numpys"
    missing = [name for name in ("pyspark", "pandas", "pyarrow") if find_spec(name) is None]
    if missing:
        return f"Spark needs {' and '.join(missing)}"
    return "" if shutil.which("java") or os.environ.get("JAVA_HOME") else "Spark needs Java"


pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(bool(_missing()), reason=_missing() or "-"),
    pytest.mark.filterwarnings("ignore"),  # pyspark leaves sockets to the collector
]

#: Replies of the slow test; 50,000 take minutes.
MANY = int(os.environ.get("HAMDEL_TEST_REPLIES", "50000"))
LOCAL = Place("local[2]")


@pytest.fixture
def spark_engine() -> ModuleType:
    from hamdel.audit import spark_engine

    return spark_engine


def write_export(path: Path, count: int) -> Path:
    lines = [row if n % 9 else [*row[:5], "دیروز", *row[6:]] for n, row in enumerate(rows(count))]
    pl.DataFrame(lines, schema=HEADER, orient="row").write_csv(path)
    return path


def command(*words: object, **env: str) -> subprocess.CompletedProcess[str]:
    """Run hamdel in a process of its own."""
    line = [sys.executable, "-m", "hamdel", *map(str, words)]
    source = str(Path(hamdel.__file__).parents[1])
    environment = os.environ | {"HAMDEL_LANG": "en", "PYTHONPATH": source} | env
    return subprocess.run(line, capture_output=True, text=True, env=environment, timeout=1200, check=False)


def audited(path: Path, out: Path, *more: object) -> dict[str, bytes]:
    """Audit an export, and return the folder."""
    done = command("audit", path, "--out", out, "--no-config", "--anonymous-agents", *more)
    assert done.returncode == 0, done.stderr
    return whole(out)


def merged(path: Path, folder: Path) -> dict[str, bytes]:
    """Audit an export in two parts, one of them on Spark, and return the folder that comes of them."""
    parts = [folder / "part 1", folder / "part 2"]
    for number, part in enumerate(parts, 1):
        options = ("--no-config", "--anonymous-agents", "--part", f"{number}/2")
        engine = ("--engine", "spark", "--master", "local[1]") if number == 2 else ()
        assert command("audit", path, "--out", part, *options, *engine).returncode == 0
    assert command("audit", "merge", *parts, "--out", folder / "merged", "--no-config").returncode == 0
    return whole(folder / "merged")


def whole(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def digest_of(folder: dict[str, bytes]) -> str:
    digest = hashlib.blake2b()
    for name, data in sorted(folder.items()):
        digest.update(name.encode() + b"\0" + data)
    return digest.hexdigest()


def test_one_digest(tmp_path: Path) -> None:
    """One process, two, Spark, and two parts merged, one of them made on Spark: all that a folder holds is the same."""
    path = write_export(tmp_path / "export.csv", 3_000)
    found = {
        "one": audited(path, tmp_path / "one", "--workers", 1),
        "two": audited(path, tmp_path / "two", "--workers", 2),
        "spark": audited(path, tmp_path / "spark", "--engine", "spark", "--master", "local[2]"),
    }
    found["merged"] = merged(path, tmp_path)
    assert found["one"]["rejected.jsonl"].count(b"\n") > 300
    assert {name: digest_of(folder) for name, folder in found.items()} == dict.fromkeys(found, digest_of(found["one"]))


def test_shuffled_partitions_and_resuming(
    tmp_path: Path, spark_engine: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks that come in any order, in waves of any size; an interrupted run goes on."""
    monkeypatch.setattr(blocks, "_ROWS", 100)

    class Shuffled(spark_engine.SparkEngine):  # type: ignore[misc, name-defined]
        def examined(self, some: Iterator[Block], rules: Rules, shards: Shards) -> Iterator[Block]:
            mixed = list(some)
            random.Random(7).shuffle(mixed)
            yield from super().examined(iter(mixed), rules, shards)

    path = write_export(tmp_path / "export.csv", 1_100)
    columns = Columns(roles=ALL_ROLES, outcomes=("paid",))
    order = Order([path], columns, Rules(Config(), ("paid",)))
    folder, _ = open_folder(order, tmp_path / "one", resume=False, force=False)
    make_tables(order, folder, lambda _: None)
    folder.place()
    with Shuffled(LOCAL) as engine:
        engine._cores = 1  # four blocks a wave
        mixed = replace(order, engine=engine)
        folder, _ = open_folder(mixed, tmp_path / "mixed", resume=False, force=False)

        def stop(done: object) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            make_tables(mixed, folder, stop)
        stored = folder.shards.done()
        assert 0 < len(stored) < 11
        folder, finished = open_folder(mixed, tmp_path / "mixed", resume=True, force=False)
        assert not finished
        make_tables(mixed, folder, lambda _: None)
        folder.place()
        assert whole(tmp_path / "mixed") == whole(tmp_path / "one")


def test_near_copies_on_executors(spark_engine: ModuleType) -> None:
    """Shares of the comparison give the groups that one machine finds, long and odd texts among them."""
    chance = random.Random(3)
    words = "سلام سفارش شما فردا ارسال میشود لطفا صبر کنید ممنون از همراهی تان پیگیری شد 中".split()
    texts = {" ".join(chance.choices(words, k=chance.randrange(3, 30))) for _ in range(700)}
    texts |= {text[:-2] + "تر" for text in list(texts)[::3]} | {"الف" * 3000, "الف" * 2999 + "ب"}
    listed = sorted(texts)
    with spark_engine.SparkEngine(LOCAL, worth=10) as engine:
        shares = engine.near_groups(listed, 90.0, workers=2)
    assert shares.tolist() == near_groups(listed, 90.0, workers=2).tolist()


def test_executors_that_differ_are_refused(tmp_path: Path) -> None:
    """Another phrasebank on an executor: one line, and nothing is left."""
    path = write_export(tmp_path / "export.csv", 40)
    source = Path(hamdel.__file__).parent
    shutil.copytree(source, tmp_path / "src" / "hamdel", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("phrasebanks", "templates"):  # beside the package in a wheel, above it in a checkout
        if (source.parents[1] / name).is_dir():
            shutil.copytree(source.parents[1] / name, tmp_path / name)
    (next(tmp_path.rglob("phrasebanks/lexicon")) / "more.toml").write_text("")
    done = command(
        "audit", path, "--out", tmp_path / "out", "--no-config", "--engine", "spark", "--master", "local[1]",
        "--spark-conf", f"spark.executorEnv.PYTHONPATH={tmp_path / 'src'}",
    )  # fmt: skip
    assert done.returncode == 2, done.stdout
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("hamdel: ")]
    assert "an executor can't take part: another phrasebank; all executors need" in line
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_what_an_executor_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Spark: another version is refused before anything of it is unpacked, and errors tell no text."""
    import pyarrow as pa

    from hamdel.audit import spark_executor

    block = Block(3, [(0, Row("سلام، سفارش شما فردا می‌رسد.", id="1"))])
    batch = pa.RecordBatch.from_pydict({"block": [pickle.dumps(block)]})
    (row,) = spark_executor.examine([batch], pickle.dumps(("0.0.1", {}, b"not a pickle")))
    assert row.to_pylist()[0]["number"] == -1
    assert row.to_pylist()[0]["refused"] == f"hamdel is {hamdel.__version__} there and 0.0.1 here"
    rules = Rules(Config())
    told = pickle.dumps((hamdel.__version__, rules_settings(rules.config), pickle.dumps(rules)))
    (row,) = spark_executor.examine([batch], told)
    assert (row.to_pylist()[0]["number"], row.to_pylist()[0]["refused"]) == (3, "")
    assert pl.read_parquet(row.to_pylist()[0]["replies"])["row"].to_list() == [0]

    def fail(share: object) -> None:
        raise ValueError("09121234567 سلام")

    monkeypatch.setattr(spark_executor, "pack", fail)
    with pytest.raises(RuntimeError, match=r"^block 3: ValueError$") as caught:
        list(spark_executor.examine([batch], told))
    assert caught.value.__cause__ is None and caught.value.__suppress_context__


@pytest.mark.slow
def test_ctrl_c_keeps_what_was_done(tmp_path: Path) -> None:
    path = write_export(tmp_path / "export.csv", 5_000)  # more than a wave
    out = tmp_path / "out"
    line = [sys.executable, "-m", "hamdel", "audit", str(path), "--out", str(out), "--no-config"]
    source = str(Path(hamdel.__file__).parents[1])
    environment = os.environ | {"HAMDEL_LANG": "en", "PYTHONPATH": source}
    with subprocess.Popen(
        [*line, "--engine", "spark", "--master", "local[2]"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, env=environment, start_new_session=True,
    ) as process:  # fmt: skip
        wait_for(lambda: any(out.glob(".run/blocks/*.replies.parquet")))
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to all that it started
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "--resume goes on" in said and "Traceback" not in said and "Spark" not in said
    assert 0 < len(list(out.glob(".run/blocks/*.replies.parquet"))) < 10
    assert command(*line[3:], "--resume").returncode == 0  # without Spark


def wait_for(happens: Callable[[], object], seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end, "it didn't happen"
        time.sleep(0.2)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def standalone(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A master and workers of one core each; yields the master's URL and the workers."""
    import pyspark

    spark_class = str(Path(pyspark.__file__).parent / "bin" / "spark-class")
    port, address = free_port(), "127.0.0.1"
    master = f"spark://{address}:{port}"
    source = str(Path(hamdel.__file__).parents[1])
    environment = os.environ | {
        "PYTHONPATH": source, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": address, "SPARK_NO_DAEMONIZE": "1",
    }  # fmt: skip
    deploy = "org.apache.spark.deploy"
    with ExitStack() as stack:

        def start(*words: str) -> subprocess.Popen[bytes]:
            log = stack.enter_context((folder / f"{words[0]}-{len(started)}.log").open("wb"))
            process = subprocess.Popen(
                [spark_class, *words], stdout=log, stderr=log, env=environment, start_new_session=True
            )
            stack.callback(process.wait)
            stack.callback(process.kill)
            stack.callback(lambda: [os.kill(pid, signal.SIGKILL) for pid in children(process.pid)])
            return process

        started: list[subprocess.Popen[bytes]] = []
        ports = ("--host", address, "--webui-port", "0")
        started.append(start(f"{deploy}.master.Master", *ports, "--port", str(port)))
        wait_for(lambda: not socket.socket().connect_ex((address, port)))
        for number in range(workers):
            more = ("-c", "1", "-m", "1g", "-d", str(folder / f"work {number}"), master)
            started.append(start(f"{deploy}.worker.Worker", *ports, *more))
        yield master, started[1:]


def children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue
    return [each for one in found for each in (one, *children(one))]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for executors in /proc")
def test_many_replies_everywhere(tmp_path: Path) -> None:
    """One digest: one process, two, parts and merge, local[2], and two workers of which one's executor is killed."""
    path = write_export(tmp_path / "export.csv", MANY)
    expected = digest_of(audited(path, tmp_path / "one", "--workers", 1))
    assert digest_of(audited(path, tmp_path / "two", "--workers", 2)) == expected
    spark = ("--engine", "spark", "--master")
    assert digest_of(audited(path, tmp_path / "local", *spark, "local[2]")) == expected
    assert digest_of(merged(path, tmp_path)) == expected
    with standalone(tmp_path, 2) as (master, workers):
        out = tmp_path / "cluster"
        source = str(Path(hamdel.__file__).parents[1])
        environment = os.environ | {"HAMDEL_LANG": "en", "PYTHONPATH": source, "SPARK_LOCAL_IP": "127.0.0.1"}
        line = ["audit", str(path), "--out", str(out), "--no-config", "--anonymous-agents", *spark, master]
        with subprocess.Popen(
            [sys.executable, "-m", "hamdel", *line], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=environment,
        ) as process:  # fmt: skip
            wait_for(lambda: any(out.glob(".run/blocks/*.replies.parquet")) or process.poll() is not None)
            for pid in children(workers[0].pid):  # its executor, and what examines in it
                os.kill(pid, signal.SIGKILL)
            _, said = process.communicate(timeout=3000)
        assert process.returncode == 0, said
        assert "Lost executor" in said or "lost" in said.lower(), said
        assert "سفارش" not in said
        for log in tmp_path.glob("*.log"):
            assert "سفارش" not in log.read_text("utf-8", "replace")
        assert digest_of(whole(out)) == expected
