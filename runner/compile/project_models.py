"""The project's own SQL: models, segments and tests, compiled with `ref` and `config`."""

from collections.abc import Callable, Mapping
from typing import Any

from runner.compile.compiled_project import CompiledExposure, CompiledProject, ProjectModel
from runner.compile.data_test import compile_data_tests
from runner.compile.external_file import ExternalFile, external_file, shared_files
from runner.compile.hook import hook_fault
from runner.compile.jinja_environment import TemplateFault
from runner.compile.library import Library
from runner.compile.one_select import called_only_here, not_one_select
from runner.compile.project_templates import Calls, ProjectTemplates
from runner.compile.public_tables import public_tables
from runner.compile.run_hook import RunHooks
from runner.compile.snapshot_plan import snapshot_plan
from runner.compile.source_lines import Source
from runner.compile.unit_test import compile_unit_test
from runner.definitions.exposure import Exposure
from runner.definitions.model_file import ModelConfig
from runner.definitions.project import Project
from runner.definitions.sql_file import SqlFile
from runner.errors import DefinitionError, Fault
from runner.model import Materialization, Model, SnapshotPlan
from runner.sql.quoting import quoted_relation

Sources = tuple[Source, ...]


def compile_project(
    project: Project, library: Library, target: Mapping[str, Any], existing: frozenset[str]
) -> CompiledProject:
    """Compile the models and tests of a project.

    `existing` holds the tables that the warehouse has already, for `is_incremental()`.
    Raises DefinitionError with the faults of all files: undefined macros, unknown models,
    circles, wrong configuration.
    """
    templates = ProjectTemplates(project, library, target, existing)
    templates.read_configs()
    models = {
        name: _model(templates, file)
        for name, file in templates.files.items()
        if templates.configs[name].enabled
    }
    _check_circles(templates, models)
    _check_external_files(templates, models)
    _check_relations(templates, models)
    compiled = CompiledProject(
        models,
        compile_data_tests(templates, [*models]),
        tuple(
            compile_unit_test(templates, test)
            for test in project.unit_tests
            if test.model in models
        ),
        tuple(_exposure(templates, exposure) for exposure in project.exposures),
        RunHooks(templates),
    )
    if templates.faults:
        raise DefinitionError(templates.faults)
    return compiled


def _exposure(templates: ProjectTemplates, exposure: Exposure) -> CompiledExposure:
    """Return an exposure with what it uses; names that refer to nothing are faults."""
    calls = Calls()
    for number, text in enumerate(exposure.depends_on):
        at = exposure.location("depends_on", number)
        templates.render(SqlFile(at.file, f"{{{{ {text} }}}}"), calls, at=at)
    return CompiledExposure(exposure, tuple(calls.refs), tuple(calls.sources))


def compile_query(
    project: Project, library: Library, target: Mapping[str, Any], sql: str
) -> tuple[str, tuple[Source, ...]]:
    """Compile SQL of the command line, in which `ref()`, `source()` and macros work.

    Returns the SQL and the sources that it reads. Raises DefinitionError with its line; a mistake
    in a model of the project does not matter.
    """
    templates = ProjectTemplates(project, library, target, frozenset())
    templates.read_configs()
    templates.faults.clear()
    calls = Calls()
    text, _ = templates.render(SqlFile("query", sql), calls, changed={"env_var": _no_env_var})
    if templates.faults:
        raise DefinitionError(templates.faults)
    return text, tuple(calls.sources)


def call_macro(
    project: Project,
    library: Library,
    target: Mapping[str, Any],
    name: str,
    arguments: Mapping[str, Any],
    run: Callable[[str, Sources], object],
) -> None:
    """Call a macro by itself; `run` answers its `run_query`, given SQL and the sources it reads.

    Raises DefinitionError where the macro fails; a mistake in a model does not matter.
    """
    templates = ProjectTemplates(project, library, target, frozenset())
    templates.read_configs()
    templates.faults.clear()
    calls = Calls()
    changed = {
        "operation_arguments": dict(arguments),
        "run_query": lambda sql: run(str(sql), tuple(calls.sources)),
        "env_var": _no_env_var,
    }
    text = f"{{{{ {name}(**operation_arguments) }}}}"
    templates.render(SqlFile("run-operation", text), calls, changed=changed)
    if templates.faults:
        raise DefinitionError(templates.faults)


def _no_env_var(*_: str) -> str:
    """Refuse it: who may query the warehouse may not read the secrets of the process (B8)."""
    raise TemplateFault(
        "a query reads nothing of the environment; `var()` takes what `--vars` gives"
    )


