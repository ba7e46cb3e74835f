"""The models of an import goal, run in order inside one transaction (B2).

Rows are read, linked to profiles, folded by strategy, and written; then the books are
checked (R7). Nothing of it stays when any step fails.
"""

from collections.abc import Mapping

from runner.build.event_run import apply_events, take_back_events
from runner.build.exchange import keep_imported
from runner.build.import_counts import ImportCounts, link_books
from runner.compile.import_models import ImportModels
from runner.compile.import_plan import ImportPlan
from runner.compile.sql_text import quoted_text
from runner.definitions.event_type import EventType
from runner.errors import ExecutionError
from runner.execute.duckdb.warehouse import Warehouse

MAXIMUM_ROUNDS = 100
"""A graph of n nodes contracts in about log(n) rounds; this many mean a defect."""


BYTES_PER_VALUE = 150
"""What the engine takes for a value of a profile while it folds rows, as measured."""
SHARE_OF_MEMORY = 0.4
"""Share of the engine's memory that folding may take: rows and profiles need some too."""


class UnprovedFiles(Exception):
    """The engine did not read every line of a source's files: read them with care."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.source = source


def read_lines(
    warehouse: Warehouse, plan: ImportPlan, models: ImportModels, expected: Mapping[str, int]
) -> None:
    """Read the lines of every file source.

    `expected` holds the records of each source's files by our own count. Raises
    UnprovedFiles where the engine read another number, refused a file, or took what may be a
    header in the middle of a file for data.
    """
    for source in plan.sources:
        model = models[f"lines.{source.name}"]
        try:
            warehouse.run(model)
        except ExecutionError as error:
            raise UnprovedFiles(source.name) from error
        if warehouse.count(model.relation) != expected[source.name]:
            raise UnprovedFiles(source.name)
        if warehouse.read(models[f"repeated_headers.{source.name}"])[0][0]:
            raise UnprovedFiles(source.name)


def apply_rows(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> ImportCounts:
    """Link the rows that were read to profiles and apply them.

    Raises ExecutionError at the line of the definition that the engine refused.
    """
    warehouse.run(models["rows"])
    warehouse.run(models["identities"])
    if len(plan.keys) > 1:
        find_components(warehouse, models)
    warehouse.run(models["people"])
    warehouse.run(models["links"])
    if plan.key:
        warehouse.run(models["last_rows"])
    repeat_rows(warehouse, plan, models)
    warehouse.run(models["applied_rows"])
    rejected = warehouse.run(models["new_rejects"])
    events = apply_events(warehouse, plan, models)
    if plan.lines:
        withdraw_sums(warehouse, plan, models)
        warehouse.run(models["new_sums"])
    warehouse.run_in_slices(models["changed_profiles"], fold_slices(warehouse, plan, models))
    warehouse.run(models["profiles"])
    counts = warehouse.read(models["profile_counts"])[0]
    warehouse.run(models["new_identifiers"])
    warehouse.run(models["new_rows"])
    warehouse.perform(
        "move_rows",
        goal=quoted_text(plan.name),
        repeated=models["repeated_rows"].relation,
    )
    if plan.lines:
        warehouse.perform("append_sums", relation=models["new_sums"].relation)
    warehouse.upsert(plan.entity.table, models["profiles"].relation, plan.entity.id)
    return ImportCounts(
        joined=warehouse.count(models["rows"].relation),
        outcomes={str(name): int(count) for name, count in warehouse.read(models["outcomes"])},
        links=link_books(warehouse, models),
        profiles_created=int(counts[0]),
        profiles_updated=int(counts[1]),
        profiles_unchanged=int(counts[2]),
        rejected_values=rejected,
        events=events,
    )


def fold_slices(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> int:
    """Return into how many slices the profiles are shared out that rows are folded into.

    What the engine keeps of a profile while it folds cannot be put off to the disk.
    """
    people = warehouse.count(models["people"].relation)
    needed = people * (len(plan.assignments) + 3) * BYTES_PER_VALUE
    return 1 + int(needed / (warehouse.memory * SHARE_OF_MEMORY))


def find_components(warehouse: Warehouse, models: ImportModels) -> None:
    """Contract the graph of identifier values until no edge is left (P1).

    Each round joins every node to the least of its neighbours; what a node was joined to is
    followed through all rounds, so that in the end it names its component.
    """
    warehouse.run(models["edges"])
    warehouse.run(models["contracted_parents"])
    warehouse.run(models["first_components"])
    for _ in range(MAXIMUM_ROUNDS):
        warehouse.run(models["contracted_edges"])
        warehouse.run(models["remaining_edges"])
        if warehouse.count(models["edges"].relation) == 0:
            return
        warehouse.run(models["contracted_parents"])
        warehouse.run(models["components"])
    raise ExecutionError(f"the identifiers did not contract in {MAXIMUM_ROUNDS} rounds")


def repeat_rows(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> None:
    """Read the values of rows imported before that have to be applied again (P4)."""
    repeated, again = models["repeated_rows"], models["rows_again"]
    if warehouse.perform("has_rows", goal=quoted_text(plan.name)):
        warehouse.run(repeated)
    else:
        warehouse.perform("no_repeated_rows", relation=repeated.relation)
    if warehouse.count(repeated.relation):
        warehouse.run(again)
    else:
        warehouse.perform("no_rows", relation=again.relation, like=models["rows"].relation)


def withdraw_sums(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> None:
    """Take back what was summed from lines that are joined to others now (R3).

    A price list that changed prices its orders anew; it does not add to what they gave before.
    A line that was corrected takes the place of the one with the same `key`.
    """
    if not any(map(plan.has_anchor, plan.lines)):
        return
    stale, withdrawn = models["stale_sums"], models["withdrawn"]
    warehouse.run(stale)
    if warehouse.count(stale.relation):
        warehouse.run(withdrawn)
        warehouse.upsert(plan.entity.table, withdrawn.relation, plan.entity.id)
        warehouse.perform("delete_sums", stale=stale.relation)


def take_back(
    warehouse: Warehouse,
    plan: ImportPlan,
    models: ImportModels,
    event_types: Mapping[str, EventType],
) -> None:
    """Undo what an earlier form of the goal summed, and forget the rows it applied (P5).

    The events that it told of go too.
    """
    take_back_events(warehouse, plan.name, event_types)
    if warehouse.perform("summed", goal=quoted_text(plan.name)):
        warehouse.run(models["taken_back"])
        warehouse.upsert(plan.entity.table, models["taken_back"].relation, plan.entity.id)
    if plan.entity.noun == "profile":
        keep_imported(warehouse, plan.name)
    warehouse.perform("forget_goal", goal=quoted_text(plan.name))


def check_books(plan: ImportPlan, counts: ImportCounts) -> None:
    """Compare the outcomes of all joined rows with their number (R7).

    Raises ExecutionError with both figures where they differ.
    """
    told = sum(counts.outcomes.values())
    if told != counts.joined:
        raise ExecutionError(
            f"{plan.name}: the books do not balance: {counts.joined} joined rows,"
            f" {told} with an outcome ({dict(counts.outcomes)})",
            plan.goal.place("name"),
        )
    main = counts.links[0]
    if main.used != main.lines:
        raise ExecutionError(
            f"{plan.name}: the books do not balance: {main.lines} lines of `{main.source}`,"
            f" {main.used} of them in a joined row",
            plan.goal.place("name"),
        )
