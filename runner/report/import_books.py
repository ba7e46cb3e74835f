"""The books of an import goal: rows by outcome, profiles, files, links (R3, R7)."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from runner.report.figures import counted, duration, figure
from runner.report.layout import grid, print_grid
from runner.report.node_line import consent_parts, outcome_parts
from runner.report.terminal import print_indented
from runner.report.visible import visible
from runner.result import FileBook, LinkBook, NodeResult

MOST_FILES = 12
"""Files told one by one; of more, each source is told as a whole and files with rejects alone."""

NOTHING_NEW = "nothing new to import"

INDENT = 4
"""Cells before what is told of a goal."""

LABEL = 10
"""Cells for `rows`, `profiles` and the like."""


def show_import(console: Console, goal: NodeResult) -> None:
    """Print what an import goal did; of a failed one its files alone, for no row was kept."""
    head = Text.assemble((visible(goal.name), "bold"), "  ")
    if goal.status == "unchanged":
        told = visible(goal.message) or NOTHING_NEW
        print_indented(console, head.append(told, "green"), 2)
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
    profiles = [f"{figure(count)} {word}" for count, word in changed if count]
    _labelled(console, "rows", outcome_parts(goal.outcomes) or ["none"])
    if goal.no_consent:
        _labelled(console, "consent", consent_parts(goal.no_consent), "yellow")
    filled = {"import_groups": "groups", "import_products": "products"}.get(goal.kind, "profiles")
    _labelled(console, filled, profiles or ["none touched"])
    for book in goal.events:
        told = [
            f"{figure(count)} {word}"
            for count, word in (
                (book.created, f"{book.type} created"),
                (book.updated, f"{book.type} updated"),
                (book.unchanged, f"{book.type} unchanged"),
                (book.removed, f"{book.type} taken back"),
                (book.left_out, f"{book.type} left out, without a time or a profile"),
                (book.repeated_items, "items replaced by one with the same id in the same file"),
            )
            if count
        ]
        _labelled(console, "events", told or [f"no {book.type}"])
    if goal.rejects:
        aside = f"{counted(goal.rejects, 'line or value', 'lines and values')} set aside"
        _labelled(console, "rejects", [aside], "yellow")


def _labelled(console: Console, label: str, parts: Sequence[str], style: str = "none") -> None:
    """Print parts behind a label; no part is broken over two lines."""
    room = console.width - INDENT - LABEL
    lines = [parts[0]]
    for part in parts[1:]:
        if len(lines[-1]) + len(part) + 3 > room:
            lines[-1] += ","
            lines.append(part)
        else:
            lines[-1] += f", {part}"
    for index, line in enumerate(lines):
        head = Text(" " * INDENT).append((label if index == 0 else "").ljust(LABEL), "dim")
        console.print(head.append(line, style), soft_wrap=True)


def files_table(books: Sequence[FileBook]) -> Table:
    """Return the lines of each file: lines = records + rejected + blank + header (R7)."""
    table = grid("left", "left", "right", "right", "right", "right", folded=1)
    if not books:
        return table
    heads = ("source", "file", "lines", "records", "rejected", "blank")
    table.add_row(*(Text(head, "dim") for head in heads))
    single = [book for book in books if len(books) <= MOST_FILES or book.rejected]
    if len(books) > MOST_FILES:
        for source in dict.fromkeys(book.source for book in books):
            own = [book for book in books if book.source == source]
            _add_row(table, source, counted(len(own), "file"), own)
    for book in single[:MOST_FILES]:
        _add_row(table, book.source, visible(book.path), [book])
    if len(single) > MOST_FILES:
        rest = single[MOST_FILES:]
        _add_row(table, "", f"{counted(len(rest), 'more file')} with rejected lines", rest)
    return table


def _add_row(table: Table, source: str, file: str, books: Sequence[FileBook]) -> None:
    rejected = sum(book.rejected for book in books)
    table.add_row(
        Text(visible(source)),
        Text(file),
        figure(sum(book.lines for book in books)),
        figure(sum(book.records for book in books)),
        Text(figure(rejected), "yellow" if rejected else "none"),
        figure(sum(book.blank for book in books)),
    )


def links_table(links: Sequence[LinkBook]) -> Table:
    """Return per file source the keys without a partner and the lines that nothing used (R3).

    Sources in which everything fits are left out.
    """
    table = grid("left", "left", folded=1)
    for link in links:
        told = []
        if link.missing:
            told.append(f"{counted(link.missing, 'row')} without a partner")
        if link.unused:
            told.append(f"{figure(link.unused)} of {counted(link.lines, 'line')} unused")
        if told:
            style = "red" if not link.used else "yellow" if link.missing else "none"
            table.add_row(Text(visible(link.source)), Text("; ".join(told), style))
    return table
