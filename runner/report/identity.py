"""Which identifiers link profiles into one, on the terminal and as JSON."""

import json
from dataclasses import asdict

from rich.console import Console
from rich.text import Text

from runner.errors import counted
from runner.inspect.identity import Identity, LargeProfile
from runner.report.layout import grid, print_grid, print_title
from runner.report.printable import printable
from runner.report.quantities import thousands
from runner.report.terminal import print_indented


def show_identity(console: Console, found: Identity) -> None:
    """Print the counts, what each identifier finds, and the profiles with the most values."""
    print_title(console, "Identity")
    counts = (
        f"{counted(found.profiles, found.noun)}, {thousands(found.aliases)} merged into others,"
        f" {counted(found.conflicts, 'row')} in conflict"
    )
    print_indented(console, Text(counts), 2)
    if found.conflicts:
        print_indented(console, Text("runner conflicts lists them", "yellow"), 2)
    table = grid("left", "right", "right", "right")
    table.add_row(*(Text(head, "dim") for head in ("identifier", "values", "found", "most of one")))
    for item in found.identifiers:
        table.add_row(
            printable(item.identifier),
            thousands(item.values),
            thousands(item.profiles),
            thousands(item.most),
        )
    print_grid(console, table, 2)
    if found.largest:
        print_title(console, "Linked by the most values")
    for one in found.largest:
        _show_large(console, one)
    _show_fused(console, found)
    _show_shared(console, found)
    _show_ignored(console, found)


def _show_large(console: Console, one: LargeProfile) -> None:
    merged = f", {counted(one.aliases, 'other')} merged into it" if one.aliases else ""
    print_indented(console, Text(f"{one.id}  {counted(one.values, 'value')}{merged}"), 2)
    table = grid("left", "right", "left", folded=2)
    for item in one.held:
        more = ", ..." if item.count > len(item.some) else ""
        some = ", ".join(map(printable, item.some)) + more
        table.add_row(printable(item.identifier), thousands(item.count), Text(some))
    print_grid(console, table, 4)


def _show_fused(console: Console, found: Identity) -> None:
    if not found.fused:
        return
    print_title(console, f"Two values of one identifier on one {found.noun}")
    table = grid("left", "left", "left", folded=1)
    for pair in found.fused:
        values = Text(f"{printable(pair.value)} and {printable(pair.other_value)}")
        table.add_row(printable(pair.identifier), values, Text(pair.id))
    print_grid(console, table, 2)


def _show_shared(console: Console, found: Identity) -> None:
    if not found.shared:
        return
    print_title(console, "Shared by several")
    table = grid("left", "left", "right", "left", folded=1)
    for item in found.shared:
        note = Text("links no profiles", "yellow") if item.is_guarded else Text("")
        customers = counted(item.customers, found.noun)
        table.add_row(printable(item.identifier), Text(printable(item.value)), customers, note)
    print_grid(console, table, 2)


def _show_ignored(console: Console, found: Identity) -> None:
    if not found.ignored:
        return
    print_title(console, "Identify no one")
    table = grid("left", "left", "right", "left", folded=1)
    for item in found.ignored:
        held = counted(item.profiles, found.noun)
        table.add_row(
            printable(item.identifier),
            Text(printable(item.value)),
            held,
            Text(f"by `{item.reason}`", "yellow"),
        )
    print_grid(console, table, 2)


def identity_json(found: Identity) -> str:
    """Return the same as one JSON object."""
    return json.dumps(asdict(found), indent=2, ensure_ascii=False)
