"""What a build would do, on the terminal."""

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from runner.definitions.masked_line import ReadLine
from runner.errors import counted
from runner.orchestrate.plan import DefinitionChange, Plan
from runner.report.errors import unread
from runner.report.layout import MASKED, grid, print_grid, print_labelled, print_title
from runner.report.node_state import state_text
from runner.report.printable import printable
from runner.report.quantities import duration, thousands
from runner.report.summary import (
    export_parts,
    show_errors,
    show_imports,
    show_models,
    show_skipped,
    show_warnings,
)
from runner.report.terminal import print_indented
from runner.result import NodeResult
from runner.warehouse.comparison import ColumnChanges, EventChanges, TableChanges

WIDEST = 24
"""Cells of a value of an example."""
NO_VALUE = "no value"


def show_plan(
    console: Console,
    plan: Plan,
    read_line: ReadLine = unread,
    *,
    is_verbose: bool = False,
) -> None:
    """Print a plan; verbose, goals and segments without a change have a line too."""
    _base(console, plan)
    _definitions(console, plan.definitions)
    console.print()
    show_imports(console, plan.result.nodes, is_verbose)
    show_models(console, plan.result.nodes)
    for table in (plan.changes.profiles, *plan.changes.groups):
        _table(console, table)
    _events(console, plan.changes.events)
    _segments(console, plan, is_verbose)
    _exports(console, plan.result.nodes, is_verbose)
    if plan.is_masked:
        console.print()
        print_indented(console, Text(MASKED, "dim"))
    show_warnings(console, plan.result)
    show_errors(console, plan.result.nodes, read_line)
    show_skipped(console, plan.result.nodes)
    _last_lines(console, plan)


def base_text(plan: Plan) -> str:
    """Return which warehouse a plan begins with."""
    if not plan.based_on:
        return "No warehouse yet: everything is new."
    return f"Based on the warehouse of build {printable(plan.based_on)}."


def running_text(plan: Plan) -> str:
    """Return which build runs beside a plan; empty where none does."""
    if not plan.running:
        return ""
    return f"A build runs, and what it changes is not in this plan: {printable(plan.running)}."


def definition_text(change: DefinitionChange) -> str:
    """Return how a definition stands to that of its last run."""
    text = state_text(change.state)
    return f"{text} {counted(change.files, 'file')}" if change.files else text


def verdict(plan: Plan) -> str:
    """Return whether a build would be published, and the code that it would end with."""
    code = plan.result.exit_code
    if plan.result.stopped:
        text = "The plan was stopped: it is not complete."
    elif plan.result.published:
        profiles = counted(plan.result.profiles, "profile")
        text = f"A build would publish the warehouse: {profiles}."
    else:
        text = f"A build would NOT publish the warehouse: {printable(plan.unpublished)}."
    return f"{text} It would end with exit code {code}." if code else text


def _base(console: Console, plan: Plan) -> None:
    head = f"Plan of a build, target {printable(plan.result.target)}"
    console.print(Text(head, "bold"))
    print_indented(console, Text(base_text(plan)), 2)
    if plan.running:
        print_indented(console, Text(running_text(plan), "yellow"), 2)


def _definitions(console: Console, definitions: Sequence[DefinitionChange]) -> None:
    if definitions:
        print_title(console, "Definitions")
    new = [printable(change.state.name) for change in definitions if change.is_new]
    if new:
        print_labelled(console, "new", new, indent=2)
    for change in definitions:
        if change.is_new:
            continue
        head = f"{printable(change.state.name)}  {definition_text(change)}"
        print_indented(console, Text(head), 2)
        for line in change.state.changes:
            print_indented(console, Text(printable(line), "dim"), 4)


def table_parts(table: TableChanges) -> list[str]:
    """Return `3 created` and so on, for counts that are not zero."""
    counts = (
        (table.created, "created"),
        (table.changed, "changed"),
        (table.cleared, "of them with a value cleared"),
        (table.merged, "merged into others"),
        (table.removed, "removed"),
    )
    return counted_parts(counts)


