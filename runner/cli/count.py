"""`runner count`."""

import sys
from pathlib import Path

import click

from runner.cli.options import handled, project_options, workspace_of


@click.command(epilog="Example: runner count callcentre.vip")
@click.argument("selectors", nargs=-1, metavar="[SELECTOR]...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
@click.option("--no-use-colors", is_flag=True, help="Plain text.")
@project_options
@handled
def command(
    project_dir: Path,
    target: str | None,
    variables: str | None,
    selectors: tuple[str, ...],
    as_json: bool,
    no_use_colors: bool,
) -> int:
    """Count the members of each export goal, and how many a build would send.

    A SELECTOR is the name of a goal, goal:, connection: or tag:; without one, all export goals
    are counted, on the published warehouse. Shows why members are not exported and, for an
    export of changes, how many were added, changed and removed since the last export. Nothing
    is sent. Ends with 1 where a goal cannot be counted.
    """
    from runner.inspect.export_count import count_exports
    from runner.report.export_count import count_json, show_counts
    from runner.report.terminal import open_console

    counts = count_exports(workspace_of(project_dir, target, variables), selectors)
    if as_json:
        click.echo(count_json(counts))
    else:
        show_counts(open_console(sys.stdout, not no_use_colors), counts)
    return max((count.error.exit_code for count in counts if count.error), default=0)
