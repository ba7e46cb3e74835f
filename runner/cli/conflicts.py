"""`runner conflicts`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from runner.cli.options import (
    handled,
    output_options,
    project_options,
    readable_workspace_of,
    selection_options,
)

if TYPE_CHECKING:
    from runner.inspect.query import Answer

SHORT = 8
"""Digits of a profile's id behind a value."""


@click.command(epilog="Example: runner conflicts --select webshop.orders --output json")
@output_options("table", "csv", "json")
@click.option("--show-pii", is_flag=True, help="Show personal data as it is, not as its shape.")
@selection_options
@project_options
@handled
def command(
    output: str,
    output_file: Path | None,
    limit: int | None,
    show_pii: bool,
    select: tuple[str, ...],
    exclude: tuple[str, ...],
    project_dir: Path,
    target: str | None,
    variables: str | None,
) -> None:
    """List the rows that match several profiles and were applied to none of them.

    Shows the identifiers of each row, and the profile that each identifier finds. Decide with a
    line in models/identity/decisions.csv: `merge` or `separate`.
    """
    from runner.cli.answer import note_more_rows, rows_shown, write_rows
    from runner.inspect.conflicts import list_conflicts

    shown = rows_shown(limit, output, output_file)
    workspace = readable_workspace_of(project_dir, target, variables)
    answer = list_conflicts(workspace, select, exclude, shown, show_pii)
    write_rows(answer if output == "json" else _as_text(answer), output, output_file)
    note_more_rows(answer, limit, shown, "--limit shows more")


def _as_text(answer: "Answer") -> "Answer":
    """Return the rows with a text for identifiers and profiles: `email=an@x.nl (3f2a91c0)`."""
    from runner.inspect.query import Answer

    return Answer(
        answer.columns,
        tuple(
            (*row[:3], ", ".join(map(_identifier, row[3])), " ".join(row[4]), *row[5:])
            for row in answer.rows
        ),
    )


def _identifier(found: dict[str, str | None]) -> str:
    profile = found["profile_id"]
    owner = f" ({profile[:SHORT]})" if profile else " (nobody)"
    return f"{found['identifier']}={found['value']}{owner}"
