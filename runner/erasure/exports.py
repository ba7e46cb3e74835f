"""Records of sent rows: erased, except what reports the removal to the partner (C2, X4)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from runner.compile.export_models import RELATIONS, ExportModels, export_models
from runner.definitions.export_goal import ExportProfiles
from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import RunnerError
from runner.publish.sent import Sent
from runner.warehouse.tables import known_properties
from runner.workspace.declared_goal import all_goals
from runner.workspace.workspace import Workspace

REPORTS_REMOVAL = "added_changed_removed"


def erase_sent(
    warehouse: Warehouse, workspace: Workspace, moment: datetime, *, is_dry_run: bool
) -> dict[str, int]:
    """Erase the records of persons in what was sent.

    Returns per goal the persons whose removal its next file reports. The warehouse still has
    their profiles, and names them in `forgotten`. Until the removal is reported, a goal keeps
    their profile ids and the values of identifiers that are columns of its file.
    """
    goals = all_goals(workspace.project)
    reported: dict[str, int] = {}
    for sent in _sent_goals(workspace.sent):
        connection, goal = goals.get(sent.goal, (None, None))
        is_reported = False
        if connection and isinstance(goal, ExportProfiles) and goal.changes == REPORTS_REMOVAL:
            is_reported = True
            count = _count_forgotten(warehouse, sent)
            if count:
                reported[sent.goal] = count
            if count and not is_dry_run:
                models = _models(warehouse, workspace, connection.connection, goal, moment)
                if models is not None:
                    _keep_names(warehouse, models, sent)
        if not is_dry_run:
            _rewrite_rows(warehouse, sent, is_reported)
    if not is_dry_run:
        for path in _profile_lists(workspace.sent):
            _rewrite_ids(warehouse, path)
    return reported


def _sent_goals(folder: Path) -> Iterator[Sent]:
    for rows in sorted(folder.glob("*.parquet")):
        name = rows.name.removesuffix(".parquet")
        if not name.endswith((".erased", ".members")):
            yield Sent(folder, name)


def _profile_lists(folder: Path) -> tuple[Path, ...]:
    """Return the files of profile ids: of members that were sent, and of all that ever were."""
    return (*folder.glob("*.members.parquet"), *folder.glob("exchanged/*/*"))


def _count_forgotten(warehouse: Warehouse, sent: Sent) -> int:
    relation = RELATIONS["sent"]
    warehouse.create_temporary(relation, "erasure.sent_profiles", is_view=True, path=sent.rows)
    return warehouse.count(relation)


def _models(
    warehouse: Warehouse,
    workspace: Workspace,
    connection: str,
    goal: ExportProfiles,
    moment: datetime,
) -> ExportModels | None:
    """Return the models of a goal; None where it has a mistake: only the ids are kept then."""
    properties = known_properties(warehouse, workspace, goal.of_groups)
    try:
        return export_models(
            connection, goal, workspace.project, properties, workspace.library, moment
        )
    except RunnerError:
        return None


def _keep_names(warehouse: Warehouse, models: ExportModels, sent: Sent) -> None:
    """Keep the identifiers in the removed lines of persons until those lines are sent."""
    files = models.files
    names = list(_identifying(models))
    if files is None or files.removed is None or not names:
        return
    removed = replace(files.removed, relation=RELATIONS["removed"])
    warehouse.create_temporary(
        RELATIONS["exported"], "exports.no_profiles", is_view=True, key=files.key
    )
    warehouse.create(removed, is_temporary=True)
    part = sent.erased.with_name(f"{sent.erased.name}.part")
    warehouse.save_parquet(
        part,
        "exports.removed_or_kept",
        removed=removed.relation,
        columns=(files.key, *names),
        key=files.key,
        path=sent.erased if sent.erased.exists() else None,
    )
    part.chmod(0o600)
    part.replace(sent.erased)


def _identifying(models: ExportModels) -> Iterator[str]:
    for column in models.columns:
        if column.declared.identifier:
            yield column.name


def _rewrite_ids(warehouse: Warehouse, path: Path) -> None:
    """Rewrite a list of profile ids without those of forgotten persons."""
    part = path.with_name(f".{path.name}.part")
    warehouse.save_parquet(part, "erasure.ids_without_profiles", path=path)
    part.replace(path)


def _rewrite_rows(warehouse: Warehouse, sent: Sent, is_reported: bool) -> None:
    """Rewrite the sent rows without those of forgotten persons, or without their hashes."""
    part = sent.next_rows
    values = {"path": sent.rows, "is_kept": is_reported}
    warehouse.save_parquet(part, "erasure.sent_without_profiles", **values)
    part.replace(sent.rows)
