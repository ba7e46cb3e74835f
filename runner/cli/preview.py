"""`runner preview`."""

import sys
from pathlib import Path

import click

from runner.cli.options import handled, project_options, workspace_of


@click.command(epilog="Example: runner preview webshop.orders --rows 3 --show values")
@click.argument("goal", metavar="GOAL")
@click.option(
    "--rows", type=click.IntRange(min=1), default=5, show_default=True, help="Rows to show."
)
@click.option(
    "--show",
    "parts",
    type=click.Choice(["files", "rows", "values"]),
    multiple=True,
    help="For an import: only lines of files, joined rows or typed values; all by default.",
)
@click.option("--file", metavar="NAME", help="Main file to show, by name or glob.")
@click.option("--show-pii", is_flag=True, help="Show personal data as it is, not as its shape.")
@click.option("--no-use-colors", is_flag=True, help="Plain text.")
@project_options
@handled
def command(
    project_dir: Path,
    target: str | None,
    variables: str | None,
    goal: str,
    rows: int,
    parts: tuple[str, ...],
    file: str | None,
    show_pii: bool,
    no_use_colors: bool,
) -> None:
    """Show the first rows of a goal's files and of the joined row.

    GOAL is connection.goal, or the goal's name where it is unique. For an import, shows the first
    lines of each file; the joined rows, and which of them a step filters; the typed value of each
    property beside its text; and whether the values of the first 1,000 lines fit the formats. For
    an export, shows the first rows from the published warehouse. Changes nothing: files are
    fetched into target/staging, where the next build finds them.
    """
    from runner.inspect.import_preview import ImportPreview
    from runner.inspect.preview import preview
    from runner.report.console import ConsoleReporter
    from runner.report.preview import PARTS, show_export_preview, show_import_preview
    from runner.report.terminal import open_console

    workspace = workspace_of(project_dir, target, variables)
    with ConsoleReporter(open_console(sys.stderr, not no_use_colors)) as reporter:
        found = preview(workspace, goal, rows, file, show_pii, reporter)
    console = open_console(sys.stdout, not no_use_colors)
    if isinstance(found, ImportPreview):
        show_import_preview(console, found, parts or PARTS)
    else:
        show_export_preview(console, found)
