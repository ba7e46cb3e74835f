"""Past builds, as a list and one by one."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from runner.errors import counted
from runner.history.records import BuildRecord, NodeRecord, ProgressRecord, RecordedBuild
from runner.report.layout import grid, print_grid, print_title
from runner.report.printable import printable, printable_lines
from runner.report.quantities import duration, size, thousands
from runner.report.terminal import print_indented

if TYPE_CHECKING:
    # Loads the engine, which a list of builds does without.
    from runner.exports.exchange import Exchange

WIDE = 120
"""Cells of a terminal that has room for a whole SHA-256."""
STYLES = {
    "error": "red",
    "fail": "red",
    "incomplete": "red",
    "running": "yellow",
    "skipped": "yellow",
}


def show_builds(
    console: Console, builds: Iterable[tuple[BuildRecord, ProgressRecord | None]]
) -> None:
    """Print a line per build, newest first, and what one that runs does."""
    rows = [(_columns(build), build, progress) for build, progress in builds]
    widths = [max(len(columns[n]) for columns, _, _ in rows) for n in range(4)] if rows else []
    for (name, status, seconds, profiles, command), build, progress in rows:
        line = Text(f"{name:<{widths[0]}}  ")
        line.append(f"{status:<{widths[1]}}", _style(build.status))
        line.append(f"  {seconds:>{widths[2]}}  {profiles:>{widths[3]}}  {command}")
        print_indented(console, line)
        if build.reason:
            print_indented(console, Text(printable(build.reason), _style(build.status)), 2)
        if progress is not None:
            print_indented(console, _now(progress), 2)


def _columns(build: BuildRecord) -> tuple[str, str, str, str, str]:
    """Return the id, status, seconds, profiles and command of a build."""
    is_unpublished = build.status != "running" and not build.published
    status = f"{build.status}, not published" if is_unpublished else build.status
    seconds = duration(build.seconds) if build.finished_at else ""
    profiles = counted(build.profiles, "profile") if build.published else ""
    command = f"{build.target}: {build.command}"
    return printable(build.build_id), printable(status), seconds, profiles, printable(command)


def show_build(console: Console, found: RecordedBuild, progress: ProgressRecord | None) -> None:
    """Print all that is kept of a build."""
    build = found.build
    print_indented(
        console, Text.assemble((printable(build.build_id), "bold"), " ", _status(build.status))
    )
    print_indented(
        console, Text(f"{build.started_at:%Y-%m-%d %H:%M:%S} UTC, {printable(build.command)}")
    )
    if build.reason:
        print_indented(console, Text(printable(build.reason), _style(build.status)))
    if progress is not None:
        print_indented(console, _now(progress))
    nodes = grid("left", "left", "left", "right", "left", folded=4)
    for node in found.nodes:
        nodes.add_row(
            printable(node.name),
            node.kind,
            _status(node.status),
            duration(node.seconds),
            _gist(node),
        )
    print_grid(console, nodes, 2)
    _files(console, found)
    for node in found.nodes:
        if node.message and node.status in ("error", "fail", "incomplete"):
            print_title(console, printable(node.name), "bold red")
            where = f"{node.location}: " if node.location else ""
            print_indented(console, Text("\n".join(printable_lines(where + node.message))), 2)


def show_exchange(console: Console, counts: "Iterable[Exchange]") -> None:
    """Print the unique profiles that went through each connection, over all time."""
    table = grid("left", "right", "right")
    for count in counts:
        table.add_row(
            printable(count.connection),
            f"{counted(count.imported, 'profile')} imported",
            f"{counted(count.exported, 'profile')} exported",
        )
    print_grid(console, table, 0)


def _files(console: Console, found: RecordedBuild) -> None:
    if found.files:
        print_title(console, "Files")
        table = grid("left", "left", "right", "right", "right")
        for file in found.files:
            lines, rejected = counted(file.lines, "line"), counted(file.rejected, "line")
            name = printable(f"{file.goal} {file.source}")
            table.add_row(
                name, printable(file.path), size(file.size), lines, f"{rejected} rejected"
            )
        print_grid(console, table, 2)
    if found.exports:
        print_title(console, "Exports")
        table = grid("left", "left", "right", "right", "left", folded=1)
        is_narrow = console.is_terminal and console.width < WIDE
        for sent in found.exports:
            rows = counted(sent.rows, "row")
            content = sent.sha256[:12] if is_narrow else sent.sha256
            table.add_row(
                printable(sent.goal), printable(sent.path), rows, size(sent.size), content
            )
        print_grid(console, table, 2)


def _gist(node: NodeRecord) -> str:
    parts = [f"{thousands(rows)} {name}" for name, rows in node.outcomes.items() if rows]
    return ", ".join(parts) or (counted(node.rows, "row") if node.rows else "")


def _status(status: str) -> Text:
    return Text(printable(status), _style(status))


def _style(status: str) -> str:
    return STYLES.get(status, "green")


def _now(progress: ProgressRecord) -> Text:
    """Return what a build does now: `import shop.orders, 3 of 12 (06:00:12 UTC)`."""
    far = ""
    if progress.total and progress.unit == "bytes":
        far = f", {size(progress.done)} of {size(progress.total)}"
    elif progress.total:
        far = f", {thousands(progress.done)} of {thousands(progress.total)}"
    what = printable(progress.name or progress.message)
    return Text(f"now: {printable(progress.phase)} {what}{far} ({progress.told_at:%H:%M:%S} UTC)")
