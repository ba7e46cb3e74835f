"""`runner undo`."""

from pathlib import Path

import click

from runner.cli.options import handled, log_options, project_options, workspace_of


@click.command(epilog="Example: runner undo out/orders_3.csv --dry-run")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--goal", metavar="NAME", help="Of this goal, or connection, alone.")
@click.option("--dry-run", is_flag=True, help="Tell what would be taken out, and end.")
@click.option(
    "--allow-missing",
    is_flag=True,
    help="Go on without files of which no staged copy is left.",
)
@click.option("--wait", is_flag=True, help="Wait while another build holds the warehouse.")
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
    log_format: str,
    log_file: Path | None,
    quiet: bool,
    no_use_colors: bool,
) -> int:
    """Take imported files out again: the warehouse becomes as if they had never come.

    A FILE is its path on the server, or its name where one file alone has it; all goals that
    imported it let go of it. What was imported beside it is replayed from the staged files, then
    models and tests run, and all is published at once. Nothing new is imported, nothing is sent.
    The file is not imported again unless its content changes, or `runner redo` takes it back.
    """
    from runner.cli.building import Shown, build_in
    from runner.orchestrate.options import BuildOptions
    from runner.orchestrate.undo import plan_undo
    from runner.report.undo import show_undo

    workspace = workspace_of(project_dir, target, variables)
    undo = plan_undo(workspace, files, goal)
    if dry_run or not (quiet or log_format == "json"):
        click.echo(show_undo(undo, dry_run))
    if dry_run:
        return 0
    options = BuildOptions(
        full_refresh=True,
        undo=undo.keys,
        allow_missing=allow_missing,
        wait=wait,
        command=f"runner undo {' '.join(files)}",
    )
    shown = Shown(log_format, log_file, quiet, not no_use_colors)
    return build_in(workspace, project_dir, options, shown)
