"""Which import goals would be imported again, and why (F5): `runner ls --state`."""

from dataclasses import dataclass

from runner.definitions.import_goal import ImportGoal
from runner.state.definition_change import goal_changes
from runner.state.fingerprint import goal_definition
from runner.state.node_state import NodeState
from runner.warehouse.ledger import Ledger, read_ledger
from runner.workspace.goal_choice import all_goals
from runner.workspace.workspace import Workspace


@dataclass(frozen=True)
class GoalState(NodeState):
    """What the next build does with what a goal imported before: `modified` is imported again."""

    # Main files that a rollback took out: the next build imports them again.
    returning: int = 0


def goal_states(workspace: Workspace, ledger: Ledger | None = None) -> dict[str, GoalState]:
    """Return the state of each import goal, against the published warehouse, or a ledger of it.

    Raises DefinitionError where an expression cannot be rendered, ExecutionError where the
    warehouse cannot be opened.
    """
    ledger = ledger or read_ledger(workspace.warehouse)
    goals = all_goals(workspace.project)
    declared = {name: goal for name, (_, goal) in goals.items() if isinstance(goal, ImportGoal)}
    states = {name: goal_state(workspace, ledger, name, goal) for name, goal in declared.items()}
    gone = [name for name in ledger.goals or {} if name not in declared]
    return states | {name: GoalState(name, "gone") for name in gone}


def goal_state(workspace: Workspace, ledger: Ledger, name: str, goal: ImportGoal) -> GoalState:
    """Return the state of one import goal."""
    returning = sum(file.goal == name for file in ledger.undone.returning)
    before = ledger.fingerprint(name)
    if before is None:
        return GoalState(name, "new", returning=returning)
    if before == goal_definition(workspace, goal).fingerprint:
        return GoalState(name, "unchanged", returning=returning)
    changes = goal_changes(workspace, goal, ledger.kept_definition(name))
    return GoalState(name, "modified", changes, returning)
