"""Times the floor of an import: DuckDB reads all columns as text and hashes each line."""

import argparse
import time
from pathlib import Path

import duckdb

from benchmarks.generate import SEPARATORS

QUERY = Path(__file__).with_name("floor.sql")
THREADS = 2
"""As many as the benchmark's project gives to a build."""


def seconds(folder: Path, attempts: int = 3) -> float:
    """Return how long the files in `folder` take, the best of some attempts."""
    return min(_attempt(folder) for _ in range(attempts))


def _attempt(folder: Path) -> float:
    query = QUERY.read_text(encoding="utf-8")
    with duckdb.connect(config={"threads": THREADS}) as connection:
        start = time.perf_counter()
        for name, separator in SEPARATORS.items():
            connection.execute("set variable path = ?", [str(folder / f"{name}.csv")])
            connection.execute("set variable separator = ?", [separator])
            connection.execute(query).fetchall()
        return time.perf_counter() - start


def main() -> None:
    """Print the seconds for a folder of files that `generate` wrote."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.floor", description=__doc__)
    parser.add_argument("folder", type=Path)
    print(f"{seconds(parser.parse_args().folder):.2f} s")


if __name__ == "__main__":
    main()
