"""SQL of the page runs as `runner query`, in a process of its own.

It has the same locked engine (B8), is ended when it takes too long, and cannot end the server.
"""

import csv
import io
import subprocess
from dataclasses import dataclass

from runner.web.actions import command_line
from runner.web.served import Served

MOST_ROWS = 1_000
"""Rows of an answer that are shown."""
PATIENCE = 60.0
"""Seconds that a query may take."""


@dataclass(frozen=True)
class QueryAnswer:
    """Rows as text; or what is wrong with the SQL."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    fault: str = ""


def run_query(served: Served, sql: str) -> QueryAnswer:
    """Run SQL on the published warehouse; `ref()` and `source()` work in it."""
    limit = str(MOST_ROWS)
    try:
        ended = subprocess.run(  # noqa: S603
            command_line(served, "query", "--output", "csv", "--limit", limit),
            input=sql,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return QueryAnswer(fault=f"the query took longer than {PATIENCE:.0f} seconds and was ended")
    if ended.returncode:
        return QueryAnswer(fault=ended.stderr.strip() or "the query ended without an answer")
    lines = list(csv.reader(io.StringIO(ended.stdout)))
    if not lines:
        return QueryAnswer()
    return QueryAnswer(tuple(lines[0]), tuple(tuple(line) for line in lines[1:]))
