"""An import goal, planned for the columns that its files had at the last import or scan."""

from contextlib import suppress

from runner.compile.import_plan import ImportPlan
from runner.compile.import_resolver import resolve_import
from runner.definitions.import_goal import ImportGoal
from runner.errors import DefinitionError
from runner.imports.headers import read_headers
from runner.workspace.workspace import Workspace


def known_plan(
    workspace: Workspace, connection: str, goal: ImportGoal, name: str
) -> ImportPlan | None:
    """Return the plan of a goal; None where it has a mistake, or its columns are not known.

    The project may be one of which properties could not be read.
    """
    headers = read_headers(workspace.generated).get(name)
    if headers is None or headers.keys() != goal.files.keys():
        return None
    environment = workspace.library.environment
    with suppress(DefinitionError, KeyError):
        return resolve_import(connection, goal, headers, workspace.project, environment)
    return None
