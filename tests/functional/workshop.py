"""A small project that a test writes, drops files for, builds and looks into."""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from typing import Any

import duckdb
import pytest

from tests.functional.twin import Twin, twin_of
from tests.servers.command import Ended, LoadedRunner
from tests.unit.sql.engine import ENGINE as TESTED

PROJECT = """\
name: shop
targets:
  local: {warehouse: target/warehouse.duckdb, threads: 1}
"""
FIRST_MOMENT = 1_700_000_000
"""Modification time of the first file that is dropped; each later one is a minute younger."""
ENGINE = duckdb.connect()
"""Warehouses are attached to it: opening one on its own takes ten times longer."""
MIRRORED = ("build", "forget", "suppress", "unsuppress")
"""Commands that change a warehouse: they run on both engines, where there are two."""
ATTACHED = "select database_name from duckdb_databases() where path is not null"


@contextmanager
def attached(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Read a warehouse; no one has it open afterwards, nor what statements attached beside it."""
    name = f'"{warehouse.stem}"'
    ENGINE.execute(f"attach '{warehouse}' as {name} (read_only)")
    try:
        ENGINE.execute(f"use {name}")
        yield ENGINE
    finally:
        ENGINE.execute("use memory")
        for (other,) in ENGINE.execute(ATTACHED).fetchall():
            ENGINE.execute(f'detach "{other}"')


@dataclass
class Workshop:
    """A project in a folder, with the folder `drop` in the place of a server."""

    folder: Path
    runner: LoadedRunner
    env: Mapping[str, str] = field(default_factory=dict)
    drops: int = 0
    # The warehouse of the target that is looked into.
    database: str = "target/warehouse.duckdb"
    # Where each build is made on the other engine too, and compared.
    twin: Twin | None = None

    def write(self, path: str, text: str) -> Path:
        """Write a file of the project."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")
        return file

    def properties(self, text: str) -> None:
        """Declare the properties, `name: declaration` lines."""
        lines = "".join(f"  {line}\n" for line in dedent(text).strip().splitlines())
        self.write("models/properties.yml", f"properties:\n{lines}")

    def goals(self, text: str, connection: str = "shop", access: str = "") -> None:
        """Declare the goals of a connection to the drop folder, as a list of YAML."""
        head = access or "type: local\npath: drop\n"
        lines = "".join(f"  {line}\n" for line in dedent(text).strip().splitlines())
        self.write(
            f"connections/{connection}.yml", f"connection: {connection}\n{head}goals:\n{lines}"
        )

    def drop(self, path: str, content: str | bytes, moment: int | None = None) -> Path:
        """Put a file into the drop folder, as the partner would; a younger one each time."""
        file = self.folder / "drop" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(dedent(content).encode() if isinstance(content, str) else content)
        at = FIRST_MOMENT + 60 * self.drops if moment is None else moment
        os.utime(file, (at, at))
        self.drops += 1
        return file

    def run(self, *arguments: str) -> Ended:
        """Run a command of runner here; one that changes a warehouse on both engines."""
        if self.twin is None or arguments[0] not in MIRRORED:
            return self.runner(self.folder, *arguments, env=self.env)
        self.twin.prepare(self.folder)
        ended = self.runner(self.folder, *arguments, env=self.env)
        other = self.twin.run(self.runner, *arguments, env=self.env)
        assert other.code == ended.code, f"on Spark:\n{other.told}\non DuckDB:\n{ended.told}"
        differences = self.twin.differences(self.warehouse) if self.warehouse.exists() else {}
        assert differences == {}
        assert self.twin.other_files(self.folder) == []
        if arguments[0] == "forget" and ended.code == 0 and "--dry-run" not in arguments:
            assert self.twin.unnamed_folders() == []
        return ended

    def build(self, *arguments: str) -> dict[str, Any]:
        """Build; every goal, model and test must end well. Returns the nodes' results."""
        ended = self.run("build", *arguments)
        assert ended.code == 0, ended.told
        return self.results()

    def results(self) -> dict[str, Any]:
        """Return what the last build did with each node, by name."""
        text = (self.folder / "target/run_results.json").read_text(encoding="utf-8")
        return {node["unique_id"].split(".", 2)[2]: node for node in json.loads(text)["results"]}

    def outcomes(self, goal: str) -> dict[str, int]:
        """Return the outcomes of the rows of a goal in the last build, those that are not 0."""
        return {name: rows for name, rows in self.results()[goal]["outcomes"].items() if rows}

    @property
    def warehouse(self) -> Path:
        """Return the published warehouse."""
        return self.folder / self.database

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query on the published warehouse."""
        with attached(self.warehouse) as connection:
            return connection.execute(sql).fetchall()

    def digest(self, select: str) -> list[Any]:
        """Return the number of rows that SQL gives, and a hash of them in any order.

        Many rows are compared in a hundredth of the time that reading them takes.
        """
        return self.digests({"": select})[""]

    def digests(self, selects: Mapping[str, str]) -> dict[str, list[Any]]:
        """Return the same for each of several, by name."""
        counted = (
            f"select {number}, count(*), sum(hash(rows_)) from ({select}) as rows_"
            for number, select in enumerate(selects.values())
        )
        names = list(selects)
        return {names[n]: found for n, *found in self.rows(" union all ".join(counted))}

    def profiles(self, columns: str = "columns(*)", order: str = "all") -> list[tuple[Any, ...]]:
        """Return columns of all profiles, in order."""
        return self.rows(f"select {columns} from profiles order by {order}")

    def copied(self, folder: Path) -> "Workshop":
        """Return a copy of the project as it is now, with what was built of it."""
        shutil.copytree(self.folder, folder)
        twin = self.twin and self.twin.copied(folder)
        return Workshop(folder, self.runner, self.env, self.drops, self.database, twin)

    def restored(self, folder: Path) -> "Workshop":
        """Return a copy in the folder where it was built: what was fetched is known by its place."""
        shutil.rmtree(folder, ignore_errors=True)
        return self.copied(folder)


def new_workshop(folder: Path, runner: LoadedRunner, remote: str = "") -> Workshop:
    """Start an empty project in a folder, with an empty drop folder.

    With the address of a server of Spark, it is built there too, and compared.
    """
    shop = Workshop(folder, runner, twin=twin_of(folder, remote) if remote else None)
    shop.write("runner_project.yml", PROJECT)
    (folder / "drop").mkdir()
    return shop


@pytest.fixture(scope="session")
def other_engine(request: pytest.FixtureRequest) -> str:
    """Give the address of a server of Spark, where ENGINE asks for it."""
    return str(request.getfixturevalue("remote")) if TESTED == "spark" else ""


@pytest.fixture
def shop(tmp_path: Path, run_runner: LoadedRunner, other_engine: str) -> Workshop:
    """An empty project with an empty drop folder."""
    return new_workshop(tmp_path / "shop", run_runner, other_engine)


@pytest.fixture(scope="module")
def shared_shop(
    tmp_path_factory: pytest.TempPathFactory, run_runner: LoadedRunner, other_engine: str
) -> Workshop:
    """An empty project of a module: it is built once, and each test gets a copy."""
    return new_workshop(tmp_path_factory.mktemp("shared") / "shop", run_runner, other_engine)
