"""A warehouse: its tables and views, asked, filled and changed by models and statements."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from runner.engine.protocol import Row, Session
from runner.model import Model
from runner.sql.quoting import Sql, quoted_relation

REWRITE_FROM = 0.3
"""Share of a table from which rewriting it is faster than changing rows in place."""


class Warehouse(Session, Protocol):
    """An open warehouse: the verbs that are the same on every engine.

    A `relation` is its name in SQL. `equal` are columns and the values that rows have in them; of
    a list of values, any.
    """

    def run(self, model: Model) -> int:
        """Run a model and put its rows where it says; returns how many were added.

        Raises ExecutionError at the line of the definition that is wrong.
        """
        if model.materialization == "append":
            rows = self.append(model)
        else:
            rows = self.create(model, is_temporary=True, is_view=model.materialization == "view")
        return int(rows[0][0]) if rows else 0

    def run_hook(self, hook: Model) -> None:
        """Run a statement of the project that may change the engine itself."""
        self.read(hook)

    def run_wide(self, model: Model) -> int:
        """Run a model of many columns that share no expressions."""
        return self.run(model)

    def read_lines(self, model: Model) -> None:
        """Read the lines of files, by a model in the SQL of DuckDB, into its temporary table."""
        self.run_wide(model)

    def select_wide(self, model: Model) -> tuple[list[str], list[Row]]:
        """Return the columns and the rows of a model such as `run_wide` runs."""
        return self.select(model)

    def value(self, name: str, /, **values: Any) -> Any:
        """Return the first value of the first row of a statement."""
        return self.perform(name, **values)[0][0]

    def create(
        self,
        model: Model,
        *,
        select: Sql | None = None,
        is_temporary: bool = False,
        is_view: bool = False,
    ) -> list[Row]:
        """Put the rows of a model into its relation, which replaces one of that name.

        `select` is SQL around that of the model, which gives the rows instead.
        """
        return self.put(
            model,
            "create",
            relation=Sql(model.relation),
            select=select or Sql(model.sql),
            is_temporary=is_temporary,
            is_view=is_view,
        )

    def append(self, model: Model) -> list[Row]:
        """Add the rows of a model to its relation, by the names of columns."""
        return self.put(model, "append", relation=Sql(model.relation))

    def fill(self, model: Model) -> None:
        """Put the rows of a model into its relation instead of those in it."""
        self.put(model, "append", relation=Sql(model.relation), is_filled=True)

    def create_temporary(
        self, target: str, name: str, /, *, is_view: bool = False, **values: Any
    ) -> None:
        """Create a temporary table, or view, of a query of runner."""
        self.perform(
            "create",
            relation=Sql(target),
            select=self.statement(name, **values),
            is_temporary=True,
            is_view=is_view,
        )

    def run_in_slices(self, model: Model, slices: int) -> None:
        """Run a model into its temporary table, a share of its keys at a time.

        What it aggregates then needs that share of the memory.
        """
        self.set_variable("slices", slices)
        for number in range(slices):
            self.set_variable("slice", number)
            if number:
                self.append(model)
            else:
                self.create(model, is_temporary=True)
        self.set_variable("slices", None)
        self.set_variable("slice", None)

    def count(self, relation: str, /, **equal: Any) -> int:
        """Return the number of rows of a relation."""
        return int(self.value("relation.count", relation=Sql(relation), equal=equal))

    def exists(self, relation: str, /, **equal: Any) -> bool:
        """Return whether a relation has such a row."""
        return bool(self.perform("relation.exists", relation=Sql(relation), equal=equal))

    def count_rows(self, model: Model, limit: int | None = None) -> int:
        """Return how many rows a model gives, up to a limit."""
        return int(self.put(model, "relation.count_rows", limit=limit)[0][0])

    def columns(self, model: Model) -> list[str]:
        """Return the names of the columns that a model gives."""
        return [str(row[0]) for row in self.put(model, "relation.describe")]

    def columns_of(self, name: str, /, **values: Any) -> list[str]:
        """Return the names of the columns that a query of runner gives."""
        found = self.perform("relation.describe", select=self.statement(name, **values))
        return [str(row[0]) for row in found]

    def relations(self) -> dict[str, str]:
        """Return the tables and views: `schema."name"` -> `BASE TABLE` or `VIEW`."""
        return dict(self.perform("catalog.relations"))

    def has(self, schema: str, name: str, relations: Collection[str] | None = None) -> bool:
        """Return whether there is a table or view; `relations`, read once, serve for many."""
        return quoted_relation(schema, name) in (
            self.relations() if relations is None else relations
        )

    def insert(self, relation: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows of plain values, which all have the same columns."""
        if rows:
            self.perform(
                "relation.insert",
                relation=Sql(relation),
                columns=list(rows[0]),
                rows=[list(row.values()) for row in rows],
            )

    def add_rows(self, relation: str, other: str) -> None:
        """Add the rows of another relation, by the names of columns."""
        rows = self.statement("relation.rows", relation=Sql(other))
        self.perform("append", relation=Sql(relation), select=rows)

    def delete(self, relation: str, /, **equal: Any) -> None:
        """Delete the rows with these values; all rows, where none are given."""
        self.perform("relation.delete", relation=Sql(relation), equal=equal)

    def delete_matching(self, relation: str, other: str, columns: Sequence[str]) -> None:
        """Delete the rows that have the same values in these columns as a row of `other`."""
        self.perform(
            "relation.delete_matching",
            relation=Sql(relation),
            other=Sql(other),
            columns=columns,
        )

    def drop(self, relation: str, *, is_view: bool = False) -> None:
        """Drop a table, or a view, where it is there."""
        self.perform("relation.drop", relation=Sql(relation), is_view=is_view)

    def upsert(self, relation: str, changed: str, key: str) -> None:
        """Replace the rows of a table that have a key of `changed`, and add its other rows.

        A small share is changed in place; a large one by writing the table again. An insert of no
        rows is left out: DuckDB 1.5 then shows nothing of a large one that follows in the same
        transaction, until the file is opened again.
        """
        count = self.count(changed)
        if count:
            self.perform(
                "replace",
                relation=Sql(relation),
                changed=Sql(changed),
                key=key,
                is_rewritten=self._is_rewritten(relation, count),
            )

    def replace(
        self, relation: str, fresh: str, changed: str, key: str, left_out: tuple[str, ...] = ()
    ) -> None:
        """Put the rows of `fresh` into a table, instead of those with the same key.

        Only keys that are in `changed` count; columns of `fresh` that are no columns of the
        table are named in `left_out`.
        """
        self.perform(
            "replace",
            relation=Sql(relation),
            fresh=Sql(fresh),
            changed=Sql(changed),
            key=key,
            left_out=left_out,
            is_rewritten=self._is_rewritten(relation, self.count(changed)),
        )

    def _is_rewritten(self, relation: str, changed: int) -> bool:
        """Return whether so many changed rows make it faster to write a table again."""
        held = self.count(relation)
        return held > 0 and changed / held >= REWRITE_FROM

    def write_csv(self, model: Model, line: str, order: str, header: str | None, path: Path) -> int:
        """Write a file of text lines, UTF-8; returns their number, the header not counted.

        `line` and `order` are SQL over a row of the model. Sorting lines takes a fifth of what
        sorting rows of many columns does.
        """
        values = {"line": Sql(line), "order": Sql(order), "header": header, "path": path}
        return int(self.put(model, "csv", **values)[0][0])

    def write_rows(self, model: Model, path: Path, limit: int | None = None) -> int:
        """Write the first rows of a model to a CSV file with a header; returns their number."""
        return _written(self.put(model, "rows", path=path, limit=limit))

    def write_parquet(self, model: Model, path: Path, select: Sql | None = None) -> int:
        """Write the rows of a model, or of SQL around it, to Parquet; returns their number."""
        return _written(self.put(model, "parquet", select=select or Sql(model.sql), path=path))

    def save_parquet(self, path: Path, name: str, /, **values: Any) -> int:
        """Write the rows of a query of runner to a Parquet file; returns how many there are."""
        return _written(self.perform("parquet", select=self.statement(name, **values), path=path))

    def file_rows(self, *paths: Path) -> Sql:
        """Return SQL that gives the rows of Parquet files of this machine; behind `from`."""
        return self.statement("relation.files", paths=paths)

    def first_containing(self, model: Model, key: str, column: str, text: str) -> Any | None:
        """Return the least key of a model's rows whose text in `column` contains a text.

        None where no row does.
        """
        values = {"key": key, "column": column, "value": text}
        return self.put(model, "relation.first_containing", **values)[0][0]


def _written(rows: list[Row]) -> int:
    return int(rows[0][0]) if rows else 0
