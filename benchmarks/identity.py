"""What linking costs: imports of rows with one identifier, with two, and with merges.

Each is a build of its own process under `memory_limit: 2GB`. The files hold one customer for
every four rows, linked in a chain by e-mails and cards. Figures are ratios to the import by one
identifier on the same machine, with the most memory that the process held.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

QUERY = Path(__file__).with_name("identity.sql")
RUNNER = Path(sys.executable).with_name("runner")
PROJECT = """\
name: identity
targets:
  local: {threads: 2, memory_limit: 2GB}
"""
PROPERTIES = """\
properties:
  email: {identifier: true}
  card: {identifier: true}
  name: {merge: oldest}
  amount: decimal(18,2)
"""
GOAL = """\
connection: shop
type: local
path: drop
goals:
  - name: people
    kind: import_profiles
    files: {people: "people_*.csv"}
    identify: {by: [BY], on_conflict: CONFLICT}
    map: {name: people.name, amount: {from: people.amount, strategy: sum}}
"""
ONE, TWO = "{email: people.email}", "{email: people.email}, {card: people.card}"


@dataclass(frozen=True)
class Figure:
    """What one build took."""

    build: str
    seconds: float
    # To the import by one identifier.
    ratio: float
    # The most that the process held, in MB.
    peak: float
    profiles: int


def write_rows(path: Path, rows: int, is_second: bool) -> None:
    """Write a file of rows; of the second form, one for every hundred."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("set variable row_count = ?", [rows])
        connection.execute("set variable is_second = ?", [is_second])
        connection.sql(QUERY.read_text(encoding="utf-8")).write_csv(str(path), header=True)


def start(folder: Path, by: str, on_conflict: str) -> None:
    """Write a project that imports `drop/people_*.csv`."""
    goal = GOAL.replace("BY", by).replace("CONFLICT", on_conflict)
    for name, text in (
        ("runner_project.yml", PROJECT),
        ("models/properties.yml", PROPERTIES),
        ("connections/shop.yml", goal),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def build(folder: Path) -> tuple[float, float, int]:
    """Build; returns seconds, the most memory in MB, and the number of profiles."""
    begun = time.perf_counter()
    command = [str(RUNNER), "build", "--quiet", "--project-dir", str(folder)]
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the build of {folder} failed")
    seconds = time.perf_counter() - begun
    with duckdb.connect(str(folder / "target/warehouse.duckdb"), read_only=True) as connection:
        (profiles,) = connection.table("profiles").aggregate("count(*)").fetchall()[0]
    return seconds, usage.ru_maxrss / 1024, int(profiles)


def figures(folder: Path, rows: int) -> list[Figure]:
    """Build with one identifier, with two, and a second file that joins customers."""
    found: list[Figure] = []

    def measure(name: str, project: Path) -> None:
        seconds, peak, profiles = build(project)
        first = found[0].seconds if found else seconds
        found.append(Figure(name, seconds, seconds / first, peak, profiles))

    for name, by, on_conflict in (
        ("one identifier", ONE, "first"),
        ("two identifiers", TWO, "merge"),
    ):
        project = folder / by[:6].strip("{") / on_conflict
        start(project, by, on_conflict)
        write_rows(project / "drop/people_1.csv", rows, is_second=False)
        measure(name, project)
    write_rows(project / "drop/people_2.csv", rows, is_second=True)
    measure("1 % that merges customers", project)
    return found


def main() -> None:
    """Print the figures as a table and as a line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.identity", description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path("target/benchmark/identity"))
    options = parser.parse_args()
    shutil.rmtree(options.folder, ignore_errors=True)
    found = figures(options.folder, options.lines)
    for figure in found:
        print(
            f"{figure.build:<28} {figure.ratio:6.1f} x {figure.seconds:8.1f} s"
            f" {figure.peak:8.0f} MB {figure.profiles:>10,} profiles"
        )
    print(json.dumps([asdict(figure) for figure in found]))


if __name__ == "__main__":
    main()
