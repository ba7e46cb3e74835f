"""Compares an export with DuckDB's plain COPY of the same columns.

A million profiles with a decimal comma, dates and times in a stated format go through all that
an export goal does on this side of the server: counted, written, hashed. Each figure is the
median of several rounds, runner and COPY by turns. A missed aim is shown and is no failure.
"""

import argparse
import json
import shutil
import statistics
import time
from datetime import UTC, datetime
from pathlib import Path
from string import Template
from typing import cast

from runner.compile.export_models import ExportModels, export_models
from runner.definitions.export_goal import ExportProfiles
from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.exports.run import ExportRun, run_export
from runner.publish.sent import Sent
from runner.remote import RemoteSettings, open_remote
from runner.workspace.workspace import Workspace, open_workspace

AIM = 2.5
MOMENT = datetime(2025, 1, 1, tzinfo=UTC)
CONNECTION = """\
connection: partner
type: local
path: drop
goals:
  - name: everybody
    kind: export_profiles
    segment: everybody
    file_name: everybody.csv
    format:
      separator: ";"
      decimal: ","
      date_format: "%d-%m-%Y"
      datetime_format: "%d-%m-%Y %H:%M"
    columns:
"""
COLUMNS = {
    "email": "text",
    "first_name": "text",
    "city": "text",
    "country": "text",
    "born": "date",
    "seen_at": "datetime",
    "spent": "decimal(18,2)",
    "score": "decimal(10,4)",
    "orders": "integer",
}


def statement(name: str, **parts: object) -> str:
    """Return the SQL of a file beside this one, its parts put in."""
    text = Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8")
    return Template(text).substitute(parts)


def write_project(folder: Path) -> Workspace:
    """Write a project with one export goal, and open it."""
    for part in ("connections", "models/segments", "drop"):
        (folder / part).mkdir(parents=True)
    (folder / "runner_project.yml").write_text("name: bench\n")
    lines = "".join(f"  {name}: {kind}\n" for name, kind in COLUMNS.items())
    (folder / "models/properties.yml").write_text(f"properties:\n{lines}")
    segment = "select profile_id from {{ ref('profiles') }}\n"
    (folder / "models/segments/everybody.sql").write_text(segment)
    columns = "".join(f"      - {{header: {name}, property: {name}}}\n" for name in COLUMNS)
    head = f"{CONNECTION}      - {{header: profile_id, profile_id: true}}\n"
    (folder / "connections/partner.yml").write_text(head + columns)
    return open_workspace(folder)


def measure(folder: Path, rounds: int) -> tuple[float, float]:
    """Return the median seconds of an export and of a plain COPY."""
    shutil.rmtree(folder, ignore_errors=True)
    workspace = write_project(folder)
    connection = workspace.project.connections[0]
    goal = cast(ExportProfiles, connection.goals[0])
    models = export_models(
        "partner", goal, workspace.project, workspace.project.properties, workspace.library, MOMENT
    )
    runs, copies = [], []
    with DuckDBWarehouse.open(folder / "warehouse.duckdb", threads=2) as warehouse:
        made = statement("export_profiles")
        warehouse.connection.execute(made)
        plain = statement("export_plain", path=folder / "plain.csv")
        for _ in range(rounds):
            runs.append(_export(warehouse, models, folder))
            start = time.perf_counter()
            warehouse.connection.execute(plain)
            copies.append(time.perf_counter() - start)
    return statistics.median(runs), statistics.median(copies)


def _export(warehouse: DuckDBWarehouse, models: ExportModels, folder: Path) -> float:
    start = time.perf_counter()
    settings = RemoteSettings(name="partner", kind="local", path=str(folder / "drop"))
    with open_remote(settings) as remote:
        sent = Sent(folder / "sent", models.name)
        run_export(ExportRun(warehouse, models, remote, folder / "exports", "build", MOMENT, sent))
    return time.perf_counter() - start


def main() -> None:
    """Measure, and print a line for people and one of JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.export", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=Path("target/benchmark_export"))
    options = parser.parse_args()
    export, copy = measure(options.folder, options.rounds)
    ratio = export / copy
    missed = "" if ratio <= AIM else "  missed"
    print(f"export {export:.2f} s, plain COPY {copy:.2f} s, ratio {ratio:.2f}, aim {AIM}{missed}")
    print(json.dumps({"profiles": 1_000_000, "export": export, "copy": copy}))


if __name__ == "__main__":
    main()
