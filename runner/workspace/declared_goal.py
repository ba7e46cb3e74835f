"""A goal with the connection that declares it."""

from typing import Generic, NamedTuple, TypeVar

from runner.definitions.connection import Connection
from runner.definitions.export_goal import ExportProfiles
from runner.definitions.import_goal import ImportGoal
from runner.definitions.project import Project

AnyGoal = TypeVar("AnyGoal", bound=ImportGoal | ExportProfiles, covariant=True)


class DeclaredGoal(NamedTuple, Generic[AnyGoal]):
    """A goal and its connection."""

    connection: Connection
    goal: AnyGoal

    @property
    def name(self) -> str:
        """Return the goal's full name, `connection.goal`."""
        return f"{self.connection.connection}.{self.goal.name}"


def all_goals(project: Project) -> dict[str, DeclaredGoal[ImportGoal | ExportProfiles]]:
    """Return every goal by its full name, as declared."""
    goals = [
        DeclaredGoal(connection, goal)
        for connection in project.connections
        for goal in connection.goals
    ]
    return {goal.name: goal for goal in goals}
