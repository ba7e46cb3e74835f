"""What happens while runner works, as values that a listener gets.

The layers below the terminal never print: they call a `Listener`. `report` shows the
events as bars, lines or JSON; a test collects them in a list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["phase", "started", "progress", "finished", "warning", "note"]

WAITING = "waiting"
"""Status of the note of a build that waits for a lock."""


@dataclass(frozen=True)
class Event:
    """One thing that happened."""

    kind: Kind
    # What it happened to: a phase, or a node such as `webshop.orders`.
    name: str
    message: str = ""
    # For `progress`: how much is done, of how much, in `unit`; 0 when unknown.
    done: int = 0
    total: int = 0
    unit: Literal["bytes", "rows", "steps"] = "bytes"
    # For `finished`: success, skipped, error, pass, fail or warn. For `note`: WAITING, or none.
    status: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)


Listener = Callable[[Event], None]


def goal_field(name: str, kind: str) -> dict[str, str]:
    """Return the field of an event that names the goal it is about; none for models and tests."""
    return {"goal": name} if kind.startswith(("import_", "export_")) else {}


def ignore(event: Event) -> None:
    """Listen to nothing."""
