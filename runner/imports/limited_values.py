"""Identifiers of which a profile holds so many values at most (P9)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from runner.compile.import_plan import ImportPlan
from runner.pipeline.pipeline import Pipeline

Node = tuple[int | str, str]
"""A value of a key, by the number of the key, or a profile."""


class Key(NamedTuple):
    """A value of an identity, and the profile that has it; both may be absent."""

    number: int
    value: str | None
    profile: str | None

    @property
    def nodes(self) -> list[Node]:
        """Return what is linked by it."""
        nodes: list[Node] = [] if self.value is None else [(self.number, self.value)]
        return nodes if self.profile is None else [*nodes, ("profile", self.profile)]


class Linker:
    """Links values and profiles one identity after the other, within the limits of identifiers."""

    def __init__(self, limits: Mapping[int, int]) -> None:
        self.limits = limits
        self._parents: dict[Node, Node] = {}
        # Root -> the limited values of all that is linked to it.
        self._held: dict[Node, set[Node]] = {}
        self._claimed: set[Node] = set()

    def is_linked(self, nodes: Sequence[Node], held: Mapping[Node, set[Node]]) -> bool:
        """Link nodes; false, and nothing is linked, where that would be over a limit.

        `held` are the limited values that profiles among them hold already.
        """
        roots = {self._root(node, held) for node in nodes}
        values = set().union(*(self._held[root] for root in roots))
        if any(
            sum(number == one for one, _ in values) > most for number, most in self.limits.items()
        ):
            return False
        first, *others = sorted(roots, key=str)
        for root in others:
            self._parents[root] = first
        self._held[first] = values
        self._claimed.update(nodes)
        return True

    def keep_unclaimed(self, keys: Sequence[Key], held: Mapping[Node, set[Node]]) -> list[int]:
        """Link the first of some keys with those of them that nobody has; return their numbers."""
        first, *others = [key for key in keys if key.value is not None]
        self.is_linked(first.nodes, held)
        kept = [first.number]
        for key in others:
            is_claimed = key.profile is not None or (key.number, key.value) in self._claimed
            if not is_claimed and self.is_linked([*first.nodes, *key.nodes], held):
                kept.append(key.number)
        return kept

    def _root(self, node: Node, held: Mapping[Node, set[Node]]) -> Node:
        if node not in self._parents:
            self._parents[node] = node
            self._held[node] = set(held.get(node, ())) | (
                {node} if node[0] in self.limits else set()
            )
        while self._parents[node] != node:
            node = self._parents[node]
        return node


def find_over_limit(plan: ImportPlan, steps: Pipeline) -> bool:
    """Find the identities that would link more values than a limit allows; whether there are any.

    They are linked in the order of their rows, as if each row came in a build of its own. Those
    over a limit are stored, with the keys that they link all the same: under `first` the first
    one, with values that nobody has.
    """
    warehouse = steps.warehouse
    steps.run_now("contested")
    contested = steps.read("contested")
    limits = {key.number: key.limit for key in plan.limited_keys}
    found = over_limit(contested, limits, plan.goal.identify.on_conflict == "first")
    relation = steps.relation("contested")
    for identity_id, kept in found.items():
        warehouse.perform(
            "identifiers.add_over_limit", relation=relation, identity_id=identity_id, kept=kept
        )
    return bool(found)


def over_limit(
    contested: Iterable[Sequence[Any]], limits: Mapping[int, int], keeps_first: bool
) -> dict[int, list[int]]:
    """Return the identities of `contested` that are over a limit, each with the keys it links."""
    linker, found = Linker(limits), {}
    for identity_id, key_values, profiles, held in contested:
        numbers = range(1, len(key_values) + 1)
        keys = [Key(*key) for key in zip(numbers, key_values, profiles, strict=True)]
        already: dict[Node, set[Node]] = {
            ("profile", key.profile): {(item["number"], item["value"]) for item in values or ()}
            for key, values in zip(keys, held, strict=True)
            if key.profile is not None
        }
        if not linker.is_linked([node for key in keys for node in key.nodes], already):
            kept = linker.keep_unclaimed(keys, already) if keeps_first else []
            found[int(identity_id)] = kept
    return found
