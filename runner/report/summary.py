"""The summary of a build on the terminal."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from runner.errors import counted
from runner.report.errors import unread
from runner.report.layout import grid, print_grid, print_title
from runner.report.node_line import WORDS, called, consent_parts
from runner.report.printable import printable, printable_lines
from runner.report.quantities import duration, size, thousands
from runner.report.quoted_line import ReadLine, show_quoted_line
from runner.report.reconciliation import show_import
from runner.report.terminal import print_indented
from runner.result import BuildResult, NodeResult

TALLY = {"OK": "PASS", "PASS": "PASS", "WARN": "WARN", "SKIP": "SKIP"}
"""Under which word of the last line a status counts; any other is an ERROR."""


ALL_KNOWN = "Nothing new to import: no row was applied, the profiles are as they were."


def show_summary(
    console: Console, result: BuildResult, read_line: ReadLine = unread, is_quiet: bool = False
) -> None:
    """Print what became of goals, models, segments and tests; quiet, only what went wrong.

    `read_line(file, line)` gives a line of the project, shown under an error.
    """
    if not is_quiet:
        _imports(console, result)
        _models(console, result.nodes)
        _segments(console, result.nodes)
        _exports(console, result.nodes)
    _warnings(console, result)
    _errors(console, result.nodes, read_line)
    if not is_quiet:
        _skipped(console, result.nodes)
        _last_lines(console, result)


def _imports(console: Console, result: BuildResult) -> None:
    goals = [node for node in result.nodes if node.kind.startswith("import_")]
    if not goals:
        return
    print_title(console, "Imports")
    if all(goal.status == "unchanged" for goal in goals):
        print_indented(console, Text(ALL_KNOWN, "green"), 2)
    for goal in goals:
        show_import(console, goal)
    applied = [goal for goal in goals if not goal.is_failure]
    if any(goal.rejects or _lists_events(goal) for goal in applied):
        console.print(Text("  What was set aside, with file, line and reason:", "yellow"))
        console.print(
            Text(f"    runner rejects --build {printable(result.build_id)}"), soft_wrap=True
        )
    if any(goal.outcomes.get("ambiguous") for goal in applied):
        console.print(Text("  Rows that lead to several profiles or groups:", "yellow"))
        console.print(Text("    runner conflicts"))


def _lists_events(goal: NodeResult) -> bool:
    """Return whether lines of events are in `runner.rejects`."""
    return any(events.left_out or events.repeated_items for events in goal.events)


def _models(console: Console, nodes: Sequence[NodeResult]) -> None:
    """Print how many models were built and how many tests passed."""
    rows = []
    for kind, done in (("model", "built"), ("test", "passed"), ("unit_test", "passed")):
        statuses = Counter(node.status for node in nodes if node.kind == kind)
        if statuses:
            good = statuses.pop("success", 0) + statuses.pop("pass", 0)
            good += statuses.pop("unchanged", 0)
            parts = [(f"{thousands(good)} {done}", "none")]
            parts += [
                (f"{thousands(count)} {_word(status)}", WORDS.get(status, ("", "red"))[1])
                for status, count in statuses.items()
            ]
            rows.append((f"{kind.replace('_', ' ')}s", parts))
    if not rows:
        return
    print_title(console, "Models and tests")
    for name, parts in rows:
        line = Text(f"  {name:<{max(8, *(len(row[0]) for row in rows))}} ")
        for index, (part, style) in enumerate(parts):
            line.append(", " if index else "").append(part, style)
        console.print(line)


def _word(status: str) -> str:
    return {"warn": "with a warning", "fail": "failed", "error": "with an error"}.get(
        status, printable(status)
    )


def _segments(console: Console, nodes: Sequence[NodeResult]) -> None:
    segments = [node for node in nodes if node.kind == "segment" and node.status == "success"]
    if not segments:
        return
    print_title(console, "Segments")
    table = grid("left", "right")
    for segment in segments:
        table.add_row(printable(segment.name), counted(segment.rows, "member"))
    print_grid(console, table, 2)


def _exports(console: Console, nodes: Sequence[NodeResult]) -> None:
    goals = [node for node in nodes if node.kind.startswith("export_")]
    sent = [goal for goal in goals if goal.status in ("success", "unchanged")]
    if not sent:
        return
    print_title(console, "Exports")
    for goal in sent:
        line = Text("  ").append(printable(goal.name), "bold")
        if goal.status == "unchanged":
            line.append("  nothing new to export", "green")
        elif goal.members != goal.rows:
            line.append(f"  {thousands(goal.rows)} of {counted(goal.members, 'member')}")
        console.print(line, soft_wrap=True)
        if goal.no_consent:
            left_out = f"no consent: {', '.join(consent_parts(goal.no_consent))}"
            print_indented(console, Text(left_out, "yellow"), 4)
        table = grid("left", "right", "right")
        for file in goal.exported:
            table.add_row(printable(file.path), counted(file.rows, "row"), size(file.size))
        print_grid(console, table, 4)


def _warnings(console: Console, result: BuildResult) -> None:
    warnings = [("", warning) for warning in result.warnings]
    for node in result.nodes:
        warnings += [(f"{called(node.name, node.kind)}: ", warning) for warning in node.warnings]
        if node.status == "warn":
            warnings.append((f"{called(node.name, node.kind)}: ", _located(node)))
    if not warnings:
        return
    print_title(console, "Warnings", "bold yellow")
    for name, warning in warnings:
        lines = "\n".join(printable_lines(f"{name}{warning}"))
        print_indented(console, Text(lines, "yellow"), 2)


def _located(node: NodeResult) -> str:
    message = node.message or counted(node.rows, "row")
    if node.location is None or message.startswith(str(node.location)):
        return message
    return f"{node.location}: {message}"


def _errors(console: Console, nodes: Sequence[NodeResult], read_line: ReadLine) -> None:
    failed = [node for node in nodes if node.is_error]
    if not failed:
        return
    print_title(console, "Errors", "bold red")
    for node in failed:
        head = Text.assemble(
            (WORDS[node.status][0], "bold red"), f" {called(node.name, node.kind)}"
        )
        print_indented(console, head, 2)
        print_indented(console, Text("\n".join(printable_lines(_located(node)))), 4)
        if node.location:
            show_quoted_line(console, node.location, read_line, 4)


def _skipped(console: Console, nodes: Sequence[NodeResult]) -> None:
    skipped = [node for node in nodes if node.status == "skipped"]
    if not skipped:
        return
    print_title(console, "Skipped", "bold yellow")
    for node in skipped:
        why = f": {node.message}" if node.message else ""
        lines = "\n".join(printable_lines(f"{called(node.name, node.kind)}{why}"))
        print_indented(console, Text(lines), 2)


def _last_lines(console: Console, result: BuildResult) -> None:
    """Print whether analysts see the build, and the counts: of statuses, and of all warnings."""
    words = Counter(
        TALLY.get(WORDS.get(node.status, ("ERROR", ""))[0], "ERROR") for node in result.nodes
    )
    words["WARN"] = result.warning_count
    tally = " ".join(f"{word}={words[word]}" for word in ("PASS", "WARN", "ERROR", "SKIP"))
    has_failed = any(node.is_error for node in result.nodes)
    console.print()
    profiles = counted(result.profiles, "profile")
    if result.published:
        where = Text(f"The warehouse is published: {profiles}.", "bold")
    elif has_failed:
        where = Text("The warehouse is NOT published: the last good one stays.", "bold red")
    else:
        where = Text("The warehouse stays as it was.", "bold")
    print_indented(console, where)
    location = f"Target {printable(result.target)}, build {printable(result.build_id)}"
    print_indented(console, Text(f"{location}, {duration(result.seconds)}.", "dim"))
    color = "red" if has_failed or result.exit_code else "yellow" if words["WARN"] else "green"
    end = "Stopped." if result.stopped else "Done."
    console.print(Text(f"{end} {tally} TOTAL={len(result.nodes)}", color), soft_wrap=True)
