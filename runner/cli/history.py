"""`runner history`."""

import sys
from pathlib import Path

import click

from runner.cli.options import handled


@click.command(epilog="Example: runner history 20261124T06 --json")
@click.argument("build", required=False)
@click.option("--limit", type=click.IntRange(min=1), default=20, help="Builds to list; 20.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option(
    "--project-dir",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    envvar="RUNNER_PROJECT_DIR",
    help="Folder of the project.",
)
@handled
def command(build: str | None, limit: int, as_json: bool, project_dir: Path) -> None:
    """Show past builds, and what the one that runs does now; or all of BUILD.

    Works at any moment, also while a build runs.
    """
    from runner.errors import UsageError
    from runner.history.history import History
    from runner.report.history import show_build, show_builds
    from runner.report.json_value import as_json as written
    from runner.report.terminal import open_console

    path = project_dir / "target" / "history.db"
    if not path.exists():
        raise UsageError(f"{path}: no build yet")
    console = open_console(sys.stdout)
    with History(path) as history:
        if build is None:
            builds = [
                (record, history.progress(record.build_id)) for record in history.builds(limit)
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
