"""Times `runner build` beside `dbt run` for the same job: whole processes, as a shell starts them.

The project of dbt finds profiles by one identifier alone, makes them again each time and orders no
list. Both must sum the same lines. `make bench-peers` installs dbt in an environment of its own.
"""

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from benchmarks import generate
from benchmarks.ratio import PROJECT, RUNNER

DBT_PROJECT = Path(__file__).with_name("dbt")
TOTALS = "select sum(total_spend), sum(items_bought) from profiles"


@dataclass(frozen=True)
class Figure:
    """What one build took with each, in seconds."""

    build: str
    dbt_seconds: float
    runner_seconds: float


def measure(lines: int, changed: float, folder: Path, dbt: Path) -> list[Figure]:
    """Run both projects in `folder`, which is emptied, in turn, and return both figures.

    `dbt` is the program. Raises `subprocess.CalledProcessError` when one of them fails, ValueError
    where they sum otherwise.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(PROJECT, folder / "runner")
    shutil.copytree(DBT_PROJECT, folder / "dbt")
    landing = folder / "runner/landing"
    given = json.dumps({"landing": str(landing.resolve())})
    figures = []
    for build, share in (("first import", 0), (f"repeat, {changed:g} % changed", changed)):
        generate.write(generate.Webshop(lines, share), landing)
        dbt_seconds = _run([dbt, "--quiet", "run", "--vars", given], folder / "dbt")
        runner_seconds = _run([RUNNER, "build", "--quiet"], folder / "runner")
        theirs = _totals(folder / "dbt/webshop.duckdb")
        ours = _totals(folder / "runner/target/warehouse.duckdb")
        if ours != theirs:
            raise ValueError(f"{build}: runner sums {ours}, dbt {theirs}")
        figures.append(Figure(build, dbt_seconds, runner_seconds))
    return figures


def _run(command: Iterable[str | Path], folder: Path) -> float:
    start = time.perf_counter()
    subprocess.run(list(command), cwd=folder, check=True)
    return time.perf_counter() - start


def _totals(database: Path) -> tuple[Decimal, int] | None:
    with duckdb.connect(database, read_only=True) as engine:
        return engine.execute(TOTALS).fetchone()


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as lines of text, one per build."""
    rows = [f"{'build':<24}{'dbt':>9}{'runner':>10}{'ratio':>8}"]
    rows += [
        f"{figure.build:<24}{figure.dbt_seconds:>7.2f} s{figure.runner_seconds:>8.2f} s"
        f"{figure.runner_seconds / figure.dbt_seconds:>8.2f}"
        for figure in figures
    ]
    return "\n".join(rows)


def main() -> None:
    """Measure, and print the table and the JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000, help="order lines")
    parser.add_argument("--changed", type=float, default=1, metavar="PERCENT")
    parser.add_argument("--folder", type=Path, default=Path("target/benchmark-peers"))
    parser.add_argument("--dbt", type=Path, default=Path(".venv-dbt/bin/dbt"))
    options = parser.parse_args()
    if not options.dbt.exists():
        sys.exit(f"{options.dbt} is not there: `make bench-peers` installs it")
    dbt = options.dbt.absolute()
    figures = measure(options.lines, options.changed, options.folder.absolute(), dbt)
    print(table(figures))
    print(json.dumps({"lines": options.lines, "figures": [asdict(figure) for figure in figures]}))


if __name__ == "__main__":
    main()