def counted_parts(counts: Iterable[tuple[int, str]]) -> list[str]:
    """Return counts that are not zero, each before its word."""
    return [f"{thousands(count)} {word}" for count, word in counts if count]


def table_title(table: TableChanges) -> str:
    """Return what a table holds, and how many there were and would be."""
    noun = f"Groups {table.group_type}" if table.group_type else "Profiles"
    return f"{printable(noun)}: {thousands(table.earlier_count)} → {thousands(table.later_count)}"


def _table(console: Console, table: TableChanges) -> None:
    if not table.is_changed:
        return
    print_title(console, table_title(table))
    print_labelled(console, "", table_parts(table))
    columns = grid("left", "right", "right", "right")
    if table.columns:
        heads = ("property", "set", "changed", "cleared")
        columns.add_row(*(Text(head, "dim") for head in heads))
    for column in table.columns:
        counts = (column.filled, column.replaced, column.cleared)
        columns.add_row(Text(printable(column.name)), *map(thousands, counts))
    print_grid(console, columns, 4)
    for column in table.columns:
        for line in _examples(column):
            print_indented(console, Text(line, "dim"), 4)


def _examples(column: ColumnChanges) -> Iterator[str]:
    for example in column.examples:
        before, after = value_text(example.before), value_text(example.after)
        yield f"{printable(column.name)}: {before} → {after}  {example.id}"


def value_text(value: str | None) -> str:
    """Return a value of an example, cut where it is long."""
    if value is None:
        return NO_VALUE
    text = printable(value)
    return text if cell_len(text) <= WIDEST else set_cell_size(text, WIDEST - 1).rstrip() + "…"


def _events(console: Console, events: Sequence[EventChanges]) -> None:
    for one in events:
        if one.is_changed:
            counts = f"{thousands(one.earlier_count)} → {thousands(one.later_count)}"
            print_title(console, f"Events {printable(one.type)}: {counts}")
            words = ((one.created, "created"), (one.changed, "changed"), (one.removed, "removed"))
            print_labelled(console, "", counted_parts(words))


def _segments(console: Console, plan: Plan, is_verbose: bool) -> None:
    shown = [
        segment
        for segment in plan.changes.segments
        if is_verbose or segment.entering or segment.leaving
    ]
    if not shown:
        return
    print_title(console, "Segments")
    table = grid("left", "right", "right", "right", "right")
    heads = ("segment", "before", "after", "enter", "leave")
    table.add_row(*(Text(head, "dim") for head in heads))
    for segment in shown:
        counts = (segment.earlier_count, segment.later_count, segment.entering, segment.leaving)
        table.add_row(Text(printable(segment.name)), *map(thousands, counts))
    print_grid(console, table, 2)


def _exports(console: Console, nodes: Sequence[NodeResult], is_verbose: bool) -> None:
    goals = [node for node in nodes if node.kind.startswith("export_") and not node.is_failure]
    sent = [goal for goal in goals if goal.exported]
    if not goals or not (sent or is_verbose):
        return
    print_title(console, "Exports")
    for goal in sent:
        head, *files = export_parts(goal)
        changes = [f"{thousands(rows)} {change}" for change, rows in goal.changes.items()]
        print_indented(console, Text(", ".join([head, *changes])), 2)
        for file in files:
            print_indented(console, Text(file), 4)
    for goal in goals if is_verbose else ():
        if not goal.exported:
            print_indented(console, Text(f"{printable(goal.name)}: {goal.message}", "dim"), 2)


def _last_lines(console: Console, plan: Plan) -> None:
    color = "red" if plan.result.exit_code else "green"
    console.print()
    print_indented(console, Text(verdict(plan), f"bold {color}"))
    text = f"Nothing was published, renamed or sent. {duration(plan.result.seconds)}."
    print_indented(console, Text(text, "dim"))
