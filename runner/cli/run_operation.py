"""`runner run-operation`."""

from pathlib import Path

import click

from runner.cli.options import handled, project_options, workspace_of


@click.command(
    "run-operation", epilog="Example: runner run-operation columns_of --args '{name: vip}'"
)
@click.argument("macro")
@click.option("--args", "arguments", metavar="YAML", help="Its arguments, as '{name: vip}'.")
@project_options
@handled
def command(
    macro: str,
    arguments: str | None,
    project_dir: Path,
    target: str | None,
    variables: str | None,
) -> None:
    """Call a macro of the project; what it gives to log() or print() is shown.

    run_query() in it reads the published warehouse, as `runner query` does; nothing is changed.
    """
    from runner.definitions.document import read_variables
    from runner.inspect.operation import run_operation

    workspace = workspace_of(project_dir, target, variables)
    run_operation(workspace, macro, read_variables(arguments, "--args"), click.echo)
