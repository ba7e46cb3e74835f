"""`runner scan`."""

import sys
from pathlib import Path

import click

from runner.cli.options import handled, line_reader, project_options, workspace_of


@click.command(epilog="Example: runner scan webshop.orders --rows 5000")
@click.argument("selectors", nargs=-1, metavar="[SELECTOR]...")
@click.option(
    "--rows",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    help="Lines per file whose keys are looked up in the files joined to it.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
@click.option("--no-use-colors", is_flag=True, help="Plain text.")
@project_options
@handled
def command(
    project_dir: Path,
    target: str | None,
    variables: str | None,
    selectors: tuple[str, ...],
    rows: int,
    as_json: bool,
    no_use_colors: bool,
) -> int:
    """Show the files that each goal would take, and how they are joined.

    A SELECTOR is the name of a goal, goal:, connection: or tag:; without one, all goals are
    scanned. Changes nothing: files are fetched into target/staging, where the next build finds
    them. Ends with 2 when a definition is wrong, such as a column that a file lacks, and with 4
    when a connection could not be reached.
    """
    from runner.inspect.scan import scan
    from runner.report.console import ConsoleReporter
    from runner.report.scan import scan_json, show_scan
    from runner.report.terminal import open_console

    workspace = workspace_of(project_dir, target, variables)
    with ConsoleReporter(open_console(sys.stderr, not no_use_colors), as_json) as reporter:
        found = scan(workspace, selectors, rows, reporter)
    if as_json:
        click.echo(scan_json(found))
    else:
        show_scan(open_console(sys.stdout, not no_use_colors), found, line_reader(project_dir))
    return found.exit_code
