"""Statements that change rows, as the SELECT of what a table holds afterwards.

Folders are never changed: `update` and `delete` write a table again. What they mean is what they
mean for DuckDB; of `from`, one row at most matches a row of the table.
"""

from collections.abc import Sequence
from typing import Any

from runner.engine.spark.tokens import Token, clauses, outside, split_at, text_of
from runner.engine.statement import statement
from runner.sql.quoting import Sql, quoted_name

ENGINE = "spark"
"""What a target calls this engine."""


def deleted(parts: Sequence[Token]) -> tuple[str, str]:
    """Return the relation of `delete from <parts>`, and a SELECT of the rows that stay."""
    found = clauses(parts, ("using", "where"))
    shared = _shared(found)
    if "using" in found:
        other, other_alias = named(found["using"])
        shared |= {"other": Sql(other), "other_alias": Sql(other_alias)}
        return shared["relation"], statement(ENGINE, "change.rows_without", **shared)
    return shared["relation"], statement(ENGINE, "change.rows_left", **shared)


def updated(parts: Sequence[Token], columns: Sequence[str]) -> tuple[str, str]:
    """Return the relation of `update <parts>`, and a SELECT of its rows as they are afterwards."""
    found = clauses(parts, ("set", "from", "where"))
    shared = _shared(found)
    shared["values"] = dict(_assigned(part) for part in split_at(found["set"], ","))
    shared["columns"] = columns
    if "from" in found:
        other, other_alias = named(found["from"])
        shared |= {"other": Sql(other), "other_alias": Sql(other_alias)}
        return shared["relation"], statement(ENGINE, "change.rows_changed_by", **shared)
    if any(token.word == "select" for token in found.get("where", ())):
        return shared["relation"], statement(ENGINE, "change.rows_changed_where", **shared)
    return shared["relation"], statement(ENGINE, "change.changed_rows", **shared)


def changed_relation(parts: Sequence[Token]) -> str:
    """Return the relation of `update <parts>`."""
    return named(clauses(parts, ("set",))[""])[0]


def _shared(found: dict[str, list[Token]]) -> dict[str, Any]:
    relation, alias = named(found[""])
    condition = text_of(found.get("where", ())) or "true"
    return {"relation": Sql(relation), "alias": Sql(alias), "condition": Sql(condition)}


def named(tokens: Sequence[Token]) -> tuple[str, str]:
    """Return a relation or subquery, and its alias; that is its last name where it has no other."""
    places = [position for position, _ in outside(tokens)]
    last = tokens[places[-1]]
    if len(places) == 1 or last.kind != "name" or tokens[places[-2]].text == ".":
        return text_of(tokens), quoted_name(last.plain)
    has_as = tokens[places[-2]].word == "as"
    return text_of(tokens[: places[-2] if has_as else places[-1]]), quoted_name(last.plain)


def _assigned(part: Sequence[Token]) -> tuple[str, str]:
    sign = next(position for position, token in outside(part) if token.text == "=")
    name = next(token for token in part if token.kind == "name")
    return name.plain, text_of(part[sign + 1 :])
