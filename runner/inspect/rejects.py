"""The lines and values that were set aside, as `runner rejects` lists them (R2, R6)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from runner.compile.entity import entity_of
from runner.compile.import_plan import ImportPlan
from runner.definitions.import_goal import ImportGoal
from runner.errors import ExecutionError, StageError
from runner.history.history import History
from runner.inspect.known_plan import known_plan
from runner.inspect.personal import Personal, personal
from runner.inspect.query import Answer
from runner.inspect.settled_rejects import key_of, settled_rejects
from runner.warehouse.publication import open_published
from runner.workspace.declared_goal import all_goals
from runner.workspace.goal_choice import selected_imports
from runner.workspace.workspace import Workspace

COLUMNS = (
    "goal",
    "file",
    "line",
    "column_name",
    "column_number",
    "byte_offset",
    "property",
    "reason",
    "value",
    "build_id",
)
COUNTS = ("goal", "file", "reason", "property", "rejects", "first_line")


def list_rejects(
    workspace: Workspace,
    select: Sequence[str] = (),
    exclude: Sequence[str] = (),
    build_id: str | None = None,
    every_build: bool = False,
    limit: int | None = None,
    is_counted: bool = False,
    show_pii: bool = False,
) -> Answer:
    """Return the rejects of the last import of each file, or of one build, or of all builds.

    With `is_counted`, one row per goal, file, reason and property. Personal data is shown as its
    shape, unless `show_pii`. Raises UsageError where a selector fits no import goal, or no build
    begins with `build_id`.
    """
    goals = selected_imports(workspace, select, exclude)
    if build_id is not None:
        with History(workspace.history) as history:
            build_id = history.full_id(build_id)
    which = {"goals": list(goals), "build_id": build_id, "is_all": every_build}
    with open_published(workspace) as warehouse:
        if is_counted:
            rows = warehouse.perform("rejects.counts", **which)
            return Answer(COUNTS, tuple(rows[:limit]))
        found = warehouse.perform("rejects.list", **which, most=limit)
    return Answer(COLUMNS, tuple(_masked(workspace, found, show_pii)))


@dataclass(frozen=True)
class OpenRejects:
    """The rejects of the last import of each file, by whether a later line settled them."""

    answer: Answer
    # Those that are not in the answer because a later line settled them.
    hidden: int = 0
    # Why it is not known which are settled; empty where it is.
    doubt: str = ""


def list_open_rejects(
    workspace: Workspace,
    select: Sequence[str] = (),
    exclude: Sequence[str] = (),
    limit: int | None = None,
    show_pii: bool = False,
) -> OpenRejects:
    """Return the rejects of the last import of each file that no later line settled.

    Where the later lines cannot be read, all of them. Raises UsageError where a selector fits no
    import goal.
    """
    goals = selected_imports(workspace, select, exclude)
    try:
        settled, doubt = settled_rejects(workspace, goals), ""
    except (StageError, ExecutionError) as error:
        settled, doubt = {}, error.message
    with open_published(workspace) as warehouse:
        most = None if settled else limit
        found = warehouse.perform("rejects.list", goals=list(goals), most=most)
    left = [row for row in found if key_of(COLUMNS, row) not in settled]
    answer = Answer(COLUMNS, tuple(_masked(workspace, left[:limit], show_pii)))
    return OpenRejects(answer, len(found) - len(left), doubt)


def list_settled_rejects(
    workspace: Workspace,
    select: Sequence[str] = (),
    exclude: Sequence[str] = (),
    limit: int | None = None,
    show_pii: bool = False,
) -> Answer:
    """Return the rejects of the last import of each file that a later line settled, with that.

    Raises UsageError where a selector fits no import goal, StageError or ExecutionError where the
    later lines cannot be read.
    """
    goals = selected_imports(workspace, select, exclude)
    settled = settled_rejects(workspace, goals)
    with open_published(workspace) as warehouse:
        rows = warehouse.perform("rejects.list", goals=list(goals))
    found = [row for row in rows if key_of(COLUMNS, row) in settled][:limit]
    shown = zip(found, _masked(workspace, found, show_pii), strict=True)
    return Answer(
        (*COLUMNS, "settled_by"),
        tuple((*masked, settled[key_of(COLUMNS, row)]) for row, masked in shown),
    )


def _masked(
    workspace: Workspace, found: Sequence[tuple[Any, ...]], show_pii: bool
) -> Iterator[tuple[Any, ...]]:
    """Give rows of rejects with their values as they may be shown."""
    masks = {goal: _Masks.of(workspace, goal, show_pii) for goal in {str(row[0]) for row in found}}
    value_at, of = COLUMNS.index("value"), COLUMNS.index("property")
    for row in found:
        shown = masks[str(row[0])].shown(row[of], row[value_at])
        yield (*row[:value_at], shown, *row[value_at + 1 :])


@dataclass(frozen=True)
class _Masks:
    """What is personal data in the rejects of a goal."""

    plan: ImportPlan | None
    personal: Personal

    @classmethod
    def of(cls, workspace: Workspace, goal: str, show_pii: bool) -> "_Masks":
        """Return the masks of a goal; all is masked where the goal cannot be planned now."""
        if workspace.project.is_partial:
            return cls(None, personal(None, {}, show_pii))
        connection, declared = all_goals(workspace.project)[goal]
        assert isinstance(declared, ImportGoal)
        entity = entity_of(declared, workspace.project)
        plan = known_plan(workspace, connection.connection, declared, goal)
        return cls(plan, personal(plan, plan.properties if plan else entity.properties, show_pii))

    def shown(self, name: str | None, text: str | None) -> str | None:
        """Return a reject as it may be shown: a value of a property, or a line."""
        values = self.plan.values if self.plan else ()
        item = next((item for item in values if item.name == name), None)
        return self.personal.of_value(item, text) if item else self.personal.of_line(text)
