"""`runner debug`."""

import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from runner.cli.options import handled, line_reader, project_options, workspace_of

if TYPE_CHECKING:
    from runner.workspace.workspace import Workspace


@click.command(epilog="Example: runner debug webshop --target sftp")
@click.argument("connections", nargs=-1, metavar="[CONNECTION]...")
@click.option("--no-use-colors", is_flag=True, help="Plain text.")
@project_options
@handled
def command(
    project_dir: Path,
    target: str | None,
    variables: str | None,
    connections: tuple[str, ...],
    no_use_colors: bool,
) -> int:
    """Test each connection: reachable, host key, login, directories, keys.

    For each connection that is enabled, or named: lists the directories of its goals, and writes
    and removes an empty file where a build writes or renames. Opens the keys of encrypted files,
    and encrypts a file. Ends with 4 when a step failed, and shows what to do.
    """
    from runner.report.connection_check import show_checks, show_facts
    from runner.report.terminal import open_console

    console = open_console(sys.stdout, not no_use_colors)
    versions = [
        ("runner", _version("runner")),
        ("python", platform.python_version()),
        ("duckdb", _version("duckdb")),
    ]
    show_facts(console, versions)
    workspace = workspace_of(project_dir, target, variables)
    engine, engine_code = _engine(workspace)
    show_facts(console, [*_facts(workspace), ("engine", engine)])
    from runner.workspace.connection_check import check_connections

    checks = check_connections(workspace, connections)
    show_checks(console, checks, line_reader(project_dir))
    return max((engine_code, *(check.exit_code for check in checks)))


def _facts(workspace: "Workspace") -> list[tuple[str, str]]:
    """Return what the project and its target are."""
    from runner.report.quantities import size

    store = workspace.store
    stored = size(store.size) if store.is_published else "not yet"
    return [
        ("project", f"{workspace.project.file.name}, {workspace.project.root}"),
        ("target", f"{workspace.target_name} ({workspace.target.engine})"),
        ("warehouse", f"{workspace.warehouse} ({stored})"),
    ]


def _engine(workspace: "Workspace") -> tuple[str, int]:
    """Return what runs the SQL and whether it can write, and the exit code where it cannot."""
    from runner.errors import RunnerError

    try:
        return f"{workspace.store.check_writable()}, writes to the warehouse", 0
    except RunnerError as error:
        return error.message, error.exit_code


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "run from its source, not installed"
