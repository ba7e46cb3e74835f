"""The members of export goals, counted."""

import json
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from runner.errors import counted
from runner.inspect.export_count import ExportCount
from runner.report.errors import show_error
from runner.report.layout import print_title
from runner.report.printable import printable
from runner.report.quantities import thousands
from runner.report.terminal import print_indented


def show_counts(console: Console, counts: Sequence[ExportCount]) -> None:
    """Print for each goal its members, those exportable, and why the others are not."""
    for count in counts:
        print_title(console, printable(count.name))
        if count.error is not None:
            show_error(console, count.error)
            continue
        total = f"{counted(count.members, 'member')} of {printable(count.segment)},"
        print_indented(console, Text(f"{total} {thousands(count.exportable)} exportable"), 2)
        for reason, members in count.left_out.items():
            print_indented(console, Text(f"{thousands(members)} left out: {reason}", "yellow"), 4)
        if count.changes is not None:
            parts = ", ".join(
                f"{thousands(rows)} {change}" for change, rows in count.changes.items()
            )
            print_indented(console, Text(f"since the last export: {parts}"), 4)
    if not counts:
        print_indented(console, Text("no export goal"), 2)


def count_json(counts: Sequence[ExportCount]) -> str:
    """Return the counts as JSON, a goal each."""
    return json.dumps({"goals": [_as_json(count) for count in counts]}, indent=2)


def _as_json(count: ExportCount) -> dict[str, object]:
    if count.error is not None:
        return {"name": count.name, "segment": count.segment, "error": str(count.error)}
    return {
        "name": count.name,
        "segment": count.segment,
        "members": count.members,
        "exportable": count.exportable,
        "left_out": dict(count.left_out),
        "changes": None if count.changes is None else dict(count.changes),
    }
