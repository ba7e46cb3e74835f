"""A twin of a small project: built on Spark after each build on DuckDB, and compared to it."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import yaml

from runner.engine.spark.version import read_version
from runner.engine.store import POINTER
from tests.servers.command import Ended, LoadedRunner

TARGET = "cluster"
OF_A_RUN = ("build_id", "fingerprint", "parts", "declared_hash", "version")
OF_A_RUN += ("value_hash", "receipt_id", "suppressed_at")
"""Columns that differ between two builds of the same."""
BY_HASH = {"pending_rows": ("identifier",)}
"""Columns that are chosen by hashes of a list, which has a salt of its own."""
MOMENT = re.compile(r"[0-9]{8}[-_T]?[0-9]{6}([-.]?[0-9]{3,6}Z)?")
SERVER = "drop"
"""The folder in the place of a server."""
GENERATED = "target"
"""The folder that each of both has for itself."""


@dataclass(frozen=True)
class Twin:
    """The folder of a project's twin, and the server that it is built on."""

    folder: Path
    remote: str

    def run(self, runner: LoadedRunner, *arguments: str, env: Any = None) -> Ended:
        """Run a command on Spark."""
        return runner(self.folder, *arguments, "--target", TARGET, env=env)

    def prepare(self, project: Path) -> None:
        """Copy what the next command finds, before the project's own changes it."""
        self.folder.mkdir(exist_ok=True)
        for item in self.folder.iterdir():
            if item.name == GENERATED:
                continue
            shutil.rmtree(item) if item.is_dir() else item.unlink()
        shutil.copytree(
            project, self.folder, dirs_exist_ok=True, ignore=_generated(project), symlinks=True
        )
        file = self.folder / "runner_project.yml"
        declared = yaml.safe_load(file.read_text(encoding="utf-8"))
        targets = declared.setdefault("targets", {"local": {}})
        first = dict(next(iter(targets.values())) or {})
        kept = {key: first[key] for key in ("connections", "vars") if key in first}
        place = {"engine": "spark", "remote": self.remote, "warehouse": f"{GENERATED}/{TARGET}"}
        targets[TARGET] = kept | place
        declared["target"] = declared.get("target", next(iter(targets)))
        file.write_text(yaml.safe_dump(declared, allow_unicode=True), encoding="utf-8")

    def copied(self, project: Path) -> "Twin":
        """Return a copy, with what was built of it, for a copy of the project."""
        copy = twin_of(project, self.remote)
        shutil.rmtree(copy.folder, ignore_errors=True)
        if self.folder.exists():
            shutil.copytree(self.folder, copy.folder)
        return copy

    def differences(self, warehouse: Path) -> dict[str, tuple[list[str], list[str]]]:
        """Return the rows of each table that only DuckDB has, and those that only Spark has."""
        return {
            name: (sorted(set(rows) - set(other)), sorted(set(other) - set(rows)))
            for name, (rows, other) in self.compared(warehouse).items()
            if rows != other
        }

    def unnamed_folders(self) -> list[str]:
        """Return the folders of the warehouse that no version names."""
        root = self.folder / GENERATED / TARGET
        pointers = [root / POINTER, *(root / "kept").glob("*.json")]
        named = {
            folder
            for path in pointers
            if path.exists()
            for folder in read_version(path.read_bytes(), path.name).folders
        }
        found = {str(path.relative_to(root)) for path in root.glob("*/*") if path.is_dir()}
        return sorted(found - named)

    def other_files(self, project: Path) -> list[str]:
        """Return the files that were sent, and are not the same on both engines."""
        here, there = (_sent(folder) for folder in (project, self.folder))
        return sorted(name for name in here | there if here.get(name) != there.get(name))

    def compared(self, warehouse: Path) -> dict[str, tuple[list[str], list[str]]]:
        """Return the rows of each table of DuckDB's warehouse, and those of Spark's."""
        root = self.folder / GENERATED / TARGET
        version = read_version((root / POINTER).read_bytes(), POINTER)
        found = {}
        with duckdb.connect(str(warehouse), read_only=True) as local:
            tables = local.execute("select schema_name, table_name from duckdb_tables()")
            for schema, name in tables.fetchall():
                table = version.tables.get(f"{schema}.{name}")
                if table is None:
                    found[f"{schema}.{name}"] = (["a table"], ["no table"])
                    continue
                left = OF_A_RUN + BY_HASH.get(name, ())
                held = [column.name for column in table.columns if column.name not in left]
                if not held:
                    continue
                listed = ", ".join(f'"{column}"' for column in held)
                files = [str(f) for part in table.folders for f in (root / part).glob("*.parquet")]
                here = _rows(local, f'select {listed} from {schema}."{name}"')
                there = f"select {listed} from read_parquet({files}, union_by_name = true)"
                found[f"{schema}.{name}"] = (here, _rows(local, there) if files else [])
        return found


def twin_of(project: Path, remote: str) -> Twin:
    """Return the twin of a project, beside it."""
    return Twin(project.with_name(f"{project.name}-on-spark"), remote)


def _sent(folder: Path) -> dict[str, list[bytes]]:
    """Return what lies where partners read and write; names without the moment of the build."""
    found: dict[str, list[bytes]] = {}
    for file in sorted((folder / SERVER).rglob("*")):
        if file.is_file():
            name = MOMENT.sub("", str(file.relative_to(folder)))
            found.setdefault(name, []).append(file.read_bytes())
    return found


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
    return sorted(str(tuple(map(plain, row))) for row in connection.execute(sql).fetchall())


def plain(value: Any) -> Any:
    """Return a value as both engines store it: ids as texts, hashes as numbers."""
    if isinstance(value, bytes):
        return int.from_bytes(value, "big")
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value if value is None or isinstance(value, int) else str(value)


def _generated(project: Path) -> Any:
    return lambda folder, names: [GENERATED] if Path(folder) == project else []
