"""Times what the count of exchanged people costs, at a size: rows of a ledger, and profiles.

A warehouse is filled with rows of a goal, as imports leave them; then the count of `runner
history --exchange` is timed, and what an export of all profiles spends on noting them.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.engine.schema import prepare
from runner.engine.statement import statement
from runner.sql.quoting import Sql
from runner.warehouse.imported_profiles import count_imported

QUERIES = Path(__file__).parent / "exchange"


@contextmanager
def filled(folder: Path, rows: int, profiles: int) -> Iterator[DuckDBWarehouse]:
    """Give a warehouse of so many rows and profiles, opened as a reader does."""
    path = folder / "warehouse.duckdb"
    with DuckDBWarehouse.open(path, threads=2) as warehouse:
        prepare(warehouse)
        warehouse.connection.execute("set variable rows = ?", [rows])
        warehouse.connection.execute("set variable profiles = ?", [profiles])
        for name in ("profiles", "rows"):
            warehouse.connection.execute((QUERIES / f"{name}.sql").read_text(encoding="utf-8"))
    with DuckDBWarehouse.open(path, read_only=True, threads=2) as warehouse:
        yield warehouse


def measure(folder: Path, rows: int, profiles: int) -> dict[str, float]:
    """Return the seconds of each step."""
    everyone = statement("duckdb", "relation.rows", relation=Sql("main.profiles"))
    first, second = (folder / f"{name}.parquet" for name in ("first", "second"))

    def note(known: list[Path], path: Path) -> object:
        values = {"key": "profile_id", "select": everyone, "paths": known}
        return warehouse.save_parquet(path, "exchange.new_exported", **values)

    with filled(folder, rows, profiles) as warehouse:
        return {
            "count of all who were imported": _seconds(lambda: count_imported(warehouse)),
            "export: all are new": _seconds(lambda: note([], first)),
            "export: all are known": _seconds(lambda: note([first], second)),
            "count of all who were exported": _seconds(
                lambda: warehouse.value("exchange.count_exported", paths=[first])
            ),
        }


def _seconds(step: Callable[[], object]) -> float:
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


def main() -> None:
    """Measure, and print a line per step."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exchange", description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000, help="rows of the ledger")
    parser.add_argument("--profiles", type=int, default=5_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for step, seconds in measure(Path(folder), options.rows, options.profiles).items():
            print(f"{step:<34}{seconds:>6.2f} s")


if __name__ == "__main__":
    main()