def _model(templates: ProjectTemplates, file: SqlFile) -> ProjectModel:
    config, calls = templates.configs[file.name], Calls()
    relation = templates.relation(file.name)
    sql, locations = templates.render(file, calls, relation)
    templates.faults += not_one_select(file, sql)
    before, behind = (
        _hooks(templates, file, key, hooks, calls)
        for key, hooks in (("pre_hook", config.pre_hook), ("post_hook", config.post_hook))
    )
    materialized: Materialization = (
        "view" if config.materialized == "ephemeral" else config.materialized or "table"
    )
    if materialized == "view":
        templates.faults += called_only_here(file, sql)
    model = Model(
        name=file.name,
        sql=f"-- {file.path}\n{sql}",
        relation=relation,
        materialization=materialized,
        path=file.compiled_path,
        locations=(file.location, *locations),
        depends_on=calls.depends_on,
        unique_key=config.unique_key,
        on_schema_change=config.on_schema_change,
        adds_rows=templates.is_incremental(file),
        snapshot=_snapshot(templates, file, config),
    )
    kind = "segment" if config.materialized == "segment" else "model"
    document = templates.project.documents.get(file.name)
    external = _external(templates, file, config)
    settings = config.model_dump(by_alias=True)
    return ProjectModel(
        model,
        kind,
        config.tags,
        document,
        tuple(calls.sources),
        external,
        settings,
        before,
        behind,
    )


def _hooks(
    templates: ProjectTemplates, file: SqlFile, key: str, hooks: tuple[str, ...], calls: Calls
) -> tuple[Model, ...]:
    """Return the statements of hooks; one that changes what is not the project's is a fault."""
    found = []
    relation = templates.relation(file.name)
    for text in hooks:
        hook = SqlFile(file.path, text, file.name, file.line)
        known = len(templates.faults)
        sql, _ = templates.render(hook, calls, relation)
        if len(templates.faults) > known:
            continue
        if message := hook_fault(sql, public_tables(templates.project)):
            templates.faults.append(Fault(file.location, f"{file.name}: {key}: {message}"))
        found.append(Model(f"{file.name}: {key}", sql, relation, "read", "", (file.location,)))
    return tuple(found)


def _snapshot(
    templates: ProjectTemplates, file: SqlFile, config: ModelConfig
) -> SnapshotPlan | None:
    """Return the plan of a snapshot; a mistake in its configuration is a fault."""
    try:
        return snapshot_plan(config)
    except ValueError as error:
        templates.faults.append(Fault(file.location, f"{file.name}: {error}"))
        return None


def _external(
    templates: ProjectTemplates, file: SqlFile, config: ModelConfig
) -> ExternalFile | None:
    """Return the file of an external model; a mistake in it is a fault."""
    if config.materialized != "external":
        return None
    try:
        return external_file(file.name, config)
    except ValueError as error:
        templates.faults.append(Fault(file.location, str(error)))
        return None


def _check_external_files(templates: ProjectTemplates, models: Mapping[str, ProjectModel]) -> None:
    files = {name: item.external for name, item in models.items() if item.external}
    for name, other in shared_files(files):
        message = f"the model '{other}' is written to the same file"
        templates.faults.append(Fault(templates.files[name].location, message))


def _check_relations(templates: ProjectTemplates, models: Mapping[str, ProjectModel]) -> None:
    """Find models whose table is that of another model, or one that goals fill."""
    filled = [quoted_relation("main", name) for name in public_tables(templates.project)]
    taken: dict[str, str] = {relation.lower(): "runner" for relation in filled}
    for name, item in models.items():
        relation = item.model.relation.lower()
        if relation in taken:
            owner = taken[relation]
            whose = "runner" if owner == "runner" else f"the model '{owner}'"
            message = f"the table {item.model.relation} is of {whose}: state another `alias`"
            templates.faults.append(Fault(templates.files[name].location, message))
        taken.setdefault(relation, name)


def _check_circles(templates: ProjectTemplates, models: Mapping[str, ProjectModel]) -> None:
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            circle = " -> ".join((*path[path.index(name) :], name))
            templates.faults.append(
                Fault(templates.files[name].location, f"models refer in a circle: {circle}")
            )
        elif name in models and name not in done:
            for other in models[name].model.depends_on:
                visit(other, (*path, name))
            done.add(name)

    for name in models:
        visit(name, ())
