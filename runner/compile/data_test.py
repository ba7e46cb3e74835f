"""Data tests, compiled: queries that return the rows that fail."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from runner.compile.one_select import not_one_select
from runner.compile.project_templates import Calls, ProjectTemplates
from runner.compile.source_lines import Source
from runner.definitions.declaration import read_declaration
from runner.definitions.document import Section
from runner.definitions.model_file import DataTestConfig, Test
from runner.definitions.sql_file import SqlFile
from runner.model import Model
from runner.sql.quoting import Sql, literal, quoted_name


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
    return tuple(found)


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
        reference = SqlFile(location.file, "{{ " + str(arguments["to"]) + " }}")
        arguments["to"] = templates.render(reference, calls)[0]
    variables = {
        "relation": templates.relation(tested),
        "column": quoted_name(column),
        "where": test.where or "true",
        "values": literal([_word(value) for value in arguments.get("values", [])]),
        **{key: value for key, value in arguments.items() if key != "values"},
    }
    template = f"project/tests/{test.name}.sql"
    sql, locations = templates.library.render(template, variables)
    written = templates.library.templates[template].path
    name = f"{test.name}_{tested}_{column}"
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


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
