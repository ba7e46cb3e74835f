"""Builds the benchmark's project on DuckDB and on a server of Spark Connect.

Each build is a process of its own: a first import, a build without news, and a repeat after a
share of the lines has changed. Seconds of processors are those of the process and of the server,
which is started before the first build. Both engines must end in the same profiles.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from benchmarks import generate
from benchmarks.ratio import PROJECT, RUNNER
from runner.engine.spark.version import read_version
from runner.engine.store import POINTER
from tests.servers.real_spark import real_spark
from tests.servers.sail import sail

TARGET = """\
targets:
  cluster: {engine: spark, remote: "%s", warehouse: target/cluster}
"""
WAREHOUSE = "target/warehouse.duckdb"


@dataclass(frozen=True)
class Figure:
    """What one build took, in seconds."""

    build: str
    target: str
    elapsed: float
    # Of processors: the process of runner, with DuckDB in it, and the server.
    runner: float
    server: float


def measure(lines: int, changed: float, folder: Path, address: str, server: int) -> list[Figure]:
    """Build on both engines; raises ValueError where they end in other profiles."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(PROJECT, folder)
    declared = folder / "runner_project.yml"
    local = declared.read_text(encoding="utf-8")
    declared.write_text(local.replace("targets:\n", TARGET % address), encoding="utf-8")
    figures = []
    builds = (("first import", 0), ("nothing new", 0), (f"{changed:g} % changed", changed))
    for build, share in builds:
        generate.write(generate.Webshop(lines, share), folder / "landing")
        for target in ("local", "cluster"):
            figures.append(_timed(build, target, folder, server))
        different = differences(folder)
        if different:
            raise ValueError(f"{build}: {different} profiles differ between the engines")
    return figures


def _timed(build: str, target: str, folder: Path, server: int) -> Figure:
    start, before, of_server = time.perf_counter(), _children(), _processor(server)
    subprocess.run(
        [RUNNER, "build", "--quiet", "--target", target, "--project-dir", folder], check=True
    )
    elapsed = time.perf_counter() - start
    return Figure(build, target, elapsed, _children() - before, _processor(server) - of_server)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _processor(process: int) -> float:
    """Return the seconds of processors that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def differences(folder: Path) -> int:
    """Return how many profiles only one of the engines has."""
    root = folder / "target/cluster"
    table = read_version((root / POINTER).read_bytes(), POINTER).tables["main.profiles"]
    files = [str(file) for part in table.folders for file in (root / part).glob("*.parquet")]
    with duckdb.connect(str(folder / WAREHOUSE), read_only=True) as local:
        names = ", ".join(f'cast("{column.name}" as varchar)' for column in table.columns)
        here = local.table("profiles").project(names)
        there = local.read_parquet(files).project(names)
        only = (here.except_(there), there.except_(here))
        return sum(int(rows.count("*").fetchall()[0][0]) for rows in only)


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as lines of text, one per build."""
    rows = [f"{'build':<16}{'target':<10}{'elapsed':>10}{'runner':>10}{'server':>10}"]
    rows += [
        f"{figure.build:<16}{figure.target:<10}{figure.elapsed:>8.1f} s{figure.runner:>8.1f} s"
        f"{figure.server:>8.1f} s"
        for figure in figures
    ]
    return "\n".join(rows)


@contextmanager
def _server(environment: Path | None) -> Iterator[tuple[str, int]]:
    if environment is None:
        with sail() as (address, process):
            yield address, process.pid
    else:
        with real_spark(environment, "4g") as (address, process):
            yield address, process.pid


def main() -> None:
    """Measure, and print the table and the JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engines", description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000, help="order lines")
    parser.add_argument("--changed", type=float, default=1, metavar="PERCENT")
    parser.add_argument("--folder", type=Path, default=Path("target/benchmark"))
    parser.add_argument(
        "--environment", type=Path, help="where pyspark is, for Apache Spark; else Sail"
    )
    options = parser.parse_args()
    with _server(options.environment) as (address, process):
        figures = measure(options.lines, options.changed, options.folder, address, process)
    print(table(figures))
    print(json.dumps({"lines": options.lines, "figures": [asdict(each) for each in figures]}))


if __name__ == "__main__":
    main()
