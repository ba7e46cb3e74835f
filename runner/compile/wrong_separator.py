"""Files that their separator does not split: one message for all that this hides (R2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from runner.compile.column_names import cut_name, is_data, separator_hint
from runner.definitions.import_goal import ImportGoal
from runner.errors import Fault, Location

SHOWN = 3
"""Files of a source that a message names."""


@dataclass(frozen=True)
class WrongSeparator:
    """A separator that splits no line of the files of some sources."""

    location: Location
    message: str
    # The same for all goals to which one line of the YAML, or none, gives the separator.
    cause: str

    @property
    def fault(self) -> Fault:
        """Return it as a mistake of the definitions."""
        return Fault(self.location, self.message)


def is_unsplit(header: Sequence[str]) -> bool:
    """Tell whether a header is one name that holds a separator of other formats."""
    return bool(separator_hint(header)) and not is_data(header)


def wrong_separators(
    connection: str,
    goal: ImportGoal,
    headers: Mapping[str, Sequence[str]],
    files: Mapping[str, Sequence[str]],
) -> list[WrongSeparator]:
    """Return the separators of a goal that split no file: each once, with all its sources."""
    sources: dict[tuple[Location | None, str], list[str]] = {}
    for name, header in headers.items():
        if is_unsplit(header):
            sources.setdefault(_stated(goal, name), []).append(name)
    return [
        WrongSeparator(
            stated or goal.location("files", names[0], of_key=True),
            _message(separator, [(headers[name][0], files.get(name, ())) for name in names]),
            f"separator of {stated or connection}",
        )
        for (stated, separator), names in sources.items()
    ]


def _stated(goal: ImportGoal, source: str) -> tuple[Location | None, str]:
    """Return where the separator of a source is stated, and the separator."""
    form = goal.format_of(source)
    is_stated = form.written is not None and "separator" in form.written.value_locations
    return form.location("separator") if is_stated else None, form.separator


def _message(separator: str, found: Sequence[tuple[str, Sequence[str]]]) -> str:
    described = "; ".join(
        f"{_paths(paths)} begin{'s' if len(paths) == 1 else ''} with '{cut_name(name)}'"
        for name, paths in found
    )
    shown = {"\t": "\\t"}.get(separator, separator)
    return (
        f"the `separator` '{shown}' splits no line: {described}."
        " State the one that is between the columns of these files"
    )


def _paths(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - SHOWN} more" if len(paths) > SHOWN else ""
    return ", ".join(paths[:SHOWN]) + more
