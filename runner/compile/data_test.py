"""Data tests, compiled: queries that return the rows that fail."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from runner.compile.one_select import not_one_select
from runner.compile.project_templates import Calls, ProjectTemplates
from runner.compile.source_lines import Source
from runner.definitions.declaration import read_declaration
from runner.definitions.document import Section
from runner.definitions.model_file import TESTS, DataTestConfig, Test
from runner.definitions.sql_file import MACRO_OF_TEST, SqlFile
from runner.errors import Location
from runner.model import Model
from runner.sql.quoting import Sql, literal, quoted_name

REFERENCE = re.compile(r"\s*(ref|source|var|env_var)\s*\(.*\)\s*")
"""An argument that is rendered, as in dbt."""
ARGUMENT = "an argument of a test"
"""Name of a text that is no file: a test may refer to the model that it tests."""


@dataclass(frozen=True)
class DataTest:
    """A query that returns the rows that fail it."""

    model: Model
    config: DataTestConfig
    # What it tests, for the order in which nodes run.
    tested: tuple[str, ...]
    sources: tuple[Source, ...] = ()
    # Of a generic test: the column that it tests; empty for a whole model.
    column: str = ""


def compile_data_tests(templates: ProjectTemplates, models: Sequence[str]) -> tuple[DataTest, ...]:
    """Compile the tests of `tests/`, and those that the documents of these models declare."""
    found = [_singular_test(templates, file) for file in templates.project.tests]
    for name, document in templates.project.documents.items():
        if name not in models:
            continue
        found += [_generic_test(templates, name, None, test) for test in document.tests]
        for column in document.columns:
            found += [_generic_test(templates, name, column.name, test) for test in column.tests]
    return tuple(_with_own_names(found))


def _with_own_names(tests: Sequence[DataTest]) -> Iterator[DataTest]:
    """Give tests of which no two have one name: the second ends in `_2`."""
    seen: Counter[str] = Counter()
    for test in tests:
        name = test.model.name
        seen[name] += 1
        if seen[name] == 1:
            yield test
            continue
        name = f"{name}_{seen[name]}"
        path = test.model.path.removesuffix(".sql") + f"_{seen[test.model.name]}.sql"
        yield replace(test, model=replace(test.model, name=name, path=path))


def _singular_test(templates: ProjectTemplates, file: SqlFile) -> DataTest:
    calls = Calls()
    sql, locations = templates.render(file, calls)
    templates.faults += not_one_select(file, sql)
    written = Section(file.location)
    written.update(calls.config)
    config = read_declaration(DataTestConfig, written, templates.faults) or DataTestConfig()
    model = Model(
        name=file.name,
        sql=f"-- {file.path}\n{sql}",
        relation=Sql(""),
        materialization="read",
        path=file.path,
        locations=(file.location, *locations),
        depends_on=calls.depends_on,
    )
    return DataTest(model, config, model.depends_on, tuple(calls.sources))


def _generic_test(
    templates: ProjectTemplates, tested: str, column: str | None, test: Test
) -> DataTest:
    calls = Calls()
    arguments = dict(test.arguments)
    column = column or str(arguments.pop("column_name", ""))
    location = test.location("name")
    if "to" in arguments:
        reference = SqlFile(ARGUMENT, "{{ " + str(arguments["to"]) + " }}")
        arguments["to"] = templates.render(reference, calls, at=location)[0]
    if test.name in TESTS:
        sql, locations, written = _built_in(
            templates, templates.relation(tested), column, test, arguments
        )
    else:
        sql, locations = _own(templates, templates.relation(tested), column, test, arguments, calls)
        written = "a test of the project"
    name = f"{test.name}_{tested}_{column}".rstrip("_")
    model = Model(
        name=name,
        sql=f"-- {written}, for {location.file}:{location.line}\n{sql}",
        relation=Sql(""),
        materialization="read",
        path=str(PurePosixPath("tests") / f"{name}.sql"),
        locations=(location,) * (len(locations) + 1),
        depends_on=(tested, *calls.refs),
    )
    return DataTest(model, test, model.depends_on, column=column)


def _built_in(
    templates: ProjectTemplates, relation: Sql, column: str, test: Test, arguments: dict[str, Any]
) -> tuple[str, tuple[Location, ...], str]:
    """Return the SQL of a built-in test, where its lines are written, and its template."""
    variables = {
        "relation": relation,
        "column": quoted_name(column),
        # An expression of a column's test continues it, as `> 0` does.
        "column_before": f"{quoted_name(column)} " if column else "",
        "where": test.where or "true",
        "values": literal([_word(value) for value in arguments.get("values", [])]),
        **{key: value for key, value in arguments.items() if key != "values"},
    }
    # `relationships_where` is the same with conditions.
    template = f"project/tests/{test.name.removesuffix('_where')}.sql"
    sql, locations = templates.library.render(template, variables)
    return sql, locations, templates.library.templates[template].path


def _own(
    templates: ProjectTemplates,
    relation: Sql,
    column: str,
    test: Test,
    arguments: dict[str, Any],
    calls: Calls,
) -> tuple[str, tuple[Location, ...]]:
    """Return the SQL of a test that the project defines by a block `test`."""
    location = test.location("name")
    given: dict[str, Any] = {"model": relation}
    if test.where:
        rows = {"relation": relation, "where": test.where}
        given["model"] = Sql(templates.library.render("project/tested_rows.sql", rows)[0])
    if column:
        given["column_name"] = column
    for key, value in arguments.items():
        is_call = isinstance(value, str) and REFERENCE.fullmatch(value)
        reference = SqlFile(ARGUMENT, f"{{{{ {value} }}}}")
        given[key] = templates.render(reference, calls, at=location)[0] if is_call else value
    call = SqlFile(ARGUMENT, f"{{{{ {MACRO_OF_TEST}{test.name}(**given) }}}}")
    return templates.render(call, calls, changed={"given": given}, at=location)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
