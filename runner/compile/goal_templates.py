"""Which templates the models of a goal are made from: found by rendering them."""

from collections.abc import Mapping
from datetime import UTC, datetime

from runner.compile.batch_traits import BatchTraits
from runner.compile.derived_tables import products_model
from runner.compile.export_models import export_models
from runner.compile.import_models import import_models
from runner.compile.import_plan import ImportPlan
from runner.compile.import_resolver import resolve_without_files
from runner.compile.input_file import InputFile
from runner.compile.library import Library
from runner.definitions.export_goal import ExportProfiles
from runner.definitions.import_goal import ImportGoal
from runner.definitions.import_products import ImportProducts
from runner.definitions.profile_property import Property
from runner.definitions.project import Project
from runner.definitions.sql_file import SqlFile

ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def replaced_in_import(
    connection: str, goal: ImportGoal, project: Project, library: Library
) -> dict[str, SqlFile]:
    """Return the project's own files among the templates and macros of an import goal, by path.

    Raises DefinitionError where one of them cannot be rendered.
    """
    if not library.is_replaced:
        return {}
    plan = resolve_without_files(connection, goal, project, library.environment)
    with library.recording() as templates:
        import_models(plan, _files(plan), project, library, "", BatchTraits(is_suppressing=True))
        if isinstance(goal, ImportProducts) or any(event.store for event in plan.events):
            products_model(project, {}, library)
    return library.replacements(templates)


def replaced_in_export(
    connection: str, goal: ExportProfiles, project: Project, library: Library
) -> dict[str, SqlFile]:
    """Return the project's own files among the templates and macros of an export goal, by path.

    Raises DefinitionError where one of them cannot be rendered.
    """
    if not library.is_replaced:
        return {}
    with library.recording() as templates:
        export_models(connection, goal, project, _properties(goal, project), library, ANY_TIME)
    return library.replacements(templates)


def _files(plan: ImportPlan) -> dict[str, tuple[InputFile, ...]]:
    """Return a file of each source, with the columns that the goal reads."""
    return {
        source.name: (InputFile(1, source.name, source.name, True, source.columns, 1, 1),)
        for source in plan.sources
    }


def _properties(goal: ExportProfiles, project: Project) -> Mapping[str, Property]:
    """Return the declared properties, and as text those that only `map_rest` can have made."""
    own = project.group_types[goal.of_groups].properties if goal.of_groups else project.properties
    named = {column.property_name for column in goal.columns if not column.group}
    return {name: Property() for name in named if name} | dict(own)
