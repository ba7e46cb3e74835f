"""`runner retry`."""

from pathlib import Path

import click

from runner.cli.log_options import LogOptions, log_options
from runner.cli.options import handled, project_options, workspace_of
from runner.cli.typed_command import typed_command


@click.command(epilog="Example: runner retry --wait")
@click.option(
    "--allow-large-change", is_flag=True, help="Allow goals to change more than their max_change."
)
@click.option(
    "--replace-files",
    is_flag=True,
    help="Let exports replace files on the server that others wrote or changed.",
)
@click.option("--wait", is_flag=True, help="Wait until another build has ended.")
@project_options
@log_options
@handled
def command(
    project_dir: Path,
    target: str | None,
    variables: str | None,
    allow_large_change: bool,
    replace_files: bool,
    wait: bool,
    reporting: LogOptions,
) -> int:
    """Build what failed or was skipped in the last build, and the models below failed imports."""
    from runner.cli.reported_build import build_and_report
    from runner.orchestrate.options import BuildOptions
    from runner.orchestrate.retry import retry_of_last

    retry = retry_of_last(workspace_of(project_dir, target, variables))
    if not retry.is_needed:
        click.echo(f"nothing failed in build {retry.build_id}", err=True)
        return 0
    options = BuildOptions(
        select=retry.select,
        exclude=retry.exclude,
        full_refresh=retry.full_refresh,
        allow_large_change=allow_large_change,
        replace_files=replace_files,
        wait=wait,
        command=f"{typed_command()}{' --full-refresh' if retry.full_refresh else ''}",
    )
    return build_and_report(project_dir, target, variables, options, reporting)
