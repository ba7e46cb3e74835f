"""Manual decisions on identities: `models/identity/decisions.csv` (P2)."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from runner.definitions.identifier_text import identifier_text
from runner.errors import Fault, Location, choices, nearest

PATH = "models/identity/decisions.csv"
COLUMNS = ("identifier", "value", "decision", "with_identifier", "with_value")
OPTIONAL = ("note",)
DECISIONS = ("merge", "separate")

WORD = re.compile(r"[A-Za-z_][A-Za-z_+:]{0,63}")
"""A name of the project, as opposed to a value of a customer."""

Value = tuple[str, str]
"""An identifier, named as `runner conflicts` names it, and a value of it."""


@dataclass(frozen=True)
class Decision:
    """Two identifier values that belong to one customer, or never do."""

    location: Location
    # `merge` or `separate`.
    decision: str
    one: Value
    other: Value

    @property
    def values(self) -> frozenset[Value]:
        """Return both values, unordered."""
        return frozenset((self.one, self.other))


def read_decisions(root: Path, faults: list[Fault]) -> tuple[Decision, ...]:
    """Read the decisions of a project; none where it has no such file."""
    path = root / PATH
    if not path.exists():
        return ()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        faults.append(Fault(Location(PATH), f"the file is not UTF-8 (byte {error.start})"))
        return ()
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = [(reader.line_num, [identifier_text(field) for field in row]) for row in reader]
    except csv.Error as error:
        faults.append(Fault(Location(PATH, reader.line_num), f"the line is no CSV: {error}"))
        return ()
    rows = [(line, row) for line, row in rows if any(row)]
    if not rows or not _is_header(rows[0][1], rows[0][0], faults):
        return ()
    header = rows[0][1]
    found = [_decision(line, header, row, faults) for line, row in rows[1:]]
    return tuple(decision for decision in found if decision is not None)


def _is_header(header: Sequence[str], line: int, faults: list[Fault]) -> bool:
    location, known = Location(PATH, line), len(faults)
    for name in header:
        if name not in (*COLUMNS, *OPTIONAL):
            guess = nearest(name, COLUMNS)
            allowed = ", ".join((*COLUMNS, *OPTIONAL))
            message = f"unknown column{shown_word(name)}.{guess} Allowed here: {allowed}"
            faults.append(Fault(location, message))
    for name in COLUMNS:
        if header.count(name) != 1:
            what = "is there twice" if name in header else "is missing"
            message = f"the column `{name}` {what}; the first line names {', '.join(COLUMNS)}"
            faults.append(Fault(location, message))
    return len(faults) == known


def shown_word(text: str) -> str:
    """Return a word for a message, quoted; empty where it may be personal data."""
    return f" '{text}'" if WORD.fullmatch(text) else ""


def _decision(
    line: int, header: Sequence[str], row: Sequence[str], faults: list[Fault]
) -> Decision | None:
    location, known = Location(PATH, line), len(faults)
    if len(row) != len(header):
        message = f"found {len(row)} fields; the first line names {len(header)}"
        faults.append(Fault(location, message))
        return None
    cells = dict(zip(header, row, strict=True))
    decision = cells["decision"].lower()
    if decision not in DECISIONS:
        guess = nearest(decision, DECISIONS)
        message = f"unknown decision{shown_word(cells['decision'])}.{guess}"
        faults.append(Fault(location, f"{message} Allowed here: {choices(DECISIONS)}"))
    for name in ("identifier", "value", "with_value"):
        if not cells[name]:
            faults.append(Fault(location, f"`{name}` is empty"))
    one = (cells["identifier"], cells["value"])
    other = (cells["with_identifier"] or cells["identifier"], cells["with_value"])
    if one == other and all(one):
        faults.append(Fault(location, "both sides are the same value"))
    return Decision(location, decision, one, other) if len(faults) == known else None


def merged_values(decisions: Sequence[Decision]) -> tuple[tuple[Value, ...], ...]:
    """Return the values that belong to one customer by decision, in order, for each customer."""
    groups: list[set[Value]] = []
    for decision in decisions:
        if decision.decision != "merge":
            continue
        joined = set(decision.values)
        for group in [group for group in groups if group & joined]:
            joined |= group
            groups.remove(group)
        groups.append(joined)
    return tuple(sorted(tuple(sorted(group)) for group in groups))


def contradictions(decisions: Sequence[Decision]) -> Iterator[Fault]:
    """Return decisions that say what an earlier one says, or the opposite."""
    first: dict[frozenset[Value], Decision] = {}
    groups = [set(group) for group in merged_values(decisions)]
    for decision in decisions:
        earlier = first.setdefault(decision.values, decision)
        if earlier is not decision and earlier.decision == decision.decision:
            message = f"these two are decided already at {earlier.location}"
            yield Fault(decision.location, message)
        if decision.decision == "separate" and any(decision.values <= group for group in groups):
            yield Fault(
                decision.location,
                "these two are one customer by the lines that say `merge`: they cannot be separate",
            )
