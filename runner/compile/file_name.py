"""The name of an exported file, made from the template of its goal."""

from collections.abc import Iterator
from datetime import UTC, datetime
from string import Formatter

from runner.definitions.export_goal import ExportProfiles
from runner.errors import DefinitionError, Fault, choices, nearest
from runner.remote.name import name_fault, shown

PLACEHOLDERS = ("segment", "goal", "connection", "timestamp")
TIMESTAMP = "%Y%m%dT%H%M%SZ"


def file_name(goal: ExportProfiles, connection: str, started_at: datetime) -> str:
    """Return the name of the file that a build started at `started_at` sends.

    `{timestamp}` is UTC as 20240131T235959Z, `{timestamp:%Y%m%d}` is in a strftime format.
    A compressed file ends in `.gz`. Raises DefinitionError where the template names something
    else, or makes no plain name of a file (F1).
    """
    values = {"segment": goal.segment, "goal": goal.name, "connection": connection}
    name = "".join(_parts(goal, values, started_at.astimezone(UTC)))
    if goal.format.compression == "gzip" and not name.lower().endswith(".gz"):
        name += ".gz"
    reason = name_fault(name)
    if not reason and "\\" in name:
        reason = "the name leads outside the directory on some servers"
    if not reason and name != name.strip():
        reason = "the name begins or ends with a blank"
    if reason:
        raise _fault(goal, f"{shown(name)} is no name for a file: {reason}")
    return name


def _parts(goal: ExportProfiles, values: dict[str, str], moment: datetime) -> Iterator[str]:
    try:
        parts = list(Formatter().parse(goal.file_name))
    except ValueError as error:
        raise _fault(goal, f"found '{goal.file_name}': {error}; write {{{{ for a brace") from error
    for text, placeholder, form, conversion in parts:
        yield text
        if placeholder is None:
            continue
        if placeholder not in PLACEHOLDERS:
            raise _fault(
                goal,
                f"unknown placeholder {{{placeholder}}}.{nearest(placeholder, PLACEHOLDERS)}"
                f" Allowed here: {choices(PLACEHOLDERS)}",
            )
        if conversion or (form and placeholder != "timestamp"):
            raise _fault(goal, f"{{{placeholder}}} takes no format; {{timestamp:%Y%m%d}} does")
        if placeholder == "timestamp":
            yield moment.strftime(form or TIMESTAMP)
        else:
            yield values[placeholder]


def _fault(goal: ExportProfiles, message: str) -> DefinitionError:
    return DefinitionError([Fault(goal.place("file_name"), message)])
