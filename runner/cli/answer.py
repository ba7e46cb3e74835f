"""Rows of an answer, written as table, csv or json."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from runner.file_mode import FILE_MODE

if TYPE_CHECKING:
    from runner.inspect.query import Answer

SHOWN = 100
"""Rows that a terminal gets without --limit."""


def rows_shown(limit: int | None, output: str, output_file: Path | None) -> int | None:
    """Return how many rows are asked for; None for all of them."""
    return SHOWN if limit is None and output == "table" and output_file is None else limit


def note_more_rows(answer: "Answer", limit: int | None, shown: int | None, options: str) -> None:
    """Write that there may be more rows than a terminal gets, and which options show them."""
    if limit is None and shown == len(answer.rows):
        click.echo(f"the first {shown} rows; {options}", err=True)


def write_rows(answer: "Answer", output: str, output_file: Path | None = None) -> None:
    """Write rows to a file, or to standard output."""
    if output_file is None:
        _write(answer, output, sys.stdout)
        return
    is_new = not output_file.exists()
    with output_file.open("w", encoding="utf-8", newline="") as stream:
        _write(answer, output, stream)
    if is_new:
        FILE_MODE.share(output_file)


def _write(answer: "Answer", output: str, stream: TextIO) -> None:
    from runner.report.rows import write_csv, write_json
    from runner.report.table import show_table
    from runner.report.terminal import open_console

    if output == "csv":
        write_csv(stream, answer.columns, answer.rows)
    elif output == "json":
        write_json(stream, answer.columns, answer.rows)
    else:
        show_table(open_console(stream), answer.columns, answer.rows)
