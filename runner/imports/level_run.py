"""Values that need a higher permission level than their profile has: removed, where they are."""

from runner.compile.levels import level_models
from runner.definitions.event_type import event_table, event_tables
from runner.engine.duckdb.warehouse import Warehouse
from runner.sql.quoting import quoted_name, quoted_text
from runner.warehouse.tables import known_properties
from runner.workspace.workspace import Workspace


def keep_levels(warehouse: Warehouse, workspace: Workspace) -> None:
    """Remove what profiles hold above their permission level: values, sums, events.

    An import itself keeps no such value; this finds those of properties that need another
    level than before, and what stands beside profiles.
    """
    project = workspace.project
    if not project.has_levels or not warehouse.perform("count_lowered")[0][0]:
        return
    models = level_models(known_properties(warehouse, workspace), workspace.library)
    lowered = models["profiles"].relation
    warehouse.run(models["profiles"])
    warehouse.upsert("main.profiles", lowered, "profile_id")
    warehouse.run(models["sums"])
    warehouse.perform("lower_sums", lowered=models["sums"].relation)
    for name in project.event_types:
        relation = f"main.{quoted_name(event_table(name))}"
        warehouse.perform("forget_untracked", relation=relation, type=quoted_text(name))
    for table in event_tables(project.event_types):
        warehouse.perform("delete_untracked", relation=f"main.{quoted_name(table)}")
