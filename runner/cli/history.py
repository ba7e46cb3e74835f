"""`runner history`."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from runner.cli.options import handled, project_options, readable_workspace_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from runner.history import BuildRecord
    from runner.history.history import History


@click.command(epilog="Example: runner history 20261124T06 --json")
@click.argument("build", required=False)
@click.option("--limit", type=click.IntRange(min=1), default=20, help="Builds to list; 20.")
@click.option(
    "--exchange",
    is_flag=True,
    help="Count the unique profiles that each connection imported and exported, over all time.",
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
    """Show past builds, and what a running build does now; or the details of BUILD.

    Works also while a build runs. BUILD may be the unique beginning of an id.
    """
    from runner.errors import UsageError
    from runner.history.history import History

    if exchange:
        if build is not None:
            raise UsageError("--exchange counts over all builds: name no build")
        _show_exchange(project_dir, target, variables, as_json)
        return
    path = project_dir / "target" / "history.db"
    if not path.exists():
        raise UsageError(f"{path}: no build yet")
    with History(path) as history:
        if build is None:
            _show_builds(history, project_dir, limit, target, as_json)
        else:
            _show_build(history, project_dir, build, as_json)


def _show_builds(
    history: "History", project_dir: Path, limit: int, target: str | None, as_json: bool
) -> None:
    from runner.report.history import show_builds
    from runner.report.json_value import as_json as written
    from runner.report.terminal import open_console

    builds = [
        (record, history.progress(record.build_id) if record.status == "running" else None)
        for record in _with_ends(project_dir, history.builds(limit, target))
    ]
    if as_json:
        click.echo(written([{**vars(record), "progress": now} for record, now in builds]))
    else:
        show_builds(open_console(sys.stdout), builds)


def _show_build(history: "History", project_dir: Path, build: str, as_json: bool) -> None:
    from runner.report.history import show_build
    from runner.report.json_value import as_json as written
    from runner.report.terminal import open_console

    found = history.build(history.full_id(build))
    assert found is not None
    (record,) = _with_ends(project_dir, (found.build,))
    found = replace(found, build=record)
    if as_json:
        click.echo(written(found))
    else:
        now = history.progress(record.build_id) if record.status == "running" else None
        show_build(open_console(sys.stdout), found, now)


def _with_ends(project_dir: Path, builds: "tuple[BuildRecord, ...]") -> "Iterable[BuildRecord]":
    """Return the builds, those that were killed as errors; only that needs the project."""
    if all(build.status != "running" for build in builds):
        return builds
    from runner.inspect.running_builds import with_ends

    return with_ends(project_dir, builds)


def _show_exchange(
    project_dir: Path, target: str | None, variables: str | None, as_json: bool
) -> None:
    from runner.exports.exchange import count_exchange
    from runner.report.history import show_exchange
    from runner.report.json_value import as_json as written
    from runner.report.terminal import open_console

    counts = count_exchange(readable_workspace_of(project_dir, target, variables))
    if as_json:
        click.echo(written(counts))
    else:
        show_exchange(open_console(sys.stdout), counts)
