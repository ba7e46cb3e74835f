"""`runner profile`."""

import sys
from pathlib import Path

import click

from runner.cli.options import handled, project_options, workspace_of


@click.command(epilog="Example: runner profile email=an@acme.example --explain")
@click.argument("pairs", nargs=-1, required=True, metavar="PROPERTY=VALUE...")
@click.option("--explain", is_flag=True, help="Which goal, file, line, build it came from.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--show-pii", is_flag=True, help="Show personal data as it is, not as its shape.")
@project_options
@handled
def command(
    pairs: tuple[str, ...],
    explain: bool,
    as_json: bool,
    show_pii: bool,
    project_dir: Path,
    target: str | None,
    variables: str | None,
) -> int:
    """Show one customer: properties, segments, identifiers, timeline, and where they came from.

    PROPERTY=VALUE can be the id of a profile alone; that of one which was merged into another
    shows the other. Reads the last published warehouse, also while a build runs.
    """
    from runner.cli.rows import write_rows
    from runner.inspect.profile import find_profiles
    from runner.inspect.query import Answer
    from runner.report.profile import show_profile
    from runner.report.terminal import open_console
    from runner.report.timeline import event_value

    found = find_profiles(workspace_of(project_dir, target, variables), pairs, show_pii)
    if not found:
        click.echo("no profile fits", err=True)
        return 1
    if as_json:
        names = (name for name, _ in found[0].values)
        columns = (*names, "aliases", "segments", "timeline", "consent")
        rows = tuple(
            (
                *(value for _, value in one.values),
                list(one.aliases),
                list(one.segments),
                [event_value(event) for event in one.events],
                {objective: consented for objective, consented, *_ in one.consents},
            )
            for one in found
        )
        write_rows(Answer(columns, rows), "json")
        return 0
    console = open_console(sys.stdout)
    for one in found:
        show_profile(console, one, explain)
    return 0
