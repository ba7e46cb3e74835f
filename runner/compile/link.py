"""The keys by which a chained file is joined to the files above it (R3)."""

from collections.abc import Callable
from dataclasses import dataclass

from runner.compile.expression import OPERATORS, Expression, Scope, joined_name
from runner.definitions.file_source import reference
from runner.definitions.import_goal import ImportGoal
from runner.errors import Fault, Location, choices

Render = Callable[[str, Location], str]
"""Renders the Jinja of a text."""


@dataclass(frozen=True)
class LinkKey:
    """A value of a chained file, and the value above that it must equal."""

    own: Expression
    other: Expression


class LinkResolver:
    """Finds the columns of the keys of links, and collects faults in those of `scope`."""

    def __init__(self, goal: ImportGoal, scope: Scope, render: Render) -> None:
        self.goal = goal
        self.scope = scope
        self.render = render

    def keys(self, name: str) -> tuple[LinkKey, ...]:
        """Return the keys of a source that can be resolved; none of the main file."""
        source, keys = self.goal.files[name], []
        names = list(self.goal.files)
        above = names[: names.index(name)]
        for own, other in source.join.items():
            mine = self._key(own, (name,), source.location("join", own, of_key=True))
            theirs = self._key(other, above, source.location("join", own))
            if mine and theirs:
                keys.append(LinkKey(mine, theirs))
        return tuple(keys)

    def _key(
        self, text: str, sources: list[str] | tuple[str, ...], at: Location
    ) -> Expression | None:
        """Return a column, or an expression over the columns, of some sources."""
        split = reference(text)
        if split is None or split[0] not in self.goal.files:
            split = (sources[0], text) if len(sources) == 1 else None
        if split and split[0] in sources and not OPERATORS.search(split[1]):
            column = self.scope.column(*split, at)
            return column and Expression(joined_name(column), at, frozenset([column]), True)
        known = len(self.scope.faults)
        value = self.scope.only(sources).value(self.render(text, at), at)
        if len(self.scope.faults) > known:
            return None
        if not value.columns:
            expected = choices(sources) or "none"
            message = f"found '{text}'; expected a column, or an expression, of: {expected}"
            self.scope.faults.append(Fault(at, message))
            return None
        return value
