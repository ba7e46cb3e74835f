"""Templates of import goals on an engine in memory: given rows in, rows out.

A workbench holds one goal. Every relation that its templates read is there, with the columns and
types that the goal's own models give it, and empty. A test fills those that it is about, runs one
model, and leaves the workbench as it was.
"""

from collections.abc import Mapping
from contextlib import suppress
from copy import copy
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent, indent
from typing import Any

import duckdb

from runner.compile.batch_traits import BatchTraits
from runner.compile.import_models import ImportModels, import_models
from runner.compile.import_resolver import resolve_import
from runner.definitions.import_goal import ImportGoal
from runner.definitions.import_products import ImportProducts
from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.errors import ExecutionError
from runner.imports.applying import apply_products, apply_rows, pipeline
from runner.model import Model
from runner.sql.quoting import quoted_name
from runner.warehouse.tables import shape_tables
from runner.workspace.workspace import Workspace, open_workspace
from tests.unit.sql.engine import ENGINE
from tests.unit.sql.expression import for_engine
from tests.unit.sql.filling import fill
from tests.unit.sql.rows import rows_as_texts
from tests.unit.sql.table import Row, Table, shown

BUILD = "20240501-1"


class Workbench:
    """The models of one import goal, and the empty relations that they read."""

    def __init__(
        self, workspace: Workspace, headers: Mapping[str, tuple[str, ...]], traits: BatchTraits
    ) -> None:
        self.workspace = workspace
        project = workspace.project
        connection = project.connections[0]
        goal = connection.goals[0]
        assert isinstance(goal, ImportGoal)
        self.plan = resolve_import(
            connection.connection, goal, headers, project, workspace.library.environment
        )
        self.models = import_models(self.plan, {}, project, workspace.library, BUILD, traits)
        self.tested = self._tested(headers, traits)
        self.warehouse = DuckDBWarehouse.open(Path(":memory:"), threads=1)
        self.execute = self.warehouse.connection.execute
        shape_tables(self.warehouse, workspace)
        self._views = {
            model.relation: model
            for model in self.models.models.values()
            if model.materialization == "view"
        }
        self._run_empty()

    def _tested(self, headers: Mapping[str, tuple[str, ...]], traits: BatchTraits) -> ImportModels:
        """Return the models for the engine that tests run on; those of DuckDB make relations."""
        if ENGINE == "duckdb":
            return self.models
        workspace = for_engine(self.workspace)
        environment = workspace.library.environment
        connection = workspace.project.connections[0].connection
        plan = resolve_import(connection, self.plan.goal, headers, workspace.project, environment)
        return import_models(plan, {}, workspace.project, workspace.library, BUILD, traits)

    def _run_empty(self) -> None:
        """Import no rows, so that each relation is there."""
        for name, model in self.models.models.items():
            if name.startswith("lines."):
                self.warehouse.run(model)
        steps = pipeline(self.warehouse, self.plan, self.models)
        if isinstance(self.plan.goal, ImportProducts):
            apply_products(self.plan, steps, "")
        else:
            types = self.workspace.project.event_types
            apply_rows(self.plan, steps, types, BUILD, ["none.csv"])
        for model in self.models.models.values():
            if model.materialization in ("temporary", "view") and not self._is_there(model):
                # Some models are compiled for goals that never run them, and need not parse.
                with suppress(ExecutionError):
                    self.warehouse.run(model)
        for model in self.models.models.values():
            if model.materialization == "temporary" and self._is_there(model):
                self._empty(model.relation)

    def _is_there(self, model: Model) -> bool:
        try:
            self.execute(f"from {model.relation} limit 0")
        except duckdb.CatalogException:
            return False
        return True

    def rows(self, step: str, given: Mapping[str, str], columns: tuple[str, ...]) -> list[Row]:
        """Return columns of what a model gives, as texts, in the order in which it gives them."""
        relations = {self._relation(name): Table.read(text) for name, text in given.items()}
        try:
            for relation, table in relations.items():
                fill(self.execute, self._as_table(relation), table)
            found = rows_as_texts(self.warehouse.connection, self.tested[step].sql, columns)
        finally:
            for relation in relations:
                self._empty(relation)
        return [tuple(map(shown, columns, row)) for row in found]

    def _relation(self, name: str) -> str:
        """Return the relation of a step; any other name is one of the warehouse."""
        if name.split(".")[0] in ("main", "runner", "segments"):
            return name
        return quoted_name(f"{self.plan.name}.{name}")

    def _as_table(self, relation: str) -> str:
        """Return a relation that takes rows: a view becomes a table of the same columns."""
        if relation in self._views:
            self.execute(f"create temp table as_given as from {relation} limit 0")
            self.execute(f"drop view {relation}")
            self.execute(f"alter table as_given rename to {relation}")
        return relation

    def _empty(self, relation: str) -> None:
        """Leave a relation as it was; rows that come next are numbered from 0."""
        view = self._views.get(relation)
        if view is not None:
            self.execute(f"drop table if exists {relation}")
            self.warehouse.run(view)
        elif relation.startswith('"'):
            self.execute(f"create or replace temp table {relation} as from {relation} limit 0")
        else:
            self.execute(f"delete from {relation}")


