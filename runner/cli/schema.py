"""`runner schema`."""

import json
from pathlib import Path

import click

from runner.cli.options import handled


@click.command(epilog="Example: runner schema --write")
@click.argument(
    "kind", required=False, type=click.Choice(["connection", "project", "properties", "models"])
)
@click.option("--write", is_flag=True, help="Write all of them to target/schema.")
@click.option(
    "--project-dir",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder of the project.",
)
@handled
def command(kind: str | None, write: bool, project_dir: Path) -> None:
    """Print the JSON Schema of a kind of YAML file, or write all of them, for editors.

    The first line of a YAML file names its schema:
    # yaml-language-server: $schema=../target/schema/connection.json
    """
    from runner.definitions.schema import json_schemas, write_schemas

    if write:
        for path in write_schemas(project_dir / "target" / "schema"):
            click.echo(path)
        return
    schemas = json_schemas()
    click.echo(json.dumps(schemas[kind] if kind else schemas, indent=2))
