"""`runner clean`."""

import shutil
from pathlib import Path

import click

from runner.cli.options import handled, project_options, workspace_of


@click.command(epilog="Example: runner clean --all")
@click.option("--all", "everything", is_flag=True, help="Warehouse, staged files and history too.")
@project_options
@handled
def command(project_dir: Path, target: str | None, variables: str | None, everything: bool) -> None:
    """Remove compiled SQL, schemas and exports from target/.

    The warehouse, the staged files and the run history stay, unless --all is given: without
    the staged files a warehouse can only be made anew from what the servers still have. Who may
    not be imported stays always, with the receipts.
    """
    from runner.build.lock import locked

    workspace = workspace_of(project_dir, target, variables)
    generated = workspace.generated
    with locked(workspace.warehouse, "runner clean"):
        names = ["compiled", "schema", "exports"]
        removed = [generated / name for name in names]
        if everything:
            kept = {workspace.suppressions, workspace.receipts}
            paths = [path for path in generated.iterdir() if path not in kept]
            removed = [path for path in paths if not path.name.endswith(".lock")]
        for path in removed:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    click.echo(f"removed {'everything' if everything else ', '.join(names)} from target/")
