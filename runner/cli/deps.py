"""`runner deps`."""

from pathlib import Path

import click

from runner.cli.options import handled


@click.command(epilog="Example: runner deps --upgrade")
@click.option("--upgrade", is_flag=True, help="Look revisions up again, and write the lock.")
@click.option(
    "--project-dir",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    envvar="RUNNER_PROJECT_DIR",
    help="Folder of the project.",
)
@handled
def command(upgrade: bool, project_dir: Path) -> None:
    """Install the packages of packages.yml into packages/, at the commits of package-lock.yml.

    The lock is written where it does not fit packages.yml: commit it.
    """
    from runner.workspace.package_install import install_packages

    install_packages(project_dir, upgrade, click.echo)
