"""The job of the benchmark's project, written by hand as plain SQL of DuckDB: the yardstick.

It imports the webshop's files and exports one segment, as `benchmarks/project` does, and nothing
else: no other goal, no check, no message, no restart. Both end in the same profiles.
"""

import argparse
import time
from pathlib import Path

import duckdb

QUERIES = Path(__file__).with_name("by_hand")
MEMORY = "4GB"
THREADS = 2
"""As many as the benchmark's project gives to a build."""


def run(landing: Path, database: Path) -> float:
    """Import the files of a folder into a database, and export; return the seconds it took."""
    start = time.perf_counter()
    with duckdb.connect(database, config={"threads": THREADS, "memory_limit": MEMORY}) as engine:
        engine.execute("set timezone = 'UTC'")
        engine.execute("set variable landing = ?", [str(landing)])
        for name in ("tables", "import", "export"):
            script = (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
            engine.execute(script.replace("EXPORT", str(database.with_suffix(".csv"))))
    return time.perf_counter() - start


def differences(database: Path, warehouse: Path) -> int:
    """Return how many profiles of a database and a warehouse of runner are in one of them alone."""
    query = (QUERIES / "differences.sql").read_text(encoding="utf-8")
    with duckdb.connect(database, read_only=True) as engine:
        engine.execute(f"attach '{warehouse}' as warehouse (read_only)")
        row = engine.execute(query).fetchone()
    assert row is not None
    return int(row[0])


def main() -> None:
    """Print the seconds for a folder of files that `generate` wrote."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.by_hand", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("database", type=Path, help="made where it is not there; else a repeat")
    given = parser.parse_args()
    print(f"{run(given.folder, given.database):.2f} s")


if __name__ == "__main__":
    main()
