"""Statements of SQL, run on the tables of an open version as each changes them."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from runner.engine.protocol import Row
from runner.engine.spark.change import ENGINE, changed_relation, deleted, updated
from runner.engine.spark.column_type import spark_type
from runner.engine.spark.sql_text import relation_name
from runner.engine.spark.statement_form import form_of, statements_of
from runner.engine.spark.tables import ROW_ID, OpenTables, columns_of
from runner.engine.spark.tokens import split_at, text_of, tokens_of
from runner.engine.spark.version import Column, Table, View
from runner.engine.statement import statement
from runner.sql.quoting import Sql, unquoted_name

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

HASH_BYTES = 16
"""Length of a hash, which DuckDB has as a number."""


class StatementRunner:
    """Runs statements: a query is sent to the server; for changes of tables, see FORMS."""

    def __init__(self, tables: OpenTables) -> None:
        self.tables = tables

    def run(self, sql: str) -> list[Row]:
        """Run statements, and return the rows of the last."""
        rows: list[Row] = []
        for text in statements_of(sql):
            form, parts = form_of(text)
            run: Callable[..., list[Row]] = getattr(self, f"_{form}")
            rows = run(text) if form == "query" else run(**parts)
        return rows

    def _query(self, sql: str) -> list[Row]:
        return rows_of(self.tables.frame(sql))

    def _described(self, select: str) -> list[Row]:
        found = columns_of(self.tables.frame(select).drop(ROW_ID))
        return [(column.name, column.type) for column in found]

    def _schema(self) -> list[Row]:
        """A map needs no schemas."""
        return []

    def _created(
        self, temporary: str, kind: str, unless: str, relation: str, select: str, columns: str
    ) -> list[Row]:
        name, is_temporary = relation_name(tokens_of(relation)), bool(temporary)
        if unless and self.tables.key(name):
            return []
        if columns:
            declared = tuple(map(_column, split_at(tokens_of(columns), ",")))
            self.tables.keep(name, Table(declared), is_temporary=is_temporary)
            return []
        if kind.lower() == "table":
            return [(self.tables.put(name, self.tables.frame(select), is_temporary=is_temporary),)]
        self.tables.frame(select).schema  # noqa: B018 - an error in it is one of this statement
        self.tables.keep(name, View(select.strip()), is_temporary=is_temporary)
        return []

    def _inserted(self, relation: str, by_name: str, columns: str, select: str) -> list[Row]:
        name = relation_name(tokens_of(relation))
        if columns:
            values = {"select": Sql(select), "columns": Sql(columns)}
            select = statement(ENGINE, "change.named_rows", **values)
        frame = self.tables.frame(select)
        if not (by_name or columns):
            held = [column.name for column in self.tables.columns(name)]
            frame = frame.toDF(*held[: len(frame.columns)])
        return [(self.tables.add(name, frame),)]

    def _deleted(self, rest: str) -> list[Row]:
        relation, select = deleted(tokens_of(rest))
        return self._rewritten(relation, select)

    def _updated(self, rest: str) -> list[Row]:
        relation = changed_relation(tokens_of(rest))
        columns = self.tables.columns(relation_name(tokens_of(relation)))
        relation, select = updated(tokens_of(rest), [column.name for column in columns])
        return self._rewritten(relation, select)

    def _rewritten(self, relation: str, select: str) -> list[Row]:
        name = relation_name(tokens_of(relation))
        if self.tables.table(name).folders:
            self.tables.rewrite(name, self.tables.frame(select))
        return []

    def _emptied(self, relation: str) -> list[Row]:
        name = relation_name(tokens_of(relation))
        self._change(name, replace(self.tables.table(name), folders=()))
        return []

    def _dropped(self, kind: str, relation: str) -> list[Row]:  # noqa: ARG002
        self.tables.drop(relation_name(tokens_of(relation)))
        return []

    def _column_added(self, relation: str, unless: str, column: str, type: str) -> list[Row]:
        name, added = relation_name(tokens_of(relation)), unquoted_name(column)
        table = self.tables.table(name)
        known = {item.name.lower() for item in table.columns}
        if not (unless and added.lower() in known):
            self._change(name, table.with_column(Column(added, spark_type(type))))
        return []

    def _column_dropped(self, relation: str, column: str) -> list[Row]:
        name, gone = relation_name(tokens_of(relation)), unquoted_name(column).lower()
        table = self.tables.table(name)
        left = tuple(item for item in table.columns if item.name.lower() != gone)
        self._change(name, replace(table, columns=left))
        return []

    def _column_changed(self, relation: str, column: str, type: str, value: str) -> list[Row]:
        name, changed = relation_name(tokens_of(relation)), unquoted_name(column).lower()
        fresh = spark_type(type)
        table = self.tables.table(name)
        held = next(item for item in table.columns if item.name.lower() == changed)
        if held.type == fresh:
            return []
        written = held.name
        cast = {"column": written, "type": Sql(fresh)}
        select = statement(
            ENGINE,
            "change.retyped_rows",
            relation=Sql(relation),
            columns=[item.name for item in table.columns],
            changed=written,
            value=Sql(value) if value else statement(ENGINE, "change.cast_column", **cast),
        )
        frame = self.tables.frame(select)
        columns = tuple(
            replace(item, type=fresh) if item.name.lower() == changed else item
            for item in table.columns
        )
        self._change(name, Table(columns, (), table.comment))
        self.tables.rewrite(name, frame)
        return []

    def _commented(self, kind: str, relation: str, comment: str) -> list[Row]:
        note = "" if comment == "null" else unquoted_text(comment)
        if kind.lower() != "column":
            name = relation_name(tokens_of(relation))
            key = self.tables.key(name) or name
            self._change(key, replace(self.tables.relations()[key], comment=note))
            return []
        *path, column = (token.plain for token in tokens_of(relation) if token.kind == "name")
        name = ".".join(path)
        found = self.tables.relations()[self.tables.key(name) or name]
        if isinstance(found, Table):
            columns = tuple(
                replace(item, comment=note) if item.name == column else item
                for item in found.columns
            )
            self._change(name, replace(found, columns=columns))
        return []

    def _change(self, name: str, item: Table | View) -> None:
        key = self.tables.key(name) or name
        is_temporary = key in self.tables.temporary.tables or key in self.tables.temporary.views
        self.tables.keep(key, item, is_temporary=is_temporary)


def unquoted_text(literal: str) -> str:
    """Return the text of a literal of the standard."""
    return literal.strip()[1:-1].replace("''", "'")


def rows_of(frame: "DataFrame") -> list[Row]:
    """Return rows as tuples of plain values."""
    return [tuple(map(_plain, row)) for row in frame.collect()]


def _plain(value: Any) -> Any:
    """Return a value with records as dicts and hashes as numbers, as DuckDB does."""
    if hasattr(value, "asDict"):
        return {name: _plain(item) for name, item in value.asDict().items()}
    if isinstance(value, bytearray | bytes) and len(value) == HASH_BYTES:
        return int.from_bytes(value, "big")
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _column(part: list[Any]) -> Column:
    text = text_of(part)
    name = next(token for token in part if token.kind == "name")
    return Column(name.plain, spark_type(text[len(name.text) :]))
