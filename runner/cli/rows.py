"""Rows of an answer, written as table, csv or json."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from runner.build.query import Answer


def write_rows(answer: "Answer", output: str, output_file: Path | None = None) -> None:
    """Write rows to a file, or to standard output."""
    if output_file is None:
        _write(answer, output, sys.stdout)
        return
    with output_file.open("w", encoding="utf-8", newline="") as stream:
        _write(answer, output, stream)


def _write(answer: "Answer", output: str, stream: TextIO) -> None:
    from runner.report.csv_rows import write_csv
    from runner.report.json_rows import write_json
    from runner.report.table import show_table
    from runner.report.terminal import open_console

    if output == "csv":
        write_csv(stream, answer.columns, answer.rows)
    elif output == "json":
        write_json(stream, answer.columns, answer.rows)
    else:
        show_table(open_console(stream), answer.columns, answer.rows)
