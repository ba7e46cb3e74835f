"""`runner compile`: the SQL of every model, written without a server or a database."""

from collections.abc import Sequence
from dataclasses import dataclass

from runner.compile.graph import build_graph
from runner.compile.import_models import import_models
from runner.compile.import_resolver import faults_without_files, resolve_import
from runner.compile.selection import asks_for, select_nodes
from runner.definitions.import_goal import ImportGoal
from runner.definitions.project_warnings import project_warnings
from runner.errors import DefinitionError, Fault
from runner.imports.goal_compilation import write_compiled
from runner.imports.headers import read_headers
from runner.model import Model
from runner.state.last_results import with_last_results
from runner.workspace.workspace import Workspace


@dataclass(frozen=True)
class Compilation:
    """What was compiled."""

    models: tuple[Model, ...]
    # Import goals whose files were never seen, so that their columns are not known.
    unknown: tuple[str, ...]
    # What is no mistake, and should be looked at.
    warnings: tuple[Fault, ...] = ()


def compile_all(workspace: Workspace) -> Compilation:
    """Compile the project's models, and the import goals whose headers are known.

    Of the others, what needs no header is checked: macros, variables, expressions.

    Raises DefinitionError with the faults of all of them.
    """
    faults: list[Fault] = []
    unknown: list[str] = []
    models: list[Model] = []
    try:
        compiled = workspace.compiled()
        models += [item.model for item in compiled.models.values()]
        models += [test.model for test in compiled.tests]
    except DefinitionError as error:
        faults += error.faults
    known = read_headers(workspace.generated)
    for connection in workspace.project.connections:
        for goal in connection.goals:
            name = f"{connection.connection}.{goal.name}"
            if not isinstance(goal, ImportGoal):
                continue
            if set(known.get(name, {})) != set(goal.files):
                unknown.append(name)
                faults += faults_without_files(
                    connection.connection,
                    goal,
                    workspace.project,
                    workspace.library.environment,
                )
                continue
            try:
                models += _goal_models(workspace, connection.connection, goal, known[name])
            except DefinitionError as error:
                faults += error.faults
    if faults:
        raise DefinitionError(faults)
    write_compiled(workspace.generated, models)
    return Compilation(tuple(models), tuple(unknown), tuple(project_warnings(workspace.project)))


def selected_models(
    workspace: Workspace, compilation: Compilation, select: Sequence[str], exclude: Sequence[str]
) -> list[Model]:
    """Return the models of selected nodes, in their order; of an import goal all its steps.

    Raises UsageError where a selector fits nothing.
    """
    graph = build_graph(workspace.project, workspace.compiled())
    if asks_for(graph, "result", (*select, *exclude)):
        graph = with_last_results(workspace, graph)
    names = [node.name for node in select_nodes(graph, select, exclude)]
    return [
        model
        for name in names
        for model in compilation.models
        if model.name == name or model.name.startswith(f"{name}.")
    ]


def _goal_models(
    workspace: Workspace, connection: str, goal: ImportGoal, headers: dict[str, tuple[str, ...]]
) -> list[Model]:
    project = workspace.project
    plan = resolve_import(
        connection,
        goal,
        headers,
        project,
        workspace.library.environment,
    )
    compiled = import_models(plan, {}, project, workspace.library, "")
    return list(compiled.models.values())
