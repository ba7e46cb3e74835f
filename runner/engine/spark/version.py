"""What one version of a warehouse consists of: its tables, their folders, its views."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from runner.errors import ExecutionError

FORMAT = 1
"""Format of pointer files; a higher one is not understood."""


@dataclass(frozen=True)
class Column:
    """A column of a table. Files that do not have it hold null in each row."""

    name: str
    # In Spark SQL, such as `decimal(38,10)`.
    type: str
    comment: str = ""


@dataclass(frozen=True)
class Table:
    """The rows of a table: those of all files in its folders. A folder is never changed."""

    columns: tuple[Column, ...]
    # Below the warehouse; none where the table has no rows.
    folders: tuple[str, ...] = ()
    comment: str = ""

    def with_folder(self, folder: str) -> "Table":
        """Return the table with the rows of one more folder."""
        return replace(self, folders=(*self.folders, folder))

    def with_column(self, column: Column) -> "Table":
        """Return the table with a column; one of this name, in upper or lower case, is replaced."""
        others = {known.name.lower(): known for known in self.columns}
        others[column.name.lower()] = column
        return replace(self, columns=tuple(others.values()))


@dataclass(frozen=True)
class View:
    """A view: a SELECT of the project or of runner."""

    sql: str
    comment: str = ""


@dataclass(frozen=True)
class Version:
    """All tables and views of a warehouse at one moment, by names such as `main.profiles`."""

    tables: Mapping[str, Table] = field(default_factory=dict)
    views: Mapping[str, View] = field(default_factory=dict)

    @property
    def folders(self) -> frozenset[str]:
        """Return the folders of all tables."""
        return frozenset(folder for table in self.tables.values() for folder in table.folders)

    def with_table(self, name: str, table: Table) -> "Version":
        """Return the version with a table, in place of a table or view of this name."""
        return Version({**self.tables, name: table}, _without(self.views, name))

    def with_view(self, name: str, view: View) -> "Version":
        """Return the version with a view, in place of a table or view of this name."""
        return Version(_without(self.tables, name), {**self.views, name: view})

    def without(self, name: str) -> "Version":
        """Return the version without a table or view."""
        return Version(_without(self.tables, name), _without(self.views, name))

    def stored(self) -> bytes:
        """Return the version as a pointer file holds it."""
        tables = {
            name: {
                "columns": [[item.name, item.type, item.comment] for item in table.columns],
                "folders": table.folders,
                "comment": table.comment,
            }
            for name, table in sorted(self.tables.items())
        }
        views = {name: [view.sql, view.comment] for name, view in sorted(self.views.items())}
        return json.dumps({"format": FORMAT, "tables": tables, "views": views}, indent=1).encode()


def _without(named: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in named.items() if key != name}


def read_version(data: bytes, path: str) -> Version:
    """Read a pointer file; raises ExecutionError where it is none, or a newer runner wrote it."""
    try:
        found = json.loads(data)
        number = int(found["format"])
        if number > FORMAT:
            raise ExecutionError(
                f"{path}: a newer runner wrote it, in format {number}; this one knows {FORMAT}:"
                " update runner"
            )
        tables = {name: _table(table) for name, table in found["tables"].items()}
        views = {name: View(str(sql), str(comment)) for name, (sql, comment) in _items(found)}
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ExecutionError(
            f"{path}: it does not describe a warehouse",
            hint="`runner rollback` puts an earlier version in its place;"
            " `runner build --full-refresh` rebuilds it from the staged files",
        ) from error
    return Version(tables, views)


def _items(found: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    return [(str(name), view) for name, view in found["views"].items()]


def _table(found: Mapping[str, Any]) -> Table:
    columns = tuple(Column(str(name), str(of), str(note)) for name, of, note in found["columns"])
    return Table(columns, tuple(map(str, found["folders"])), str(found["comment"]))