@cache
def workbench(
    goal: str,
    properties: str,
    headers: tuple[tuple[str, str], ...],
    project: str,
    more: Any,
    traits: BatchTraits,
) -> Workbench:
    """Return the workbench of a goal, made once."""
    with TemporaryDirectory(prefix="workbench-") as name:
        folder = Path(name)
        texts = {
            "runner_project.yml": f"name: shop\n{project}",
            "models/properties.yml": f"properties:\n{indent(properties, '  ')}",
            "connections/shop.yml": f"connection: shop\ntype: local\npath: .\ngoals:\n{goal}",
            **dict(more),
        }
        for path, text in texts.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        workspace = open_workspace(folder)
    columns = {name: tuple(names.split()) for name, names in headers}
    return Workbench(workspace, columns, traits)


class Goal:
    """An import goal as a test writes it: `identify`, `map` and what else it has, as YAML."""

    def __init__(
        self,
        body: str,
        properties: str,
        headers: Mapping[str, str],
        project: str = "",
        files: Mapping[str, str] | None = None,
        kind: str = "import_profiles",
    ) -> None:
        self.body = f"  - name: rows\n    kind: {kind}\n{indent(dedent(body), '    ')}"
        self.properties = dedent(properties)
        self.headers = tuple(headers.items())
        self.project = dedent(project)
        self.files = tuple((path, dedent(text)) for path, text in (files or {}).items())
        self.traits = BatchTraits(is_suppressing=True)

    @property
    def late(self) -> "Goal":
        """Return the goal as it is compiled for several files, one of which is late (P8)."""
        return self._with(is_late=True, is_several=True)

    @property
    def first(self) -> "Goal":
        """Return the goal as it is compiled for its first import."""
        return self._with(is_first=True)

    def _with(self, **traits: bool) -> "Goal":
        goal = copy(self)
        goal.traits = replace(self.traits, **traits)
        return goal

    @property
    def workbench(self) -> Workbench:
        """Return its relations and models."""
        return workbench(
            self.body, self.properties, self.headers, self.project, self.files, self.traits
        )

    def expect(
        self, step: str, given: Mapping[str, str], rows: str, is_ordered: bool = False
    ) -> None:
        """Run the model of a step on given relations; its rows must be these, in any order.

        A relation is named by its step, or is a table of the warehouse, such as `runner.files`.
        """
        expected = Table.read(rows)
        found = self.workbench.rows(step, given, expected.columns)
        wanted = list(expected.rows)
        if not is_ordered:
            found, wanted = sorted(found, key=str), sorted(wanted, key=str)
        assert found == wanted, f"{step} gives\n{Table(expected.columns, tuple(found))}"
