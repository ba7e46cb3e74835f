"""The model that finds lines of people to be erased in the files of an import goal (C2)."""

from collections.abc import Mapping
from typing import Any

from runner.compile.entity import entity_of
from runner.compile.expression import Expression
from runner.compile.identifiers import suppressible
from runner.compile.import_models import ImportModels
from runner.compile.import_plan import ImportPlan
from runner.compile.input_file import LINES_PER_FILE, InputFile, read_together
from runner.compile.library import Library
from runner.definitions.import_goal import ImportGoal
from runner.definitions.project import Project
from runner.model import Model
from runner.sql.quoting import Sql, quoted_name


def search_goal(goal: ImportGoal, project: Project) -> ImportGoal:
    """Return a goal that links rows as another does, and that filters and applies nothing.

    A row that was left out of the import has its line in the file all the same.
    """
    properties = entity_of(goal, project).properties
    changes: dict[str, Any] = {
        "process": tuple(step for step in goal.process if step.keep is step.drop is None),
        "deleted_when": None,
        "key": (),
        "files": {name: source.with_changes(required=False) for name, source in goal.files.items()},
        "written_map": {
            name: mapping
            for name, mapping in goal.map.items()
            if name in properties and properties[name].identifier
        },
        "map_rest": None,
    }
    if goal.mapped_events:
        changes["events"] = ()
    return goal.with_changes(**changes)


def goal_of_source(goal: ImportGoal, plan: ImportPlan, source: str) -> ImportGoal | None:
    """Return a goal that finds persons by the lines of one chained source, joined to no row.

    `goal` is what `search_goal` returns, and `plan` is its plan. Returns None where no identifier
    comes from that source alone.
    """

    def is_alone(*values: Expression) -> bool:
        return all(value.sources == {source} for value in values)

    pairs = zip(goal.identify.by, plan.identity_keys, strict=True)
    by = [item for item, key in pairs if is_alone(*(part.value for part in key.parts))]
    for item in plan.assignments:
        if item.name in goal.map and is_alone(item.value):
            by.append({item.name: goal.map[item.name].source or ""})
    if not by:
        return None
    steps = zip(goal.process, plan.steps, strict=True)
    return goal.with_changes(
        files={source: goal.files[source].with_changes(join={})},
        identify=goal.identify.with_changes(by=tuple(by)),
        process=tuple(
            step for step, planned in steps if is_alone(*(value for _, value, _ in planned.sets))
        ),
        written_map={},
    )


def personal_sources(plan: ImportPlan) -> frozenset[str]:
    """Return the file sources with a column that feeds an identifier or a `pii` property.

    A line of them belongs to a person where only rows of that person were joined to it.
    """
    values = [part.value for key in plan.identity_keys for part in key.parts]
    values += [item.value for item in plan.values if item.declared.identifier or item.declared.pii]
    return frozenset(source for value in values for source, _ in value.columns)


def listed_values_model(
    plan: ImportPlan, models: ImportModels, project: Project, library: Library
) -> Model:
    """Return the model that gives the suppressed values of a batch that is read."""
    variables = {
        "rows": models["rows"].relation,
        "suppressed": models["suppressed_rows"].relation,
        "suppressible": suppressible(plan, project),
    }
    return _model(plan, "listed_values", variables, library)


def line_owners_model(
    plan: ImportPlan,
    models: ImportModels,
    files: Mapping[str, tuple[InputFile, ...]],
    personal: frozenset[str],
    library: Library,
    is_alone: bool = False,
) -> Model:
    """Return the model that lists the lines of people to be erased, in a batch that is read.

    `plan` and `models` are of the goal that `search_goal` returns, or `goal_of_source` with
    `is_alone`: rows that its lines are joined to say whether they belong to others too.
    """
    variables = {
        "rows": models["rows"].relation,
        "suppressed": models["suppressed_rows"].relation,
        "lines": {source.name: models[f"lines.{source.name}"].relation for source in plan.sources},
        "plan": plan,
        "is_of_groups": plan.entity.noun == "group",
        "keys": plan.identity_keys,
        "chained": plan.chained,
        "personal": personal,
        "is_alone": is_alone,
        "runs": [
            run
            for source in plan.sources
            for run in read_together(
                [
                    {
                        **vars(file),
                        "format": source.format,
                        "first_origin": file.file_id * LINES_PER_FILE,
                        "columns": [quoted_name(column) for column in file.header],
                    }
                    for file in files[source.name]
                ]
            )
        ],
    }
    return _model(plan, "line_owners", variables, library)


def _model(plan: ImportPlan, name: str, variables: Mapping[str, Any], library: Library) -> Model:
    path = f"erasure/{name}.sql"
    sql, locations = library.render(path, variables)
    return Model(f"{plan.name}.{name}", sql, Sql(name), "append", path, locations)
