"""The mistakes in export goals that show before anything runs: file names and dialects."""

from datetime import UTC, datetime

from runner.compile.export_dialect import dialect_faults
from runner.compile.file_name import file_name
from runner.definitions.export_goal import ExportProfiles
from runner.definitions.project import Project
from runner.errors import DefinitionError, Fault

ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def check_exports(project: Project) -> None:
    """Check the file names and dialects of all export goals.

    Raises DefinitionError with all faults.
    """
    faults: list[Fault] = []
    for connection in project.connections:
        for goal in connection.goals:
            if isinstance(goal, ExportProfiles):
                faults += dialect_faults(goal)
                try:
                    file_name(goal, connection.connection, ANY_TIME)
                except DefinitionError as error:
                    faults += error.faults
    if faults:
        raise DefinitionError(faults)
