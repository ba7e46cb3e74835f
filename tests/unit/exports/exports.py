"""A project with one export goal, a warehouse to run it on, and a folder to send to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from runner.compile.export_models import ExportModels, export_models
from runner.compile.import_models import columns_of, comment_of
from runner.compile.library import Library
from runner.definitions.export_goal import ExportProfiles
from runner.definitions.project import Project, read_project
from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.engine.schema import prepare, shape
from runner.events import Event
from runner.exports.run import ExportRun, run_export
from runner.publish.sent import Sent
from runner.remote import Remote, RemoteSettings, open_remote
from runner.result import NodeResult
from runner.sql import read_sql

STARTED = datetime(2024, 5, 1, 23, 30, tzinfo=UTC)
BUILD = "20240501-1"

PROPERTIES = """\
properties:
  email: {identifier: true}
  city: text
  visits: integer
  score: decimal
  spent: decimal(18,2)
  wanted: boolean
  born: date
  seen_at: datetime
  interests: {multi: true}
  amounts: {type: decimal, multi: true}
  days: {type: date, multi: true}
"""


def profile_id(number: int) -> str:
    return f"00000000-0000-8000-8000-{number:012d}"


def export_project(folder: Path, goal: str) -> Project:
    """Write a project whose only goal holds the lines of `goal`, from line 7 on, and read it."""
    for name in ("connections", "models/segments"):
        (folder / name).mkdir(parents=True)
    (folder / "runner_project.yml").write_text("name: acme\ntimezone: Europe/Amsterdam\n")
    (folder / "models/properties.yml").write_text(PROPERTIES)
    (folder / "models/segments/vip.sql").write_text(
        "select profile_id from {{ ref('profiles') }}\n"
    )
    head = (
        "connection: shop\ntype: local\npath: .\ngoals:\n  - kind: export_profiles\n    name: vip\n"
    )
    lines = "".join(f"    {line}\n" for line in goal.splitlines())
    (folder / "connections/shop.yml").write_text(head + lines)
    return read_project(folder)


def compiled(project: Project) -> ExportModels:
    library = Library(read_sql(), project, {}, lambda _: None)
    goal = cast(ExportProfiles, project.connections[0].goals[0])
    return export_models("shop", goal, project, project.properties, library, STARTED)


def empty_warehouse(project: Project) -> DuckDBWarehouse:
    library = Library(read_sql(), project, {}, lambda _: None)
    columns = columns_of(project.properties, library.macro("sql_type"))
    warehouse = DuckDBWarehouse.open(Path(":memory:"), threads=2)
    prepare(warehouse)
    shape(
        warehouse,
        "main.profiles",
        {
            name: (kind, comment_of(name, project.properties[name]))
            for name, kind in columns.items()
        },
    )
    warehouse.connection.execute("create table segments.vip (profile_id uuid)")
    return warehouse


def add_member(
    warehouse: DuckDBWarehouse, number: int, segment: str = "vip", **values: object
) -> None:
    """Put a profile into the warehouse and into a segment."""
    names = ", ".join(f'"{name}"' for name in ("profile_id", *values))
    marks = ", ".join("?" for _ in ("profile_id", *values))
    warehouse.connection.execute(
        f"insert into main.profiles ({names}) values ({marks})",
        [profile_id(number), *values.values()],
    )
    join_segment(warehouse, number, segment)


def join_segment(warehouse: DuckDBWarehouse, number: int, segment: str) -> None:
    identity = profile_id(number)
    warehouse.connection.execute(
        "insert into main.segment_members values (?, ?)", [segment, identity]
    )
    if segment == "vip":
        warehouse.connection.execute("insert into segments.vip values (?)", [identity])


@dataclass
class Export:
    """An export goal, ready to run."""

    folder: Path
    project: Project
    models: ExportModels
    warehouse: DuckDBWarehouse
    remote: Remote
    events: list[Event] = field(default_factory=list)
    build_id: str = BUILD

    @property
    def drop(self) -> Path:
        return self.folder / "drop"

    def add(self, number: int, segment: str = "vip", **values: object) -> None:
        add_member(self.warehouse, number, segment, **values)

    def clear(self) -> None:
        for table in ("main.profiles", "main.segment_members", "segments.vip"):
            self.warehouse.connection.execute(f"delete from {table}")

    def run(
        self,
        started_at: datetime = STARTED,
        remote: Remote | None = None,
        replace_files: bool = False,
    ) -> NodeResult:
        run = ExportRun(
            self.warehouse,
            self.models,
            remote or self.remote,
            self.folder / "exports",
            self.build_id,
            started_at,
            Sent(self.folder / "sent", "shop.vip"),
            self.events.append,
            replace_files=replace_files,
        )
        return run_export(run)

    def sent(self, path: str = "out/vip.csv") -> bytes:
        return (self.drop / path).read_bytes()


MakeExport = Callable[[str], Export]


def make_export(folder: Path, goal: str) -> Export:
    project = export_project(folder / "project", goal)
    (folder / "drop").mkdir()
    remote = open_remote(RemoteSettings(name="shop", kind="local", path=str(folder / "drop")))
    return Export(folder, project, compiled(project), empty_warehouse(project), remote)


@pytest.fixture
def export(tmp_path: Path) -> MakeExport:
    return lambda goal: make_export(tmp_path, goal)
