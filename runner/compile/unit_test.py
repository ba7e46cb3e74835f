"""A unit test, compiled: a model whose inputs are tables of stated rows."""

import re
from dataclasses import dataclass

from runner.compile.library import Library
from runner.compile.source_lines import Source
from runner.definitions.unit_test import Rows, UnitTest
from runner.errors import Location
from runner.model import Model
from runner.sql.quoting import Sql, quoted_name

TEMPLATE = "project/stated_rows.sql"
SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Input:
    """A table of stated rows that replaces a relation."""

    # Quoted names: the table, and the relation whose columns it has.
    relation: Sql
    like: Sql
    # None where no row is stated.
    rows: Model | None


@dataclass(frozen=True)
class CompiledUnitTest:
    """A model that reads its inputs, and the rows it must give."""

    model: Model
    # The model that is tested.
    tested: str
    inputs: tuple[Input, ...]
    sources: tuple[Source, ...]
    expected: Model | None
    # Columns that are compared.
    columns: tuple[str, ...]
    location: Location


def input_name(call: str) -> str:
    """Return an input as it is compared: `ref("vip")` and `ref( 'vip' )` are the same."""
    return SPACES.sub("", call).replace('"', "'").strip("{}").lower()


def input_relation(test: UnitTest, position: int) -> Sql:
    """Return the quoted name of the table of an input."""
    return quoted_name(f"{test.name}.given_{position + 1}")


def stated_rows(name: str, rows: Rows, location: Location, library: Library) -> Model | None:
    """Return the SELECT of rows that are written out; None where there are none."""
    if not rows.values:
        return None
    variables = {"rows": rows.values, "columns": rows.columns}
    sql, locations = library.render(TEMPLATE, variables)
    return Model(name, sql, Sql(""), "read", "", (location,) * len(locations))
