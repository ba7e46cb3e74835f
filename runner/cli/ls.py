"""`runner ls`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from runner.cli.options import handled, project_options, selection_options, workspace_of

if TYPE_CHECKING:
    from runner.state.node_state import NodeState


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
@click.option(
    "--state",
    "is_state",
    is_flag=True,
    help="Tell which imports would be done again, which models and exports were edited, and why.",
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
    is_state: bool,
    output: str,
) -> None:
    """List goals, models, segments and tests, in the order in which they run.

    With --state, goals, models and segments: whether what goals imported is imported again by the
    next build, and what changed in a definition. `--select state:modified` takes those.
    """
    from runner.compile.graph import build_graph
    from runner.compile.selection import asks_for_state, select_nodes

    workspace = workspace_of(project_dir, target, variables)
    compiled = workspace.compiled()
    graph = build_graph(workspace.project, compiled)
    states: dict[str, NodeState] = {}
    if is_state or asks_for_state(select, exclude):
        # Reads the warehouse, and loads the engine.
        from runner.state.node_state import node_states, with_states

        states = node_states(workspace, compiled)
        graph = with_states(graph, states)
    nodes = select_nodes(graph, select, exclude)
    for node in nodes:
        if (resource_type and node.kind != resource_type) or (is_state and not node.state):
            continue
        if is_state:
            state = states[node.name]
            click.echo(_shown(state, output))
        elif output == "json":
            click.echo(json.dumps({**vars(node)}))
        else:
            click.echo(f"{node.kind:<16} {node.name}")
    if is_state and not select:
        for state in states.values():
            if state.state == "gone":
                click.echo(_shown(state, output))


def _shown(state: "NodeState", output: str) -> str:
    from runner.report.node_state import show_state, state_json

    return state_json(state) if output == "json" else show_state(state)
