"""A small project in a folder of its own, built in this process."""

import csv
import io
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import indent
from typing import Any

import duckdb

from runner.orchestrate.build import run_build
from runner.orchestrate.options import BuildOptions
from runner.result import BuildResult, NodeResult
from runner.workspace.workspace import open_workspace

FIRST_MOMENT = 1_700_000_000
Row = Sequence[str]


def csv_text(rows: Sequence[Row], separator: str = ",", line_end: str = "\n") -> str:
    """Return rows as CSV, quoted where they must be."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator=line_end).writerows(rows)
    return stream.getvalue()


class Ground:
    """A project with the folder `drop` in the place of a server."""

    def __init__(
        self,
        folder: Path,
        properties: str,
        goals: str,
        event_types: Mapping[str, str],
        project: str = "",
    ) -> None:
        self.folder = folder
        self.moment = FIRST_MOMENT
        for name in ("models/events", "connections", "drop"):
            (folder / name).mkdir(parents=True)
        self._write(
            "runner_project.yml", f"name: ground\ntargets: {{local: {{threads: 1}}}}\n{project}"
        )
        self._write("models/properties.yml", "properties:\n" + indent(properties, "  "))
        for name, text in event_types.items():
            self._write(f"models/events/{name}.yml", text)
        self.define(goals)

    def segment(self, name: str, where: str) -> None:
        """Declare a segment of profiles."""
        (self.folder / "models/segments").mkdir(exist_ok=True)
        select = "select profile_id from {{ ref('profiles') }} where "
        self._write(f"models/segments/{name}.sql", select + where)

    def define(self, goals: str) -> None:
        """Declare the goals of the connection."""
        self._write("connections/shop.yml", f"{HEAD}goals:\n" + indent(goals, "  "))

    def drop(self, name: str, text: str) -> None:
        """Put a file into the drop folder, a minute younger than the one before."""
        file = self.folder / "drop" / name
        file.write_text(text, encoding="utf-8", newline="")
        os.utime(file, (self.moment, self.moment))
        self.moment += 60

    def build(self, **options: Any) -> BuildResult:
        """Build; every node must end well, but for exports that a declared limit stops."""
        result = run_build(open_workspace(self.folder), BuildOptions(**options))
        failures = [node.message for node in result.nodes if node.is_failure]
        failures = [text for text in failures if "`max_change` allows" not in str(text)]
        assert failures == [], failures
        return result

    def goal(self, result: BuildResult, name: str) -> NodeResult:
        """Return what became of a goal."""
        return next(node for node in result.nodes if node.name == f"shop.{name}")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query on the published warehouse."""
        return self.all_rows([sql])[0]

    def all_rows(self, queries: Sequence[str]) -> list[list[tuple[Any, ...]]]:
        """Return the rows of several queries on the published warehouse."""
        path = self.folder / "target/warehouse.duckdb"
        with duckdb.connect(str(path), read_only=True) as connection:
            return [connection.execute(sql).fetchall() for sql in queries]

    def _write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")


HEAD = "connection: shop\ntype: local\npath: drop\n"


@contextmanager
def ground(
    properties: str,
    goals: str,
    event_types: Mapping[str, str] | None = None,
    project: str = "",
) -> Iterator[Ground]:
    """Make a project that is removed afterwards."""
    with TemporaryDirectory(prefix="ground-") as folder:
        yield Ground(Path(folder), properties, goals, event_types or {}, project)
