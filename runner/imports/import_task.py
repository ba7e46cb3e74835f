"""What is imported: a goal, its files, and the state in which it is imported."""

from dataclasses import dataclass

from runner.definitions.import_goal import ImportGoal
from runner.imports.batch import ImportBatch
from runner.state.definition import Definition
from runner.warehouse.change_limit import ChangeLimit


@dataclass(frozen=True)
class ImportTask:
    """What is imported: a goal, its files, and the state it is imported in."""

    connection: str
    goal: ImportGoal
    batch: ImportBatch
    definition: Definition
    # The goal changed since its last import: what it gave is retracted first (P5).
    is_redefined: bool
    # How much it may change; None where there is no limit.
    limit: ChangeLimit | None = None
    # Paths of main files that may be left where they cannot be read: nothing is lost by it.
    may_leave: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """Return the goal's full name."""
        return f"{self.connection}.{self.goal.name}"
