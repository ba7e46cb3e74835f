"""Which lines gave a profile its identifiers, and which made them one profile."""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from runner.definitions.decisions import Decision
from runner.explain.explanation import ExplainedIdentifier, IdentifierLink, LineOrigin
from runner.explain.joined_row import JoinedRow

Value = tuple[str, str]
"""An identifier and its value."""


def explain_identifiers(
    values: Iterable[Value], rows: Sequence[JoinedRow], line: Callable[[int], LineOrigin]
) -> tuple[ExplainedIdentifier, ...]:
    """Return the lines that gave each identifier value of a profile."""
    holders: dict[Value, list[int]] = {}
    for row in rows:
        for value in row.keys.items():
            holders.setdefault(value, []).append(row.ledger.origin)
    return tuple(
        ExplainedIdentifier(
            *value,
            line(holders[value][0]) if value in holders else None,
            len(holders.get(value, ())),
        )
        for value in values
    )


def explain_links(
    values: Iterable[Value],
    rows: Sequence[JoinedRow],
    decisions: Iterable[Decision],
    line: Callable[[int], LineOrigin],
) -> tuple[IdentifierLink, ...]:
    """Return the pairs of identifier values that a row, or a decision, has together."""
    own = set(values)
    found: dict[tuple[Value, Value], list[LineOrigin]] = {}
    for row in rows:
        held = sorted(own.intersection(row.keys.items()))
        for one, other in combinations(held, 2):
            found.setdefault((one, other), []).append(line(row.ledger.origin))
    for decision in decisions:
        if decision.decision == "merge" and own.issuperset(decision.values):
            one, other = sorted(decision.values)
            origin = LineOrigin("", decision.location.file, decision.location.line, "")
            found.setdefault((one, other), []).append(origin)
    return tuple(
        IdentifierLink(one, other, origins[0], len(origins))
        for (one, other), origins in found.items()
    )
