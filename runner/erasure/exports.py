"""Records of sent rows: erased, except what reports the removal to the partner (C2, X4)."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from runner.compile.export_models import RELATIONS, FilesModels, export_models
from runner.definitions.export_goal import ExportProfiles
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError, RunnerError
from runner.exports.exchange import ExportedProfiles
from runner.exports.sent_lines import open_recorded_lines, open_sent_lines
from runner.publish.sent import Sent
from runner.sql.quoting import Sql
from runner.warehouse.tables import known_properties
from runner.workspace.declared_goal import all_goals
from runner.workspace.workspace import Workspace


def erase_sent(
    warehouse: Warehouse, workspace: Workspace, moment: datetime, *, is_dry_run: bool
) -> dict[str, int]:
    """Erase the records of persons in what was sent.

    Returns per goal the persons whose removal its next file reports. The warehouse still has
    their profiles, and names them in `forgotten`. Until the removal is reported, a goal keeps
    their profile ids, and what its file says of them in identifiers and columns of its key.
    """
    goals = all_goals(workspace.project)
    reported: dict[str, int] = {}
    for sent in _sent_goals(workspace.sent):
        connection, goal = goals.get(sent.goal, (None, None))
        relation, count = RELATIONS["recorded"], 0
        if connection and isinstance(goal, ExportProfiles) and goal.lists_removed:
            models = _models(warehouse, workspace, connection.connection, goal, moment)
            relation = _open_lines(warehouse, models, sent)
            count = _count_forgotten(warehouse, relation, models)
        else:
            open_recorded_lines(warehouse, sent)
        if count:
            reported[sent.goal] = count
        if not is_dry_run:
            _rewrite_rows(warehouse, relation, sent, is_kept=count > 0)
        for name in ("exported", "rekeyed"):
            warehouse.drop(RELATIONS[name])
        if count and not is_dry_run:
            sent.mark_erased()
    if not is_dry_run:
        for path in _profile_lists(workspace.sent):
            _rewrite_ids(warehouse, path)
    return reported


def exported_files(warehouse: Warehouse, workspace: Workspace) -> tuple[str, ...]:
    """Return the files on servers that may hold persons, as `goal path`, triggers too.

    These are all that the goals of a connection sent which ever exported one of them; of goals
    that export groups, all where a group names one of them.
    """
    groups = warehouse.count("forgotten_groups") > 0
    goals = all_goals(workspace.project)
    found = []
    for paths in sorted(workspace.sent.glob("*.files")):
        sent = Sent(workspace.sent, paths.name.removesuffix(".files"))
        _, goal = goals.get(sent.goal, (None, None))
        if isinstance(goal, ExportProfiles) and goal.of_groups:
            is_holding = groups
        else:
            is_holding = _has_exported(warehouse, workspace, sent.goal.partition(".")[0])
        if is_holding:
            found += [f"{sent.goal} {path}" for path in (*sent.written, *sent.unfinished())]
    return tuple(found)


def _has_exported(warehouse: Warehouse, workspace: Workspace, connection: str) -> bool:
    """Return whether a connection ever exported one of them; True where no record says."""
    files = ExportedProfiles.of(workspace.sent, connection).files()
    return not files or bool(
        warehouse.value("erasure.count_exported", rows=warehouse.file_rows(*files))
    )


def _sent_goals(folder: Path) -> Iterator[Sent]:
    for rows in sorted(folder.glob("*.parquet")):
        name = rows.name.removesuffix(".parquet")
        if not name.endswith((".erased", ".members")):
            yield Sent(folder, name)


def _profile_lists(folder: Path) -> tuple[Path, ...]:
    """Return the files of profile ids: of members that were sent, and of all that ever were."""
    return (*folder.glob("*.members.parquet"), *folder.glob("exchanged/*/*"))


def _open_lines(warehouse: Warehouse, models: FilesModels | None, sent: Sent) -> Sql:
    """Return the relation of the lines that were sent, with the key of today where it is known."""
    if models is not None:
        try:
            open_sent_lines(warehouse, models, sent, is_staged=False)
        except ExecutionError:
            # The segment is not in the warehouse: what is recorded is kept.
            warehouse.recover()
        else:
            return RELATIONS["sent"]
    open_recorded_lines(warehouse, sent)
    return RELATIONS["recorded"]


def _count_forgotten(warehouse: Warehouse, relation: Sql, models: FilesModels | None) -> int:
    """Return how many forgotten persons the next removed lines name."""
    key = list(models.key_names) if models else []
    return int(warehouse.value("erasure.count_sent", relation=relation, key_names=key))


def _models(
    warehouse: Warehouse,
    workspace: Workspace,
    connection: str,
    goal: ExportProfiles,
    moment: datetime,
) -> FilesModels | None:
    """Return the models of a goal; None where it has a mistake: what is recorded is kept."""
    properties = known_properties(warehouse, workspace, goal.of_groups)
    try:
        return export_models(
            connection, goal, workspace.project, properties, workspace.library, moment
        ).files
    except RunnerError:
        return None


def _rewrite_ids(warehouse: Warehouse, path: Path) -> None:
    """Rewrite a list of profile ids without those of forgotten persons."""
    part = path.with_name(f".{path.name}.part")
    warehouse.save_parquet(part, "erasure.ids_without_profiles", rows=warehouse.file_rows(path))
    part.replace(path)


def _rewrite_rows(warehouse: Warehouse, relation: Sql, sent: Sent, *, is_kept: bool) -> None:
    """Rewrite the sent lines without forgotten persons.

    Where the next file reports their removal, `is_kept`, they keep what names them.
    """
    values = {"relation": relation, "is_kept": is_kept}
    warehouse.save_parquet(sent.next_rows, "erasure.sent_without_profiles", **values)
    sent.next_rows.chmod(0o600)
    sent.next_rows.replace(sent.rows)
