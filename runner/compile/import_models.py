"""The SQL models of an import goal, rendered for the files that it imports."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from runner.compile.batch_traits import PLAIN, BatchTraits
from runner.compile.column_names import listed_names
from runner.compile.event_models import event_models, event_step
from runner.compile.identifiers import identifiers, suppressible
from runner.compile.import_plan import ImportPlan
from runner.compile.import_steps import (
    NO_VARIANT,
    SHARED_RELATIONS,
    VARIANTS,
    step_templates,
)
from runner.compile.input_file import LINES_PER_FILE, InputFile, read_together, written_names
from runner.compile.library import Library
from runner.compile.permission_levels import needed_levels
from runner.compile.step import READ, TEMPORARY, Step, with_places
from runner.compile.step_writer import StepWriter
from runner.definitions.check_identity import merge_rules, ordered_names
from runner.definitions.import_products import ImportProducts
from runner.definitions.profile_property import Property
from runner.definitions.project import Project
from runner.errors import DefinitionError, Fault, nearest
from runner.sql.quoting import Sql, quoted_name


@dataclass(frozen=True)
class ImportModels:
    """The steps of one goal, compiled, by name."""

    goal: str
    models: Mapping[str, Step]

    def __getitem__(self, name: str) -> Step:
        return self.models[name]

    def __contains__(self, name: str) -> bool:
        return name in self.models


def import_models(
    plan: ImportPlan,
    files: Mapping[str, tuple[InputFile, ...]],
    project: Project,
    library: Library,
    build_id: str,
    traits: BatchTraits = PLAIN,
) -> ImportModels:
    """Render the models of a goal for the files it imports.

    `files` holds the files of each source in the order they are applied. Raises DefinitionError
    where a file lacks a column that the goal uses.
    """
    is_feed = isinstance(plan.goal, ImportProducts)
    templates = step_templates(library.heads, is_feed)
    levels = _levels(plan, project)
    relations = _relations(plan, library, bool(levels))
    is_settling = not (is_feed or traits.is_first or traits.is_shown) and plan.settles_rows
    if not is_settling:
        relations["joined"] = relations["rows"]
    if traits.is_first:
        relations["new_sums"] = relations["summed_lines"]
    context = _context(plan, relations, project, build_id) | {
        "items": plan.values if traits.is_shown else plan.early_values,
        "levels": levels,
        "suppressible": suppressible(plan, project) if traits.is_suppressing else (),
        "is_suppressing": traits.is_suppressing,
        "is_first": traits.is_first,
        "is_settling": is_settling,
        "is_late": traits.is_late,
        "is_several": traits.is_several,
        "is_changed_goal": traits.is_redefined,
    }
    if is_feed:
        context |= {"suppressible": (), "is_suppressing": False}
    writer = StepWriter(plan, library, context)
    steps = {
        **_source_models(writer, files),
        **_value_models(writer),
        **_added_models(writer),
        **_declared_steps(writer, templates),
        **event_models(plan.name, plan.events, context, writer.own_model),
    }
    return ImportModels(plan.name, with_places(steps))


def row_models(
    plan: ImportPlan,
    files: Mapping[str, tuple[InputFile, ...]],
    project: Project,
    library: Library,
) -> ImportModels:
    """Render what reads the lines of files, and joins them to rows with the values of profiles."""
    return _first_models(plan, files, project, library, ("rows",), items=plan.applied_values)


def suppressed_models(
    plan: ImportPlan,
    files: Mapping[str, tuple[InputFile, ...]],
    project: Project,
    library: Library,
) -> ImportModels:
    """Render what joins the lines of files to rows, and finds those of suppressed persons."""
    steps = ("rows", "suppressed_rows")
    more = {
        "items": plan.early_values,
        "suppressible": suppressible(plan, project),
        "is_suppressing": True,
    }
    return _first_models(plan, files, project, library, steps, **more)


def _first_models(
    plan: ImportPlan,
    files: Mapping[str, tuple[InputFile, ...]],
    project: Project,
    library: Library,
    names: Collection[str],
    **more: Any,
) -> ImportModels:
    """Render what reads files, and these steps of a first import."""
    context = _context(plan, _relations(plan, library, has_levels=False), project, "")
    context |= {"is_first": True, "is_settling": False, "is_changed_goal": False, **more}
    writer = StepWriter(plan, library, context)
    templates = step_templates(library.heads, is_feed=False)
    needed = {name: templates[name] for name in names}
    models = {**_source_models(writer, files), **_declared_steps(writer, needed)}
    return ImportModels(plan.name, models)


def _source_models(
    writer: StepWriter, files: Mapping[str, tuple[InputFile, ...]]
) -> dict[str, Step]:
    """Return what reads the lines of each source, and what looks for headers among them."""
    models = {}
    for source in writer.plan.sources:
        numbered = _read_files(writer.plan, source.name, files)
        read = {"source": source, "runs": read_together(numbered)}
        name = f"lines.{source.name}"
        models[name] = writer.model(name, "import/read/lines.sql", TEMPORARY, read)
        headers = {
            **read,
            "relation": writer.relations[name],
            "format": source.format,
            "is_direct": "clean_origin is null",
            "written": {
                quoted_name(f"{source.name}.{column}"): names
                for column, names in written_names(numbered).items()
            },
        }
        name = f"repeated_headers.{source.name}"
        models[name] = writer.model(name, "import/read/repeated_headers.sql", READ, headers)
    return models


def _value_models(writer: StepWriter) -> dict[str, Step]:
    """Return what reads the values of the lines of chained sources."""
    plan, models = writer.plan, {}
    for number, sources in enumerate(plan.value_sets, 1):
        name = f"values.{number}"
        given = {"value_sources": sources, "items": plan.values_of_set(number)}
        models[name] = writer.model(name, "import/fold/values.sql", TEMPORARY, given)
    return models


def _added_models(writer: StepWriter) -> dict[str, Step]:
    """Return what collects the values that rows add to each list."""
    template = "import/fold/added_values.sql"
    names = {f"added_values.{item.name}": item for item in writer.plan.adds}
    return {
        name: writer.model(name, template, TEMPORARY, {"added": item})
        for name, item in names.items()
    }


def _declared_steps(writer: StepWriter, templates: Mapping[str, str]) -> dict[str, Step]:
    """Return the steps that the goal needs, as their templates declare them."""
    relations, steps = writer.relations, {}
    for name, template in templates.items():
        variant = VARIANTS.get(name)
        more = {**NO_VARIANT, **(variant.variables if variant else {})}
        if name == "links":
            more["relations"] = {**relations, "links": relations["linked"]}
        declared = writer.library.declared(template, {**writer.context, **more})
        if declared:
            steps[name] = writer.model(name, template, declared, more)
    return steps


def _levels(plan: ImportPlan, project: Project) -> tuple[tuple[str, str], ...]:
    """Return the permission level that each property needs; none where no goal fills levels."""
    if plan.entity.noun != "profile" or not project.has_levels:
        return ()
    return needed_levels(plan.properties)


def _relations(plan: ImportPlan, library: Library, has_levels: bool) -> dict[str, Sql]:
    """Return the quoted relation of each model; some models share one."""
    names = [name for feed in (True, False) for name in step_templates(library.heads, feed)]
    names += ["withheld_rows", "refused_merges", "junk_values", "replaced_files"]
    names += [f"lines.{source.name}" for source in plan.sources]
    names += [f"added_values.{item.name}" for item in plan.adds]
    names += [f"values.{number}" for number in range(1, len(plan.value_sets) + 1)]
    relations = {name: quoted_name(f"{plan.name}.{name}") for name in names}
    relations["over_limit"] = relations["contested"]
    relations |= {name: relations[model] for name, model in SHARED_RELATIONS.items()}
    if plan.objectives:
        relations["links"] = relations["permitted"]
    if not has_levels:
        relations["limited_profiles"] = relations["changed_profiles"]
    return relations


def _context(
    plan: ImportPlan,
    relations: Mapping[str, str],
    project: Project,
    build_id: str,
) -> dict[str, Any]:
    properties = plan.properties
    group_type = plan.entity.prefix[:-1]
    rules = merge_rules(project, plan.entity.properties, group_type)
    ordered = ordered_names(project, group_type)
    return {
        "plan": plan,
        "entity": plan.entity,
        "sources": plan.sources,
        "main": plan.main,
        "chained": plan.chained,
        "chained_rows": [f"{quoted_name(source.name)}.row_id" for source in plan.chained],
        "row_hashes": _line_hashes(plan, plan.hashed),
        "event_rows": {
            event.number: quoted_name(f"{plan.name}.{event_step(event, 'event_rows')}")
            for event in plan.events
        },
        "line_hashes": [_line_hashes(plan, names) for names in plan.lines],
        "relations": relations,
        "types": {name: declared.type for name, declared in properties.items()},
        "numbers": [name for name, declared in properties.items() if declared.is_summable],
        "lists": [name for name, declared in properties.items() if declared.multi],
        "identifiers": identifiers(plan.entity, project),
        "merge_rules": rules,
        "merge_orders": sorted(name for name in ordered if rules.get(name) == "latest"),
        "build_id": build_id,
    }


def _line_hashes(plan: ImportPlan, sources: tuple[str, ...]) -> list[Sql]:
    return [plan.line_of(source) for source in sources]


def _read_files(
    plan: ImportPlan, source_name: str, files: Mapping[str, tuple[InputFile, ...]]
) -> list[dict[str, Any]]:
    """Return each file with its columns and the numbers from which its rows are counted."""
    source = next(source for source in plan.sources if source.name == source_name)
    faults: list[Fault] = []
    read, first_row = [], 0
    for file in files.get(source_name, ()):
        spelling = {column.lower(): column for column in file.header}
        columns = {}
        for column in source.columns:
            if column.lower() in spelling:
                columns[column] = spelling[column.lower()]
            elif column not in source.rest:
                faults.append(_missing(plan, source_name, file, column))
        first_origin = file.file_id * LINES_PER_FILE
        read.append(
            {
                **vars(file),
                "columns": columns,
                "hashed": [quoted_name(column) for column in sorted(file.header, key=str.lower)],
                "first_origin": first_origin,
                "shift": first_origin + file.data_from + 1 - first_row,
            }
        )
        first_row += file.records
    if faults:
        raise DefinitionError(faults)
    return read


def _missing(plan: ImportPlan, source: str, file: InputFile, column: str) -> Fault:
    location = plan.goal.location("files", source)
    for expression in _expressions(plan):
        if (source, column) in expression.columns:
            location = expression.location
    return Fault(
        location,
        f"the file {file.remote_path} has no column '{column}'.{nearest(column, file.header)}"
        f" Its columns: {listed_names(file.header)}",
    )


def _expressions(plan: ImportPlan) -> list[Any]:
    found = [item.value for item in plan.values]
    return found + [part.value for key in plan.identity_keys for part in key.parts]


def columns_of(properties: Mapping[str, Property], sql_type: Any) -> dict[str, str]:
    """Return the column of `profiles` for each property: name -> SQL type."""
    return {
        name: sql_type(declared.type) + ("[]" if declared.multi else "")
        for name, declared in properties.items()
    }


def comment_of(name: str, declared: Property) -> str:
    """Return a property's description, as its column has it."""
    return declared.description or declared.title or name
