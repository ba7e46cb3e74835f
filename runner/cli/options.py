"""Options that several commands share, and how a command meets an error."""

import functools
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import click

from runner.cli import completed_names

if TYPE_CHECKING:
    from runner.errors import RunnerError
    from runner.workspace.workspace import Workspace

Parameters = ParamSpec("Parameters")
Command = Callable[..., Any]


def project_options(command: Command) -> Command:
    """Add --project-dir, --target and --vars."""
    for option in (
        click.option(
            "--vars", "variables", metavar="YAML", help="Variables, as '{vip_threshold: 500}'."
        ),
        click.option(
            "-t",
            "--target",
            metavar="NAME",
            help="Target of runner_project.yml.",
            shell_complete=completed_names.targets,
        ),
        click.option(
            "--project-dir",
            type=click.Path(file_okay=False, path_type=Path),
            default=Path(),
            envvar="RUNNER_PROJECT_DIR",
            help="Folder of the project.",
        ),
    ):
        command = option(command)
    return command


def person_options(command: Command) -> Command:
    """Add the persons: IDENTIFIER=VALUE..., --file; and --wait."""
    for option in (
        click.option("--wait", is_flag=True, help="Wait until a running build has ended."),
        click.option(
            "--file",
            type=click.Path(dir_okay=False, path_type=Path),
            help="A CSV file with a header of identifiers, one person per line.",
        ),
        click.argument("pairs", nargs=-1, metavar="[IDENTIFIER=VALUE]..."),
    ):
        command = option(command)
    return command


def output_options(*formats: str) -> Callable[[Command], Command]:
    """Return what adds --output, with the formats of rows, --output-file and --limit."""

    def add(command: Command) -> Command:
        needs = "; parquet needs one" if "parquet" in formats else ""
        for option in (
            click.option(
                "--limit", type=click.IntRange(min=0), help="Maximum number of rows.  [table: 100]"
            ),
            click.option(
                "--output-file",
                type=click.Path(dir_okay=False, path_type=Path),
                help=f"Write to a file{needs}.",
            ),
            click.option(
                "-o",
                "--output",
                type=click.Choice(formats),
                default="table",
                help="How rows are written.",
            ),
        ):
            command = option(command)
        return command

    return add


def selection_options(command: Command) -> Command:
    """Add --select, --exclude and --selector."""
    command = click.option(
        "--selector",
        metavar="NAME",
        help="A selector of selectors.yml, instead of --select and --exclude.",
        shell_complete=completed_names.selectors,
    )(command)
    command = click.option(
        "--exclude",
        multiple=True,
        metavar="SELECTOR",
        help="Nodes to leave out.",
        shell_complete=completed_names.nodes,
    )(command)
    return click.option(
        "-s",
        "--select",
        multiple=True,
        metavar="SELECTOR",
        shell_complete=completed_names.nodes,
        help="Nodes to take: a name, tag:, connection:, goal:, path:, config.KEY:, state:, result:;"
        " `+` before or after takes what is above or below too.",
    )(command)


def state_option(command: Command) -> Command:
    """Add --state."""
    return click.option(
        "--state",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="FOLDER",
        help="Folder with the run_results.json that `result:` selects by.  [target]",
    )(command)


def build_options(command: Command) -> Command:
    """Add how models and goals are run: --full-refresh, --threads, --fail-fast and others.

    The names of their values are those of `BuildOptions`.
    """
    wait = click.option("--wait", is_flag=True, help="Wait until another build has ended.")
    return run_options(wait(command))


def run_options(command: Command) -> Command:
    """Add the options of a build but --wait."""
    for option in (
        click.option(
            "--allow-large-change",
            is_flag=True,
            help="Allow goals to change more than their max_change.",
        ),
        click.option(
            "--replace-files",
            is_flag=True,
            help="Let exports replace files on the server that others wrote or changed.",
        ),
        click.option("--fail-fast", "-x", is_flag=True, help="Stop at the first failure."),
        click.option("--threads", type=click.IntRange(min=1), help="Threads of the engine."),
        click.option(
            "--allow-missing",
            is_flag=True,
            help="Go on without files that have no staged copy.",
        ),
        click.option(
            "--full-refresh", is_flag=True, help="Rebuild the warehouse from the staged files."
        ),
    ):
        command = option(command)
    return command


def connection_option(command: Command) -> Command:
    """Add --connection."""
    return click.option(
        "--connection",
        "connections",
        multiple=True,
        metavar="NAME",
        help="Run the goals of this connection only.",
    )(command)


def handled(command: Callable[Parameters, int | None]) -> Callable[Parameters, None]:
    """End a command with its exit code, and show its error."""

    @functools.wraps(command)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        from runner.errors import RunnerError, disk_error

        try:
            code = command(*args, **_selected(kwargs))
        except RunnerError as error:
            code = _show(error, kwargs)
        except BrokenPipeError:
            sys.stderr.close()
            code = 0
        except OSError as error:
            code = _show(disk_error(error), kwargs)
        raise SystemExit(code or 0)

    return run


def _selected(options: dict[str, Any]) -> dict[str, Any]:
    """Return options of a command with --selector as what it selects."""
    from runner.errors import UsageError

    name = options.pop("selector", None)
    if not name:
        return options
    if options["select"] or options["exclude"]:
        raise UsageError("--selector stands alone: leave out --select and --exclude")
    return {**options, "select": (f"selector:{name}",)}


def _show(error: "RunnerError", options: Mapping[str, Any]) -> int:
    from runner.report.errors import show_error
    from runner.report.terminal import open_console

    folder = Path(str(options.get("project_dir") or "."))
    show_error(open_console(sys.stderr), error, line_reader(folder))
    return error.exit_code


def line_reader(folder: Path) -> Callable[[str, int], str | None]:
    """Return what reads a line of a project's file, shown under a message."""

    def read_line(file: str, line: int) -> str | None:
        if file.endswith(".csv"):  # Decisions about identities: personal data.
            return None
        try:
            lines = (folder / file).read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError):
            return None
        return lines[line - 1] if 0 < line <= len(lines) else None

    return read_line


def readable_workspace_of(
    project_dir: Path, target: str | None, variables: str | None
) -> "Workspace":
    """Open the project that the options name for questions, whatever mistakes it has."""
    from runner.definitions.document import read_variables
    from runner.workspace.private_files import make_files_private
    from runner.workspace.workspace import open_to_read

    workspace = open_to_read(project_dir, target, read_variables(variables))
    make_files_private(workspace)
    return workspace


def workspace_of(
    project_dir: Path, target: str | None, variables: str | None, leaves_broken: bool = False
) -> "Workspace":
    """Open the project that the options name; with `leaves_broken`, as far as it is right."""
    from runner.definitions.document import read_variables
    from runner.workspace.private_files import make_files_private
    from runner.workspace.workspace import open_workspace

    read = read_variables(variables)
    workspace = open_workspace(project_dir, target, read, leaves_broken=leaves_broken)
    make_files_private(workspace)
    return workspace
