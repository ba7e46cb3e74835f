"""`runner ls`."""

import json
from pathlib import Path

import click

from runner.cli.options import handled, project_options, selection_options, workspace_of


@click.command(epilog="Example: runner ls --select +vip --output json")
@selection_options
@click.option(
    "--resource-type",
    type=click.Choice(
        [
            "import_profiles",
            "import_groups",
            "import_products",
            "export_profiles",
            "export_groups",
            "model",
            "segment",
            "test",
            "unit_test",
        ]
    ),
    help="One kind of node alone.",
)
@click.option("--output", type=click.Choice(["name", "json"]), default="name")
@project_options
@handled
def command(
    project_dir: Path,
    target: str | None,
    variables: str | None,
    select: tuple[str, ...],
    exclude: tuple[str, ...],
    resource_type: str | None,
    output: str,
) -> None:
    """List goals, models, segments and tests, in the order in which they run."""
    from runner.compile.graph import build_graph
    from runner.compile.select import select_nodes

    workspace = workspace_of(project_dir, target, variables)
    graph = build_graph(workspace.project, workspace.compiled())
    for node in select_nodes(graph, select, exclude):
        if resource_type and node.kind != resource_type:
            continue
        if output == "json":
            click.echo(json.dumps({**vars(node)}))
        else:
            click.echo(f"{node.kind:<16} {node.name}")
