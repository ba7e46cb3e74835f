"""The project's own SQL: models, segments and data tests, compiled with `ref` and `config`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from runner.compile.compiled_project import CompiledProject, DataTest, ProjectModel
from runner.compile.external_file import ExternalFile, external_file, shared_files
from runner.compile.jinja_environment import TemplateFault
from runner.compile.library import Library, tidied
from runner.compile.source_lines import Source, find_source
from runner.compile.unit_test import (
    CompiledUnitTest,
    Input,
    input_name,
    input_relation,
    stated_rows,
    swapped,
)
from runner.definitions.declaration import read_declaration
from runner.definitions.document import Section
from runner.definitions.event_type import event_tables
from runner.definitions.group_type import group_table
from runner.definitions.model_file import ModelConfig, Test
from runner.definitions.project import Project
from runner.definitions.sql_file import SqlFile
from runner.definitions.unit_test import UnitTest
from runner.errors import DefinitionError, Fault, Location, choices, nearest
from runner.model import Materialization, Model
from runner.sql.quoting import Sql, literal, quoted_name, quoted_relation

PUBLIC = (
    "profiles",
    "profile_groups",
    "profile_aliases",
    "segment_members",
    "timeline",
    "products",
)
"""Tables of the warehouse that a model may `ref`, made by goals and segments."""


def public_tables(project: Project) -> tuple[str, ...]:
    """Return the tables that a model may `ref`, those of event and group types included."""
    return (
        *PUBLIC,
        *(("consent",) if project.file.objectives else ()),
        *event_tables(project.event_types),
        *map(group_table, project.group_types),
    )


MATERIALIZED = ("view", "table", "incremental", "segment", "external", "ephemeral")
SETTINGS = (
    *("materialized", "tags", "enabled", "unique_key"),
    *("location", "format", "delimiter", "options"),
)


@dataclass
class _Call:
    """What a template called while it was rendered."""

    config: dict[str, Any] = field(default_factory=dict)
    refs: list[str] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)

    @property
    def depends_on(self) -> tuple[str, ...]:
        """Return what must be there first: models, tables, and the goals of sources."""
        goals = [source.goal_name for source in self.sources]
        return tuple(dict.fromkeys([*self.refs, *goals]))


def compile_project(
    project: Project, library: Library, target: Mapping[str, Any], existing: frozenset[str]
) -> CompiledProject:
    """Compile the models and data tests of a project.

    `existing` holds the relations that the warehouse has already, for `is_incremental()`.
    Raises DefinitionError with the faults of all files: undefined macros, unknown models,
    circles, wrong configuration.
    """
    compiler = _Compiler(project, library, target, existing)
    compiled = compiler.compiled()
    if compiler.faults:
        raise DefinitionError(compiler.faults)
    return compiled


def compile_query(
    project: Project, library: Library, target: Mapping[str, Any], sql: str
) -> tuple[str, tuple[Source, ...]]:
    """Compile SQL of the command line, in which `ref()`, `source()` and macros work.

    Returns the SQL and the sources that it reads. Raises DefinitionError with its line; a mistake
    in a model of the project does not matter.
    """
    compiler = _Compiler(project, library, target, frozenset())
    for file in compiler.files.values():
        compiler.configs[file.name] = compiler.config_of(file)
    compiler.faults.clear()
    call = _Call()
    text, _ = compiler.render(SqlFile("query", sql), call, "")
    if compiler.faults:
        raise DefinitionError(compiler.faults)
    return text, tuple(call.sources)


class _Compiler:
    """Renders each file twice: once to learn its configuration, once with all relations known."""

    def __init__(
        self,
        project: Project,
        library: Library,
        target: Mapping[str, Any],
        existing: frozenset[str],
    ) -> None:
        self.project = project
        self.library = library
        self.target = target
        self.existing = existing
        self.faults: list[Fault] = []
        self.files = {file.name: file for file in project.models if not library.is_template(file)}
        self.configs: dict[str, ModelConfig] = {}

    def compiled(self) -> CompiledProject:
        for file in self.files.values():
            self.configs[file.name] = self.config_of(file)
        enabled = {name: file for name, file in self.files.items() if self.configs[name].enabled}
        models = {name: self._model(file) for name, file in enabled.items()}
        self._check_circles(models)
        files = {name: item.external for name, item in models.items() if item.external}
        for name, other in shared_files(files):
            message = f"the model '{other}' is written to the same file"
            self.faults.append(Fault(self.files[name].location, message))
        tests = [*self._singular_tests(), *self._generic_tests(models)]
        unit_tests = [
            self._unit_test(test, models[test.model].model)
            for test in self.project.unit_tests
            if test.model in models
        ]
        return CompiledProject(models, tuple(tests), tuple(unit_tests))

    def render(
        self, file: SqlFile, call: _Call, this: str, changed: Mapping[str, Any] | None = None
    ) -> tuple[str, tuple[Location, ...]]:
        variables = {
            "ref": self._ref(file, call),
            "source": self._source(call),
            "config": _config(call),
            "this": this,
            "target": self.target,
            "is_incremental": lambda: this in self.existing,
            **(changed or {}),
        }
        try:
            rendered = self.library.environment.render(file.text, file.location, variables)
        except DefinitionError as error:
            self.faults += [fault for fault in error.faults if fault not in self.faults]
            return "select null as profile_id", (file.location,)
        return tidied(rendered, file.path)

    def _ref(self, file: SqlFile, call: _Call) -> Callable[..., Sql]:
        def ref(*names: str) -> Sql:
            name = names[-1]
            public = public_tables(self.project)
            if name not in self.files and name not in public:
                known = [*self.files, *public]
                raise TemplateFault(
                    f"there is no model '{name}'.{nearest(name, known)} Known: {choices(known)}"
                )
            if name == file.name:
                raise TemplateFault(f"the model '{name}' refers to itself; use `this`")
            call.refs.append(name)
            return self._relation(name)

        return ref

    def _source(self, call: _Call) -> Callable[..., Sql]:
        def source(*names: str) -> Sql:
            found = find_source(self.project, names)
            if found not in call.sources:
                call.sources.append(found)
            return found.relation

        return source

    def _relation(self, name: str) -> Sql:
        config = self.configs.get(name)
        schema = "segments" if config and config.materialized == "segment" else "main"
        return quoted_relation(schema, name)

    def config_of(self, file: SqlFile) -> ModelConfig:
        call = _Call()
        self.render(file, call, "")
        defaults: dict[str, Any] = {
            "materialized": "segment" if file.folder == "segments" else "table"
        }
        # The lines of files are there while models run, and a view would outlive them.
        if file.folder == "staging" and not call.sources:
            defaults["materialized"] = "view"
        document = self.project.documents.get(file.name)
        stated = document.config.model_dump(exclude_unset=True, by_alias=True) if document else {}
        merged = {
            **defaults,
            **self.project.file.models.get(file.folder, {}),
            **stated,
            **call.config,
        }
        unknown = [key for key in merged if key not in SETTINGS]
        for key in unknown:
            message = f"unknown configuration '{key}'.{nearest(key, SETTINGS)}"
            self.faults.append(Fault(file.location, f"{message} Allowed: {choices(SETTINGS)}"))
        materialized = merged["materialized"]
        if materialized not in MATERIALIZED:
            guess = nearest(str(materialized), MATERIALIZED)
            message = (
                f"found materialized='{materialized}'.{guess} Allowed: {choices(MATERIALIZED)}"
            )
            self.faults.append(Fault(file.location, message))
            merged["materialized"] = "view"
        elif call.sources and materialized in ("view", "ephemeral"):
            message = (
                f"a view cannot read source(): the lines of files are not kept in the warehouse."
                f" Write materialized='table' instead of '{materialized}'"
            )
            self.faults.append(Fault(file.location, message))
        known = Section(file.location)
        known.update({key: value for key, value in merged.items() if key not in unknown})
        return read_declaration(ModelConfig, known, self.faults) or ModelConfig()

    def _model(self, file: SqlFile) -> ProjectModel:
        config, call = self.configs[file.name], _Call()
        relation = self._relation(file.name)
        sql, locations = self.render(file, call, relation)
        materialized: Materialization = (
            "view" if config.materialized == "ephemeral" else config.materialized or "table"
        )
        model = Model(
            name=file.name,
            sql=f"-- {file.path}\n{sql}",
            relation=relation,
            materialization=materialized,
            path=file.path,
            locations=(file.location, *locations),
            depends_on=call.depends_on,
            unique_key=config.unique_key,
        )
        kind = "segment" if config.materialized == "segment" else "model"
        document = self.project.documents.get(file.name)
        external = self._external(file, config)
        return ProjectModel(model, kind, config.tags, document, tuple(call.sources), external)

    def _external(self, file: SqlFile, config: ModelConfig) -> ExternalFile | None:
        """Return the file of an external model; a mistake in it is a fault."""
        if config.materialized != "external":
            return None
        try:
            return external_file(file.name, config)
        except ValueError as error:
            self.faults.append(Fault(file.location, str(error)))
            return None

    def _check_circles(self, models: Mapping[str, ProjectModel]) -> None:
        done: set[str] = set()

        def visit(name: str, path: tuple[str, ...]) -> None:
            if name in path:
                circle = " -> ".join((*path[path.index(name) :], name))
                self.faults.append(
                    Fault(self.files[name].location, f"models refer in a circle: {circle}")
                )
            elif name in models and name not in done:
                for other in models[name].model.depends_on:
                    visit(other, (*path, name))
                done.add(name)

        for name in models:
            visit(name, ())

    def _singular_tests(self) -> list[DataTest]:
        tests = []
        for file in self.project.tests:
            call = _Call()
            sql, locations = self.render(file, call, "")
            severity = str(call.config.get("severity", "error"))
            model = Model(
                name=file.name,
                sql=f"-- {file.path}\n{sql}",
                relation=Sql(""),
                materialization="read",
                path=file.path,
                locations=(file.location, *locations),
                depends_on=call.depends_on,
            )
            tests.append(DataTest(model, severity, model.depends_on, tuple(call.sources)))
        return tests

    def _unit_test(self, test: UnitTest, tested: Model) -> CompiledUnitTest:
        """Compile a model that reads tables of stated rows instead of its inputs."""
        file, call = self.files[test.model], _Call()
        given = {input_name(item.input): number for number, item in enumerate(test.given)}
        # Number of an input -> the relation that the model reads it from.
        read: dict[int, Sql] = {}
        changed = {
            "ref": swapped("ref", self._ref(file, call), test, given, read),
            "source": swapped("source", self._source(call), test, given, read),
            "is_incremental": lambda: test.overrides.is_incremental,
            "var": self.library.variable(test.overrides.vars),
        }
        this = tested.relation
        if "this" in given:
            read[given["this"]], this = tested.relation, input_relation(test, given["this"])
        sql, locations = self.render(file, call, this, changed)
        for number, item in enumerate(test.given):
            if number not in read:
                message = f"{file.path} does not read {item.input}"
                self.faults.append(Fault(item.location("input"), message))
        location = test.location("name")
        model = Model(
            name=test.name,
            sql=f"-- {file.path}, for {location.file}:{location.line}\n{sql}",
            relation=quoted_name(f"{test.name}.actual"),
            materialization="read",
            path=str(PurePosixPath("unit_tests") / f"{test.name}.sql"),
            locations=(file.location, *locations),
            depends_on=call.depends_on,
        )
        return CompiledUnitTest(
            model=model,
            tested=test.model,
            inputs=tuple(
                Input(
                    input_relation(test, number),
                    read[number],
                    stated_rows(item.input, item, item.location("rows"), self.library),
                )
                for number, item in enumerate(test.given)
                if number in read
            ),
            sources=tuple(call.sources),
            expected=stated_rows("expect", test.expect, test.expect.location("rows"), self.library),
            columns=tuple(test.expect.columns),
            location=location,
        )

    def _generic_tests(self, models: Mapping[str, ProjectModel]) -> list[DataTest]:
        tests = []
        for name, document in self.project.documents.items():
            if name not in models:
                continue
            for test in document.tests:
                tests.append(self._generic_test(models[name].model, None, test))
            for column in document.columns:
                for test in column.tests:
                    tests.append(self._generic_test(models[name].model, column.name, test))
        return tests

    def _generic_test(self, tested: Model, column: str | None, test: Test) -> DataTest:
        call = _Call()
        arguments = dict(test.arguments)
        column = column or str(arguments.pop("column_name", ""))
        location = test.location("name") if test.location().file != "(built in)" else None
        location = location or self.project.documents[tested.name].location("name")
        if "to" in arguments:
            reference = SqlFile(location.file, "{{ " + str(arguments["to"]) + " }}")
            arguments["to"] = self.render(reference, call, "")[0]
        variables = {
            "relation": tested.relation,
            "column": quoted_name(column),
            "where": test.where or "true",
            "values": literal([_word(value) for value in arguments.get("values", [])]),
            **{key: value for key, value in arguments.items() if key != "values"},
        }
        template = f"project/tests/{test.name}.sql"
        sql, locations = self.library.render(template, variables)
        written = self.library.templates[template].path
        model = Model(
            name=f"{test.name}_{tested.name}_{column}",
            sql=f"-- {written}, for {location.file}:{location.line}\n{sql}",
            relation=Sql(""),
            materialization="read",
            path=str(PurePosixPath("tests") / f"{test.name}_{tested.name}_{column}.sql"),
            locations=(location,) * (len(locations) + 1),
            depends_on=(tested.name, *call.refs),
        )
        return DataTest(model, test.severity, model.depends_on)


def _config(call: _Call) -> Callable[..., str]:
    def config(**settings: Any) -> str:
        call.config |= settings
        return ""

    return config


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
