"""What an import must do, in plain Python, one row after the other (P1, P3, P4, R3, R5, R6)."""

import hashlib
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")

Profile = dict[str, Any]
Value = tuple[str, str]
"""An identifier and one of its values."""


def trimmed(text: str) -> str | None:
    """R1: a value without blanks around it; none where nothing is left."""
    return text.strip(" \t") or None


def number(text: str | None) -> Decimal | None:
    """R6: a decimal, or none where the text is none."""
    return Decimal(text) if text and NUMBER.fullmatch(text) else None


def items(text: str | None) -> list[str]:
    """The values that a text holds, separated by `|`."""
    return [part for part in (item.strip(" ") for item in (text or "").split("|")) if part]


def stable_id(identifier: Value) -> UUID:
    """P3: a UUID made from the first identifier's name and value."""
    digits = hashlib.md5(":".join(identifier).encode()).hexdigest()
    return UUID(digits[:12] + "8" + digits[13:16] + "8" + digits[17:])


@dataclass(frozen=True)
class PlainRow:
    """One joined row."""

    # In the order of `by`.
    identifiers: tuple[Value, ...]
    # Property -> text, or constant.
    texts: Mapping[str, str | None]
    # What the goal uses of it (R5).
    content: Hashable
    # Property that is summed -> the line its value stands on, by its content (R3).
    lines: Mapping[str, Hashable] = field(default_factory=dict)


@dataclass
class PlainWarehouse:
    """Profiles, and what was imported before."""

    strategies: Mapping[str, str]
    profiles: dict[UUID, Profile] = field(default_factory=dict)
    owners: dict[Value, UUID] = field(default_factory=dict)
    known: dict[Hashable, UUID] = field(default_factory=dict)
    summed: set[Hashable] = field(default_factory=set)

    def apply(self, rows: Iterable[PlainRow]) -> Counter[str]:
        """Apply a batch of rows; returns their outcomes.

        Each row is applied whenever it is sent, also one that was imported before.
        """
        rows = list(rows)
        new = [row for row in rows if row.content not in self.known and row.identifiers]
        people = self._people(new)
        outcomes: Counter[str] = Counter()
        created: set[UUID] = set()
        seen: dict[Hashable, UUID] = {}
        for row in rows:
            if row.content in self.known:
                outcomes["unchanged"] += 1
                self._fold(self.known[row.content], row)
                continue
            if not row.identifiers:
                outcomes["unmatched"] += 1
                continue
            person = people[row.identifiers]
            if row.content in seen:
                outcomes["duplicate"] += 1
            elif person not in self.profiles and person not in created:
                outcomes["created"] += 1
            else:
                outcomes["updated"] += 1
            created.add(person)
            seen[row.content] = person
            self._fold(person, row)
        self.known |= seen
        for row in new:
            for value in row.identifiers:
                self.owners.setdefault(value, people[row.identifiers])
        return outcomes

    def _people(self, rows: list[PlainRow]) -> dict[tuple[Value, ...], UUID]:
        """P1: find the customer of each set of identifiers; P2 `first` where there are several."""
        parent: dict[Hashable, Hashable] = {}

        def root(node: Hashable) -> Hashable:
            while parent.setdefault(node, node) != node:
                node = parent[node]
            return node

        for row in rows:
            nodes: list[Hashable] = [*row.identifiers]
            nodes += [self.owners[value] for value in row.identifiers if value in self.owners]
            for node in nodes[1:]:
                parent[root(node)] = root(nodes[0])
        first: dict[Hashable, UUID] = {}
        for row in rows:
            first.setdefault(root(row.identifiers[0]), stable_id(row.identifiers[0]))
        there: dict[Hashable, set[UUID]] = {}
        for row in rows:
            owned = {self.owners[value] for value in row.identifiers if value in self.owners}
            there.setdefault(root(row.identifiers[0]), set()).update(owned)
        people = {}
        for row in rows:
            component = root(row.identifiers[0])
            owned = [self.owners[value] for value in row.identifiers if value in self.owners]
            if not there[component]:
                people[row.identifiers] = first[component]
            else:
                oldest = min(there[component])
                people[row.identifiers] = owned[0] if owned else oldest
        return people

    def _fold(self, person: UUID, row: PlainRow) -> None:
        profile = self.profiles.setdefault(person, {})
        for name, text in row.texts.items():
            strategy, now = self.strategies[name], profile.get(name)
            if (
                (strategy == "set" and text is not None)
                or (strategy == "set_if_empty" and now is None)
                or strategy == "set_or_clear"
            ):
                profile[name] = text
            elif strategy == "add":
                held = list(now or [])
                profile[name] = [*held, *(i for i in dict.fromkeys(items(text)) if i not in held)]
            elif strategy == "remove":
                profile[name] = [item for item in now or [] if item not in items(text)]
            elif strategy == "sum":
                self._sum(profile, name, row)

    def _sum(self, profile: Profile, name: str, row: PlainRow) -> None:
        amount = number(row.texts[name])
        line = (name, row.lines[name])
        if amount is not None and line not in self.summed:
            self.summed.add(line)
            profile[name] = (profile.get(name) or Decimal(0)) + amount

    def table(self, *names: str) -> list[tuple[Any, ...]]:
        """Return the profiles: id and properties, empty lists as none, ordered by id."""
        return [
            (
                person,
                *(
                    None if (value := self.profiles[person].get(name)) == [] else value
                    for name in names
                ),
            )
            for person in sorted(self.profiles, key=str)
        ]
