"""The reconciliation of an import goal: rows by outcome, profiles, files, links (R3, R7)."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from runner.errors import counted
from runner.reconciliation import EventCounts, FileCounts, LinkCounts
from runner.report.layout import grid, print_grid, print_labelled
from runner.report.node_line import consent_parts, outcome_parts
from runner.report.printable import printable, printable_lines
from runner.report.quantities import duration, thousands
from runner.report.terminal import print_indented
from runner.result import NOTHING_NEW, NodeResult

MOST_FILES = 12
"""Files listed one by one; of more, one line a source, and one for each file with rejects."""

INDENT = 4
"""Cells before the lines of a goal."""

PENDING = ("suppressed", "no_consent")
"""Outcomes of rows that are applied once their reason is gone (C1, C2)."""


def show_import(console: Console, goal: NodeResult) -> None:
    """Print what an import goal did; of a failed one its files alone, for no row was kept."""
    head = Text.assemble((printable(goal.name), "bold"), "  ")
    if goal.status == "unchanged":
        message = printable(goal.message) or NOTHING_NEW
        print_indented(console, head.append(message, "green"), 2)
        return
    if goal.status == "skipped":
        print_indented(console, head.append("skipped", "yellow"), 2)
        return
    if goal.is_failure:
        head.append("failed, nothing of it was kept", "red")
    else:
        head.append(duration(goal.seconds), "dim")
    print_indented(console, head, 2)
    if not goal.is_failure:
        _show_rows(console, goal)
    print_grid(console, files_table(goal.files), INDENT)
    print_grid(console, links_table(goal.links), INDENT)


def _show_rows(console: Console, goal: NodeResult) -> None:
    changed = (
        (goal.profiles_created, "created"),
        (goal.profiles_updated, "updated"),
        (goal.profiles_unchanged, "unchanged"),
        (goal.profiles_merged, "merged into others"),
    )
    profiles = [f"{thousands(count)} {word}" for count, word in changed if count]
    if goal.message:
        print_labelled(console, "note", printable_lines(goal.message), indent=INDENT)
    print_labelled(console, "rows", outcome_parts(goal.outcomes) or ["none"], indent=INDENT)
    if goal.no_consent:
        print_labelled(console, "consent", consent_parts(goal.no_consent), "yellow", indent=INDENT)
    pending = sum(goal.outcomes.get(outcome, 0) for outcome in PENDING)
    if pending:
        listed = f"{counted(pending, 'row')}, listed by `runner rows`"
        print_labelled(console, "pending", [listed], "yellow", indent=INDENT)
    filled = {"import_groups": "groups", "import_products": "products"}.get(goal.kind, "profiles")
    print_labelled(console, filled, profiles or ["none touched"], indent=INDENT)
    for events in goal.events:
        print_labelled(
            console, "events", _event_parts(events) or [f"no {events.type}"], indent=INDENT
        )
    if goal.rejects:
        aside = f"{counted(goal.rejects, 'line or value', 'lines and values')} set aside"
        print_labelled(console, "rejects", [aside], "yellow", indent=INDENT)


def _event_parts(events: EventCounts) -> list[str]:
    """Return `3 order created` and so on, for counts that are not zero."""
    counts = (
        (events.created, f"{events.type} created"),
        (events.updated, f"{events.type} updated"),
        (events.unchanged, f"{events.type} unchanged"),
        (events.removed, f"{events.type} retracted"),
        (events.untracked, f"{events.type} not kept, by `do_not_track`"),
        (events.left_out, f"{events.type} left out, without a time or a profile"),
        (events.repeated_items, "items replaced by one with the same id in the same file"),
    )
    return [f"{thousands(count)} {word}" for count, word in counts if count]


def files_table(files: Sequence[FileCounts]) -> Table:
    """Return the lines of each file: lines = records + rejected + blank + header (R7)."""
    table = grid("left", "left", "right", "right", "right", "right", folded=1)
    if not files:
        return table
    heads = ("source", "file", "lines", "records", "rejected", "blank")
    table.add_row(*(Text(head, "dim") for head in heads))
    single = [file for file in files if len(files) <= MOST_FILES or file.rejected]
    if len(files) > MOST_FILES:
        for source in dict.fromkeys(file.source for file in files):
            own = [file for file in files if file.source == source]
            _add_row(table, source, counted(len(own), "file"), own)
    for file in single[:MOST_FILES]:
        _add_row(table, file.source, printable(file.path), [file])
    if len(single) > MOST_FILES:
        rest = single[MOST_FILES:]
        _add_row(table, "", f"{counted(len(rest), 'more file')} with rejected lines", rest)
    return table


def _add_row(table: Table, source: str, name: str, files: Sequence[FileCounts]) -> None:
    rejected = sum(file.rejected for file in files)
    table.add_row(
        Text(printable(source)),
        Text(name),
        thousands(sum(file.lines for file in files)),
        thousands(sum(file.records for file in files)),
        Text(thousands(rejected), "yellow" if rejected else "none"),
        thousands(sum(file.blank for file in files)),
    )


def links_table(links: Sequence[LinkCounts]) -> Table:
    """Return per file source the keys without a partner and the lines that nothing used (R3).

    Sources in which everything fits are left out.
    """
    table = grid("left", "left", folded=1)
    for link in links:
        parts = []
        if link.missing:
            parts.append(f"{counted(link.missing, 'key')} without a partner")
        if link.unused:
            parts.append(f"{thousands(link.unused)} of {counted(link.lines, 'line')} unused")
        if parts:
            style = "red" if not link.used else "yellow" if link.missing else "none"
            table.add_row(Text(printable(link.source)), Text("; ".join(parts), style))
    return table
