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
    help="List only this kind of node.",
)
@click.option(
    "--state",
    "is_state",
    is_flag=True,
    help="Show which goals, models and exports changed, and what changed in them.",
)
@click.option(
    "--output",
    type=click.Choice(["name", "json"]),
    default="name",
    help="Names, or one JSON object per line.",
)
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

    --state shows for each goal, model and segment whether its definition changed, and what: the
    next build imports the files of a changed goal again. `--select state:modified` selects them.
    """
    from runner.compile.graph import build_graph
    from runner.compile.selection import asks_for, or_default, select_nodes

    workspace = workspace_of(project_dir, target, variables)
    compiled = workspace.compiled()
    graph = build_graph(workspace.project, compiled)
    states: dict[str, NodeState] = {}
    select = tuple(or_default(graph, select, exclude))
    asked = (*select, *exclude)
    if asks_for(graph, "result", asked):
        from runner.state.last_results import with_last_results

        graph = with_last_results(workspace, graph)
    if is_state or asks_for(graph, "state", asked):
        # Reads the warehouse, and loads the engine.
        from runner.state.node_state import node_states, with_states

        states = node_states(workspace, compiled)
        graph = with_states(graph, states)
    nodes = [
        node
        for node in select_nodes(graph, select, exclude)
        if not resource_type or node.kind == resource_type
    ]
    if not is_state:
        for node in nodes:
            as_json = output == "json"
            click.echo(json.dumps(vars(node)) if as_json else f"{node.kind:<16} {node.name}")
        return
    shown = [states[node.name] for node in nodes if node.state]
    gone = [state for state in states.values() if state.state == "gone" and not select]
    for state in (*shown, *gone):
        click.echo(_shown(state, output))


def _shown(state: "NodeState", output: str) -> str:
    from runner.report.node_state import show_state, state_json

    return state_json(state) if output == "json" else show_state(state)
