"""`runner compile`."""

from pathlib import Path

import click

from runner.cli.options import handled, project_options, selection_options, workspace_of


@click.command(epilog="Example: runner compile --select vip --target prod")
@selection_options
@project_options
@handled
def command(
    project_dir: Path,
    target: str | None,
    variables: str | None,
    select: tuple[str, ...],
    exclude: tuple[str, ...],
) -> None:
    """Write the SQL of all models to target/compiled; with --select, print that of some.

    Works offline. The columns of a goal's files are those of the last build or scan.
    """
    from runner.errors import counted
    from runner.orchestrate.compilation import compile_all, selected_models

    workspace = workspace_of(project_dir, target, variables)
    compilation = compile_all(workspace)
    for message in workspace.library.logged:
        click.echo(message, err=True)
    if select or exclude:
        for model in selected_models(workspace, compilation, select, exclude):
            click.echo(f"{model.sql}\n")
    else:
        number = counted(len(compilation.models), "model is", "models are")
        click.echo(f"{number} in target/compiled")
    for warning in compilation.warnings:
        click.echo(f"warning: {warning}", err=True)
    if compilation.unknown:
        goals = ", ".join(compilation.unknown)
        click.echo(f"columns are not known yet, `runner scan` reads them: {goals}", err=True)
