"""A unit test, compiled: a model whose inputs are tables of stated rows."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from runner.compile.library import Library
from runner.compile.source_lines import Source
from runner.definitions.unit_test import Rows, UnitTest
from runner.errors import DefinitionError, Fault, Location
from runner.model import Model
from runner.sql.quoting import Sql, quoted_name, quoted_text

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


def swapped(
    name: str,
    make: Callable[..., Sql],
    test: UnitTest,
    given: Mapping[str, int],
    read: dict[int, Sql],
) -> Callable[..., Sql]:
    """Return `ref` or `source` for a unit test: it gives the table of the rows that are stated.

    `given` numbers the inputs; `read` takes the relation that each would be read from.
    """

    def swap(*names: str) -> Sql:
        relation = make(*names)
        text = f"{name}({', '.join(map(quoted_text, names))})" if names else name
        number = given.get(input_name(text))
        if number is None:
            message = f"the model reads {text}, and the unit test states no rows of it"
            hint = f"add `- input: {text}` with its `rows` under `given`; no rows: `[]`"
            raise DefinitionError([Fault(test.location("given"), f"{message}: {hint}")])
        read[number] = relation
        return input_relation(test, number)

    return swap
