"""The events of one customer on the terminal."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from runner.errors import counted
from runner.report.cell import cell_text
from runner.report.layout import print_title
from runner.report.printable import printable

if TYPE_CHECKING:
    from runner.inspect.timeline import TimelineEvent

MOST_EVENTS = 20
"""Events that are shown; `--json` shows all."""


def show_timeline(console: Console, events: Sequence["TimelineEvent"]) -> None:
    """Print events, the newest first, with the items of their nested lists."""
    print_title(console, f"Timeline: {counted(len(events), 'event')}, the newest first")
    for event in events[:MOST_EVENTS]:
        head = Text(f"{event.occurred_at:%Y-%m-%d %H:%M:%S}  ", "dim")
        head.append(f"{printable(event.type)} {printable(event.event_id)}", "bold")
        console.print(head.append(_pairs(event.properties, "  "), "none"), soft_wrap=True)
        for name, items in event.nested.items():
            for item in items:
                line = Text(f"    {printable(name)}", "dim").append(_pairs(item, "  "), "none")
                console.print(line, soft_wrap=True)
    if len(events) > MOST_EVENTS:
        more = counted(len(events) - MOST_EVENTS, "older event")
        console.print(Text(f"{more}; --json shows all", "dim"))


def event_value(event: "TimelineEvent") -> dict[str, Any]:
    """Return an event as JSON holds it."""
    nested = {name: [dict(item) for item in items] for name, items in event.nested.items()}
    return {
        "type": event.type,
        "event_id": event.event_id,
        "occurred_at": event.occurred_at,
        **event.properties,
        **nested,
    }


def _pairs(values: Mapping[str, Any], start: str) -> str:
    parts = ", ".join(f"{name}={printable(cell_text(value))}" for name, value in values.items())
    return start + parts if parts else ""
