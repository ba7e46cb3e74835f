"""What exports remember of people: gone, but for what tells the partner to remove them (C2, X4)."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from runner.compile.export_models import RELATIONS, ExportModels, export_models
from runner.definitions.export_goal import ExportProfiles
from runner.engine.duckdb.statement import statement
from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import RunnerError
from runner.model import Model
from runner.publish.sent import Sent
from runner.sql.quoting import quoted_name, quoted_text
from runner.warehouse.tables import known_properties
from runner.workspace.goal_choice import all_goals
from runner.workspace.workspace import Workspace

TOLD = "added_changed_removed"


def erase_sent(
    warehouse: Warehouse, workspace: Workspace, moment: datetime, *, is_dry_run: bool
) -> dict[str, int]:
    """Forget what was sent of people; returns how many the next file of each goal tells removed.

    The warehouse still has their profiles, and names them in `forgotten`. Of an export that
    tells whom to remove, their profile ids are kept until it did, with the values of the
    identifiers that are columns of its file.
    """
    folder = workspace.generated / "sent" / workspace.target_name
    goals = all_goals(workspace.project)
    told: dict[str, int] = {}
    for rows in sorted(folder.glob("*.parquet")):
        name = rows.name.removesuffix(".parquet")
        if name.endswith((".erased", ".members")):
            continue
        sent = Sent(folder, name)
        connection, goal = goals.get(name, (None, None))
        is_told = False
        if connection and isinstance(goal, ExportProfiles) and goal.changes == TOLD:
            count = _theirs(warehouse, sent)
            is_told = True
            if count:
                told[name] = count
            if count and not is_dry_run:
                models = _models(warehouse, workspace, connection.connection, goal, moment)
                if models is not None:
                    _keep_names(warehouse, models, sent)
        if not is_dry_run:
            _write(warehouse, sent, is_told)
    if not is_dry_run:
        for path in (*folder.glob("*.members.parquet"), *folder.glob("exchanged/*/*")):
            _without_forgotten(warehouse, path)
    return told


def _theirs(warehouse: Warehouse, sent: Sent) -> int:
    path = quoted_text(str(sent.rows))
    warehouse.perform("sent_forgotten", relation=RELATIONS["sent"], path=path)
    return warehouse.count(RELATIONS["sent"])


def _models(
    warehouse: Warehouse,
    workspace: Workspace,
    connection: str,
    goal: ExportProfiles,
    moment: datetime,
) -> ExportModels | None:
    """Return the models of a goal; None where it has a mistake: the profile id must do then."""
    properties = known_properties(warehouse, workspace, goal.of_groups)
    try:
        return export_models(
            connection, goal, workspace.project, properties, workspace.library, moment
        )
    except RunnerError:
        return None


def _keep_names(warehouse: Warehouse, models: ExportModels, sent: Sent) -> None:
    """Keep the removed lines of people, their identifiers alone, until they are sent."""
    files = models.files
    names = list(_identifying(models))
    if files is None or files.removed is None or not names:
        return
    key = quoted_name(files.key)
    warehouse.perform("nobody_exported", relation=RELATIONS["exported"], key=key)
    warehouse.put(files.removed, "temporary", relation=RELATIONS["removed"])
    columns = ", ".join((key, *map(quoted_name, names)))
    parts = {"columns": columns, "relation": RELATIONS["removed"]}
    kept = statement("kept_of_removed", **parts)
    if sent.erased.exists():
        earlier = statement("erased_lines", path=quoted_text(str(sent.erased)))
        kept = statement("kept_of_both", earlier=earlier, kept=kept, key=key)
    part = sent.erased.with_name(f"{sent.erased.name}.part")
    warehouse.write_parquet(Model("erased", kept, "", "external", ""), part)
    part.chmod(0o600)
    part.replace(sent.erased)


def _identifying(models: ExportModels) -> Iterator[str]:
    for column in models.columns:
        if column.declared.identifier:
            yield column.name


def _without_forgotten(warehouse: Warehouse, path: Path) -> None:
    """Write a list of profile ids anew without those of people who are forgotten."""
    part = path.with_name(f".{path.name}.part")
    select = statement("ids_without_forgotten", path=quoted_text(str(path)))
    warehouse.write_parquet(Model("ids", select, "", "external", ""), part)
    part.replace(path)


def _write(warehouse: Warehouse, sent: Sent, is_told: bool) -> None:
    path, part = quoted_text(str(sent.rows)), sent.next_rows
    is_kept = "true" if is_told else "false"
    select = statement("sent_without_forgotten", path=path, is_told=is_kept)
    warehouse.write_parquet(Model("sent", select, "", "external", ""), part)
    part.replace(sent.rows)
