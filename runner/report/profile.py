"""One customer on the terminal."""

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from runner.errors import counted
from runner.report.explanation import show_explanation
from runner.report.layout import MASKED, print_title
from runner.report.printable import printable
from runner.report.table import show_record, show_table
from runner.report.timeline import show_timeline

if TYPE_CHECKING:
    from runner.explain.explanation import Explanation
    from runner.inspect.profile import Profile


def show_profile(
    console: Console,
    profile: "Profile",
    explanation: "Explanation | None" = None,
    *,
    is_whole: bool = True,
) -> None:
    """Print the values that a profile has, its segments, groups and identifiers.

    An `explanation` adds where they come from, and the goal, file, line and build of every row that
    was applied to it; if it is not `is_whole`, it is of single properties, and is shown alone.
    """
    if explanation is not None and not is_whole:
        print_title(console, f"Profile {profile.values[0][1]}")
        show_explanation(console, explanation, shows_all=True)
        _show_masked(console, profile)
        return
    _show_values(console, profile)
    if explanation is not None:
        show_explanation(console, explanation, shows_all=False)
        _show_lines(console, profile)
    _show_masked(console, profile)


def _show_masked(console: Console, profile: "Profile") -> None:
    if profile.is_masked:
        console.print(Text(MASKED, "dim"), soft_wrap=True)


def _show_values(console: Console, profile: "Profile") -> None:
    values = [(name, value) for name, value in profile.values if value is not None]
    print_title(console, f"Profile {profile.values[0][1]}")
    show_record(console, values)
    if profile.asked:
        console.print(Text(f"{profile.asked} became part of this profile", "yellow"))
    empty = len(profile.values) - len(values)
    if empty:
        console.print(Text(f"{counted(empty, 'property has', 'properties have')} no value", "dim"))
    segments = ", ".join(printable(name) for name in profile.segments) or "none"
    console.print(Text(f"segments: {segments}"), soft_wrap=True)
    if profile.groups:
        groups = ", ".join(
            f"{kind} {printable(value)} ({name})" for kind, value, name in profile.groups
        )
        console.print(Text(f"groups: {groups}"), soft_wrap=True)
    found_by = ", ".join(f"{name}={printable(value)}" for name, value in profile.identifiers)
    console.print(Text(f"found by: {found_by}"), soft_wrap=True)
    for objective, consented, said_at, goal, file, line in profile.consents:
        said = f"{printable(objective)} {'given' if consented else 'refused'}"
        source = f"{said_at:%Y-%m-%d %H:%M} UTC, {printable(goal)}, {printable(file)}:{line}"
        console.print(Text(f"consent: {said} ").append(source, "dim"), soft_wrap=True)
    if profile.aliases:
        console.print(Text(f"merged into it: {', '.join(profile.aliases)}"), soft_wrap=True)
    if profile.events:
        show_timeline(console, profile.events)


def _show_lines(console: Console, profile: "Profile") -> None:
    """Print the lines of all rows, retractions and events."""
    print_title(console, "Rows that were applied, in order")
    show_table(console, ("goal", "file", "line", "build"), profile.sources)
    if profile.retractions:
        print_title(console, "Lines that retracted what earlier lines gave")
        show_table(console, ("goal", "file", "line", "build"), profile.retractions)
    if profile.events:
        print_title(console, "Lines that its events come from")
        lines = [
            (event.type, event.event_id, *source)
            for event in profile.events
            for source in event.sources
        ]
        show_table(console, ("event", "id", "goal", "file", "line", "build"), lines)
