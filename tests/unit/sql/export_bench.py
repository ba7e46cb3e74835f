"""Templates of export goals on an engine in memory: given rows in, rows out."""

from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent, indent

from runner.compile.export_models import ExportModels, export_models
from runner.definitions.export_goal import ExportProfiles
from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.errors import ExecutionError
from runner.model import Model
from runner.warehouse.tables import shape_tables
from runner.workspace.workspace import open_workspace
from tests.unit.exports.exports import STARTED
from tests.unit.sql.filling import fill
from tests.unit.sql.table import Table, shown

FILES = {
    "runner_project.yml": "name: shop\nobjectives: [mail]\n",
    "models/properties.yml": """\
properties:
  email: {identifier: true}
  name: text
  visits: integer
  tags: {multi: true}
  firm: {group: firm}
""",
    "models/groups/firm.yml": "properties: {number: {identifier: true}, city: text}\n",
    "models/segments/vip.sql": "select profile_id from {{ ref('profiles') }}\n",
    "models/segments/new.sql": "select profile_id from {{ ref('profiles') }}\n",
    "models/events/visit.yml": "properties: {page: text}\nnested: {item: {properties: {sku: text}}}\n",
}

SENT = """
profile_id uuid, content_hash varchar, partner_key varchar, key_names varchar[], names varchar[],
texts varchar[]
"""


class ExportBench:
    """The models of one export goal, and the empty relations that they read."""

    def __init__(self, goal: str) -> None:
        with TemporaryDirectory(prefix="export-") as name:
            folder = Path(name)
            head = "connection: shop\ntype: local\npath: .\ngoals:\n  - name: vip\n"
            texts = {**FILES, "connections/shop.yml": head + indent(dedent(goal), "    ")}
            for path, text in texts.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_text(text, encoding="utf-8")
            workspace = open_workspace(folder)
        declared = workspace.project.connections[0].goals[0]
        assert isinstance(declared, ExportProfiles)
        self.warehouse = DuckDBWarehouse.open(Path(":memory:"), threads=1)
        shape_tables(self.warehouse, workspace)
        project = workspace.project
        models = export_models(
            "shop", declared, project, project.properties, workspace.library, STARTED
        )
        self.models = self._named(models)
        execute = self.warehouse.connection.execute
        execute("create table segments.vip (profile_id uuid)")
        for name in ("sent", "recorded"):
            execute(f'create temp table "export.{name}" ({SENT})')
        if models.files is not None:
            self._make_relations(models)

    def _named(self, models: ExportModels) -> dict[str, Model]:
        files = models.files
        parts = [models.rows, models.counts]
        if files is not None:
            more = (
                files.rekeyed,
                files.removed,
                files.lines,
                files.line_counts,
                files.file,
                files.state,
            )
            parts += [model for model in more if model is not None]
            parts += [files.exported] if files.exported is not models.rows else []
            parts += [sheet.model for _, sheet in files.events]
        return {model.name.removeprefix("shop.vip."): model for model in parts}

    def _make_relations(self, models: ExportModels) -> None:
        """Make the relations between the models, empty."""
        execute = self.warehouse.connection.execute
        assert models.files is not None
        made = {
            "exported": models.files.exported,
            "removed": models.files.removed,
            "lines": models.files.lines,
            "file": models.files.lines,
        }
        for name, model in made.items():
            if model is not None:
                with suppress(ExecutionError):
                    execute(
                        f'create temp table "export.{name}" as select * from ({model.sql}\n) limit 0'
                    )

    def expect(self, step: str, given: Mapping[str, str], rows: str) -> None:
        """Run a model on given relations; its rows must be these, in any order."""
        expected = Table.read(rows)
        names = ", ".join(f'cast("{column}" as varchar)' for column in expected.columns)
        execute = self.warehouse.connection.execute
        execute("begin")
        try:
            for relation, text in given.items():
                full = relation if "." in relation else f'"export.{relation}"'
                fill(execute, full, Table.read(text))
            found = execute(f"select {names} from ({self.models[step].sql}\n)").fetchall()
        finally:
            execute("rollback")
        shown_rows = [tuple(map(shown, expected.columns, row)) for row in found]
        assert sorted(shown_rows, key=str) == sorted(expected.rows, key=str), (
            f"{step} gives\n{Table(expected.columns, tuple(shown_rows))}"
        )


@cache
def export_bench(goal: str) -> ExportBench:
    """Return the bench of an export goal, made once."""
    return ExportBench(goal)
