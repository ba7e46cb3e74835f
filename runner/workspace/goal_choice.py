"""The goals that a command line selects."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from runner.compile.compiled_project import CompiledProject
from runner.compile.graph import Node, build_graph
from runner.compile.selection import select_nodes
from runner.definitions.export_goal import ExportProfiles
from runner.definitions.import_goal import ImportGoal
from runner.definitions.project import Project
from runner.errors import DefinitionError, UsageError, choices, nearest
from runner.workspace.declared_goal import DeclaredGoal, all_goals
from runner.workspace.workspace import Workspace

FOLLOWING = ("+", "@", "selector:")
"""What follows the edges of the graph in a selector, or may do so."""

AnyDeclaredGoal = DeclaredGoal[ImportGoal | ExportProfiles]


def selected_goals(project: Project, selectors: Iterable[str]) -> list[AnyDeclaredGoal]:
    """Return the enabled goals that the selectors take, all of them without a selector.

    The project's own models are left out of it: a mistake in one of them does not matter.
    Raises UsageError where a selector fits no goal.
    """
    goals = all_goals(project)
    chosen = {
        node.name
        for node in select_nodes(build_graph(project, CompiledProject({}, ())), tuple(selectors))
    }
    return [goals[name] for name in goals if name in chosen]


def goal_called(project: Project, name: str) -> AnyDeclaredGoal:
    """Return the goal with a full name, or with a short one that no other goal has.

    Raises UsageError with the nearest spelling.
    """
    goals = all_goals(project)
    found = [full for full in goals if name in (full, goals[full].goal.name)]
    if len(found) == 1 or name in goals:
        return goals[name if name in goals else found[0]]
    if found:
        raise UsageError(f"several goals are called '{name}'; write one of {', '.join(found)}")
    known = [*goals, *(declared.goal.name for declared in goals.values())]
    raise UsageError(
        f"there is no goal '{name}'.{nearest(name, known)} Declared: {choices(goals) or 'none'}"
    )


def selected_imports(
    workspace: Workspace, select: Sequence[str], exclude: Sequence[str]
) -> list[str]:
    """Return the import goals that selectors take; raises UsageError where they take none.

    A mistake in a model does not matter. Goals of connections whose file is wrong are among them
    where nothing is selected.
    """
    project = workspace.project
    if project.broken and not (select or exclude):
        declared = all_goals(project).values()
        return [item.name for item in declared if isinstance(item.goal, ImportGoal)]
    nodes = _selected_nodes(workspace, select, exclude)
    goals = [node.name for node in nodes if node.kind.startswith("import_")]
    if select and not goals:
        raise UsageError(f"no import goal is selected by '{' '.join(select)}'")
    return goals


def _selected_nodes(
    workspace: Workspace, select: Sequence[str], exclude: Sequence[str]
) -> Sequence[Node]:
    """Return the nodes that selectors take; the models of a project are compiled if need be."""
    goals_alone = build_graph(workspace.project, CompiledProject({}, ()))
    if not any(mark in text for text in (*select, *exclude) for mark in FOLLOWING):
        # What names no goal may name a model.
        with suppress(UsageError):
            return select_nodes(goals_alone, select, exclude)
    try:
        graph = build_graph(workspace.project, workspace.compiled())
    except DefinitionError:
        graph = goals_alone
    return select_nodes(graph, select, exclude)
