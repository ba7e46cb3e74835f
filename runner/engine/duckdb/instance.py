"""DuckDB without a file of its own: files are attached to it, one after the other.

To start it takes ten times longer than to attach a file, and a build opens several.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from runner.engine.statement import statement

ENGINE = "duckdb"
"""What a target calls this engine."""
CONFIG: dict[str, Any] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
RESERVED = ("main", "memory", "system", "temp")
"""Names that the database of no file has."""


@dataclass(frozen=True)
class Settings:
    """What an instance may take of the machine; the engine's own limits where None."""

    threads: int | None
    memory_limit: str | None


def _started() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:", config=CONFIG)


@dataclass
class Instance:
    """A started engine, with one file at a time."""

    settings: Settings
    # The other connections are made of it, each with variables and temporary tables of its own.
    _first: duckdb.DuckDBPyConnection = field(default_factory=_started)
    _database: str = ""

    def open(self, path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
        """Return a connection to a file; raises duckdb.Error."""
        name = path.name.partition(".")[0]
        self._database = f"{name}_db" if name.lower() in RESERVED else name
        file = {"path": path, "database": self._database, "is_read_only": read_only}
        spill = path.with_name(f"{path.name}.tmp")
        connection = self._first.cursor()
        connection.execute(statement(ENGINE, "session.start", **vars(self.settings)))
        connection.execute(statement(ENGINE, "session.open", spill=spill, **file))
        return connection

    def keep(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Close the file, and keep the engine for the next one; where that fails, end it too."""
        try:
            connection.execute(statement(ENGINE, "session.close", database=self._database))
            connection.close()
        except duckdb.Error:
            self.end()
            return
        earlier = _kept.pop(self.settings, None)
        _kept[self.settings] = self
        if earlier is not None:
            earlier.end()

    def end(self) -> None:
        """Close the file, and end the engine."""
        self._first.close()


_kept: dict[Settings, Instance] = {}
"""Engines that no session has."""


def opened(
    path: Path, settings: Settings, *, read_only: bool
) -> tuple[Instance, duckdb.DuckDBPyConnection]:
    """Open a file, in an engine that was kept where there is one; raises duckdb.Error."""
    kept = _kept.pop(settings, None)
    if kept is not None:
        with suppress(duckdb.Error):
            return kept, kept.open(path, read_only=read_only)
        kept.end()
    instance = Instance(settings)
    try:
        return instance, instance.open(path, read_only=read_only)
    except duckdb.Error:
        instance.end()
        raise


def opened_alone(path: Path, settings: Settings) -> tuple[Instance, duckdb.DuckDBPyConnection]:
    """Open a file to read it, in an engine that writes nowhere; raises duckdb.Error.

    Such an engine has no other file, not even one in memory.
    """
    connection = duckdb.connect(str(path), read_only=True, config=CONFIG)
    connection.execute(statement(ENGINE, "session.start", **vars(settings)))
    return Instance(settings, connection), connection
