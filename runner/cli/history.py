"""`runner history`."""

import sys
from pathlib import Path

import click

from runner.cli.options import handled, project_options, workspace_of


@click.command(epilog="Example: runner history 20261124T06 --json")
@click.argument("build", required=False)
@click.option("--limit", type=click.IntRange(min=1), default=20, help="Builds to list; 20.")
@click.option(
    "--exchange",
    is_flag=True,
    help="Unique profiles imported and exported by each connection, over all time.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@project_options
@handled
def command(
    build: str | None,
    limit: int,
    exchange: bool,
    as_json: bool,
    project_dir: Path,
    target: str | None,
    variables: str | None,
) -> None:
    """Show past builds, and what the one that runs does now; or all of BUILD.

    Works at any moment, also while a build runs.
    """
    from runner.errors import UsageError
    from runner.history.history import History
    from runner.report.history import show_build, show_builds
    from runner.report.json_value import as_json as written
    from runner.report.terminal import open_console

    if exchange:
        if build is not None:
            raise UsageError("--exchange counts over all builds; leave out the build")
        _show_exchange(project_dir, target, variables, as_json)
        return
    path = project_dir / "target" / "history.db"
    if not path.exists():
        raise UsageError(f"{path}: no build yet")
    console = open_console(sys.stdout)
    with History(path) as history:
        if build is None:
            builds = [
                (record, history.progress(record.build_id))
                for record in history.builds(limit, target)
            ]
            if as_json:
                told = [{**vars(record), "progress": progress} for record, progress in builds]
                click.echo(written(told))
            else:
                show_builds(console, builds)
            return
        found = history.build(history.full_id(build))
        assert found is not None
        if as_json:
            click.echo(written(found))
        else:
            show_build(console, found, history.progress(found.build.build_id))


def _show_exchange(
    project_dir: Path, target: str | None, variables: str | None, as_json: bool
) -> None:
    from runner.exports.exchange import count_exchange
    from runner.report.history import show_exchange
    from runner.report.json_value import as_json as written
    from runner.report.terminal import open_console

    counts = count_exchange(workspace_of(project_dir, target, variables))
    if as_json:
        click.echo(written(counts))
    else:
        show_exchange(open_console(sys.stdout), counts)
