"""What telephone numbers cost: the library asks once per distinct value, the engine calls for each.

    python -m benchmarks.telephone

Prints seconds of processor for a million values of a hundred thousand numbers, and of one.
"""

import tempfile
import time
from pathlib import Path

from runner.engine.duckdb.session import DuckDBSession
from runner.model import Model
from runner.sql.quoting import Sql

VALUES = 1_000_000
DISTINCT = (1, 100_000)


def main() -> None:
    """Print the seconds for each number of distinct values."""
    for distinct in DISTINCT:
        with (
            tempfile.TemporaryDirectory() as folder,
            DuckDBSession.open(Path(folder) / "telephone.duckdb") as session,
        ):
            session.connection.execute(
                "create table numbers as select '06-' || printf('%08d', 12345678 + i % ?) as phone"
                " from range(?) as numbered(i)",
                [distinct, VALUES],
            )
            call = "select count(telephone_number(phone, '31')) from numbers"
            started = time.process_time()
            session.read(Model("numbers", call, Sql("numbers"), "read", ""))
            seconds = time.process_time() - started
            print(f"{VALUES:,} values, {distinct:,} distinct: {seconds:.1f} s")


if __name__ == "__main__":
    main()
