"""`runner identity`."""

import sys
from pathlib import Path

import click

from runner.cli.options import handled, project_options, readable_workspace_of


@click.command(epilog="Example: runner identity --limit 20")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="Maximum number of profiles and of shared values.",
)
@click.option("--group-type", metavar="NAME", default="", help="Show groups of this type.")
@click.option("--show-pii", is_flag=True, help="Show personal data as it is, not as its shape.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
@click.option("--no-use-colors", is_flag=True, help="Plain text.")
@project_options
@handled
def command(
    limit: int,
    group_type: str,
    show_pii: bool,
    as_json: bool,
    no_use_colors: bool,
    project_dir: Path,
    target: str | None,
    variables: str | None,
) -> None:
    """Show which identifiers link profiles, and the profiles with the most values.

    Also shows how many profiles were merged into others, how many rows are in conflict, and the
    values that several profiles share where a property has `max_matches`. Reads the published
    warehouse, also while a build runs.
    """
    from runner.inspect.identity import read_identity
    from runner.report.identity import identity_json, show_identity
    from runner.report.terminal import open_console

    workspace = readable_workspace_of(project_dir, target, variables)
    found = read_identity(workspace, limit, group_type, show_pii)
    if as_json:
        click.echo(identity_json(found))
    else:
        show_identity(open_console(sys.stdout, not no_use_colors), found)
