"""`runner undo`."""

from pathlib import Path

import click

from runner.cli.log_options import LogOptions, log_options
from runner.cli.options import handled, project_options, workspace_of
from runner.cli.typed_command import typed_command


@click.command(epilog="Example: runner undo out/orders_3.csv --dry-run")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--goal", metavar="NAME", help="Only for this goal, or the goals of this connection.")
@click.option("--dry-run", is_flag=True, help="Show what would be undone, and end.")
@click.option(
    "--allow-missing",
    is_flag=True,
    help="Go on without files that have no staged copy.",
)
@click.option("--wait", is_flag=True, help="Wait until another build has ended.")
@project_options
@log_options
@handled
def command(
    files: tuple[str, ...],
    goal: str | None,
    dry_run: bool,
    allow_missing: bool,
    wait: bool,
    project_dir: Path,
    target: str | None,
    variables: str | None,
    reporting: LogOptions,
) -> int:
    """Undo the import of files: the warehouse becomes as if they had never come.

    FILE is a path on the server, or a unique file name. All other files are imported again from
    their staged copies, models and tests run, and the result is published at once. No new file is
    imported, and nothing is sent. Later builds skip the file, unless its content changes or
    `runner redo` lets it in.
    """
    from runner.cli.reported_build import build_workspace
    from runner.orchestrate.options import BuildOptions
    from runner.orchestrate.undo import plan_undo
    from runner.report.undo import show_undo

    workspace = workspace_of(project_dir, target, variables)
    undo = plan_undo(workspace, files, goal)
    if dry_run or not (reporting.quiet or reporting.log_format == "json"):
        click.echo(show_undo(undo, dry_run))
    if dry_run:
        return 0
    options = BuildOptions(
        full_refresh=True,
        undo=undo.keys,
        allow_missing=allow_missing,
        wait=wait,
        command=typed_command(),
    )
    return build_workspace(workspace, project_dir, options, reporting)
