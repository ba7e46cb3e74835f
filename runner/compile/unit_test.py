"""A unit test, compiled: a model whose inputs are tables of stated rows."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from runner.compile.library import Library
from runner.compile.project_templates import Calls, ProjectTemplates
from runner.compile.source_lines import Source
from runner.definitions.sql_file import SqlFile
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
    # Of `this`: the SQL of the model, whose columns it has; its table may not be there yet.
    like: Sql | Model
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


def compile_unit_test(templates: ProjectTemplates, test: UnitTest) -> CompiledUnitTest:
    """Compile a model that reads tables of stated rows instead of its inputs."""
    file, calls = templates.files[test.model], Calls()
    given = {_input_name(item.input): number for number, item in enumerate(test.given)}
    # Number of an input -> what has its columns.
    read: dict[int, Sql | Model] = {}
    changed = {
        "ref": _swapped("ref", templates.ref_for(file, calls), test, given, read),
        "source": _swapped("source", templates.source_for(calls), test, given, read),
        "is_incremental": lambda: test.overrides.is_incremental,
        "var": templates.library.variable(test.overrides.vars),
    }
    this = templates.relation(test.model)
    if "this" in given:
        read[given["this"]] = _first_build(templates, file, calls)
        this = _input_relation(test, given["this"])
    sql, locations = templates.render(file, calls, this, changed)
    for number, item in enumerate(test.given):
        if number not in read:
            message = f"{file.path} does not read {item.input}"
            templates.faults.append(Fault(item.location("input"), message))
    location = test.location("name")
    model = Model(
        name=test.name,
        sql=f"-- {file.path}, for {location.file}:{location.line}\n{sql}",
        relation=quoted_name(f"{test.name}.actual"),
        materialization="read",
        path=str(PurePosixPath("unit_tests") / f"{test.name}.sql"),
        locations=(file.location, *locations),
        depends_on=calls.depends_on,
    )
    rows = test.expect
    return CompiledUnitTest(
        model=model,
        tested=test.model,
        inputs=tuple(
            Input(
                _input_relation(test, number),
                read[number],
                _stated_rows(item.input, item, item.location("rows"), templates.library),
            )
            for number, item in enumerate(test.given)
            if number in read
        ),
        sources=tuple(calls.sources),
        expected=_stated_rows("expect", rows, rows.location("rows"), templates.library),
        columns=tuple(rows.columns),
        location=location,
    )


def _first_build(templates: ProjectTemplates, file: SqlFile, calls: Calls) -> Model:
    """Return a model as it is built where its table is not there: its columns are those of `this`.

    A full refresh gives the table these columns, whichever it has now.
    """
    relation = templates.relation(file.name)
    sql, locations = templates.render(file, calls, relation, {"is_incremental": lambda: False})
    return Model(file.name, sql, relation, "read", file.path, locations)


def _input_name(call: str) -> str:
    """Return an input as it is compared: `ref("vip")` and `ref( 'vip' )` are the same."""
    return SPACES.sub("", call).replace('"', "'").strip("{}").lower()


def _input_relation(test: UnitTest, position: int) -> Sql:
    """Return the quoted name of the table of an input."""
    return quoted_name(f"{test.name}.given_{position + 1}")


def _stated_rows(name: str, rows: Rows, location: Location, library: Library) -> Model | None:
    """Return the SELECT of rows that are written out; None where there are none."""
    if not rows.values:
        return None
    variables = {"rows": rows.values, "columns": rows.columns}
    sql, locations = library.render(TEMPLATE, variables)
    return Model(name, sql, Sql(""), "read", "", (location,) * len(locations))


def _swapped(
    name: str,
    make: Callable[..., Sql],
    test: UnitTest,
    given: Mapping[str, int],
    read: dict[int, Sql | Model],
) -> Callable[..., Sql]:
    """Return `ref` or `source` for a unit test: it gives the table of the rows that are stated.

    `given` numbers the inputs; `read` takes the relation that each would be read from.
    """

    def swap(*names: str) -> Sql:
        relation = make(*names)
        text = f"{name}({', '.join(map(quoted_text, names))})" if names else name
        number = given.get(_input_name(text))
        if number is None:
            message = f"the model reads {text}, and the unit test states no rows of it"
            hint = f"add `- input: {text}` with its `rows` under `given`; no rows: `[]`"
            raise DefinitionError([Fault(test.location("given"), f"{message}: {hint}")])
        read[number] = relation
        return _input_relation(test, number)

    return swap
