"""`runner compile`."""

from pathlib import Path

import click

from runner.cli.options import handled, project_options, workspace_of


@click.command(epilog="Example: runner compile --target prod")
@project_options
@handled
def command(project_dir: Path, target: str | None, variables: str | None) -> None:
    """Write the SQL of all models to target/compiled.

    Works offline. The columns of a goal's files are those of the last build or scan.
    """
    from runner.errors import counted
    from runner.orchestrate.compilation import compile_all

    workspace = workspace_of(project_dir, target, variables)
    compilation = compile_all(workspace)
    for message in workspace.library.logged:
        click.echo(message, err=True)
    click.echo(f"{counted(len(compilation.models), 'model is', 'models are')} in target/compiled")
    for warning in compilation.warnings:
        click.echo(f"warning: {warning}", err=True)
    if compilation.unknown:
        goals = ", ".join(compilation.unknown)
        click.echo(f"columns are not known yet, `runner scan` reads them: {goals}", err=True)
