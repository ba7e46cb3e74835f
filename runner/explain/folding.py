"""The strategies of properties, applied line by line: which line gives the value, which gave it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from runner.compile.mapped_value import MappedValue
from runner.explain.explanation import Effect
from runner.explain.joined_row import JoinedRow, ReadValue

LEAST = Decimal("-1e27")
"""What a row is ordered by that has no value for it: see the macro `held_order`."""


@dataclass
class Step:
    """What one row gives to a property, and what becomes of it."""

    row: JoinedRow
    item: MappedValue
    read: ReadValue
    effect: Effect | None = None
    reason: str = ""
    # The step that replaced its value, or removed it.
    replaced_by: "Step | None" = None
    # What it added to a list.
    added: list[Any] = field(default_factory=list)


def fold(steps: Sequence[Step]) -> Any:
    """Apply the values of rows to a property in their order (P4); returns the value in the end.

    Sums are folded by `summing`. Steps without an effect have no value.
    """
    property_fold = _Fold()
    for step in steps:
        property_fold.apply(step)
    return property_fold.value


def steps_of(rows: Iterable[JoinedRow], name: str) -> list[Step]:
    """Return what rows give to a property."""
    return [
        Step(row, item, row.values[item.name])
        for row in rows
        for item in row.plan.assignments
        if item.name == name
    ]


@dataclass
class _Fold:
    """A property while rows are applied to it."""

    value: Any = None
    setter: Step | None = None
    # Of a list: item -> the step that added it.
    adders: dict[Any, Step] = field(default_factory=dict)
    order: Any = None

    def apply(self, step: Step) -> None:
        strategy = step.item.strategy
        if step.read.rejected is not None and not step.read.value:
            step.effect, step.reason = "rejected", f"is no {step.item.declared.type}"
        elif strategy == "set_or_clear" and step.read.value is None:
            self._clear(step)
        elif step.read.value is None:
            return
        elif strategy == "add":
            self._add(step)
        elif strategy == "remove":
            self._remove(step)
        elif reason := self._kept(step):
            step.effect, step.reason = "not used", reason
        else:
            self._set(step)

    def _kept(self, step: Step) -> str:
        """Return why a strategy keeps the value before; empty where it does not."""
        strategy, value = step.item.strategy, step.read.value
        if strategy == "set_if_empty" and self.value is not None:
            return "it had a value already"
        if strategy in ("min", "max") and self.value is not None:
            is_kept = value >= self.value if strategy == "min" else value <= self.value
            return f"no new {'least' if strategy == 'min' else 'greatest'} value" if is_kept else ""
        order = step.row.plan.order_of(step.item)
        if order is None:
            return ""
        held = _order(step, order)
        if self.order is not None and held < self.order:
            return "another row is later by `latest_by`"
        self.order = held
        return ""

    def _set(self, step: Step) -> None:
        if self.setter is not None and is_same(self.value, step.read.value):
            self.setter.effect = "repeated"
        else:
            self._replace(step)
        self.value, self.setter = step.read.value, step
        step.effect = "sets"
        if isinstance(self.value, list):
            self.adders = dict.fromkeys(map(_key, self.value), step)

    def _clear(self, step: Step) -> None:
        if self.value is not None:
            step.effect = "clears"
        self._replace(step)
        self.value, self.setter, self.adders = None, None, {}

    def _replace(self, step: Step) -> None:
        for before in {
            id(one): one for one in (self.setter, *self.adders.values()) if one
        }.values():
            before.effect, before.replaced_by = "replaced", step
        self.adders = {}

    def _add(self, step: Step) -> None:
        if step.row.is_retracted:
            step.effect = "retracted"
            return
        step.added = [item for item in step.read.value if _key(item) not in self.adders]
        self.value = [*(self.value or []), *step.added]
        self.adders |= dict.fromkeys(map(_key, step.added), step)
        step.effect = "adds" if step.added else "not used"
        step.reason = "" if step.added else "the list has it already"

    def _remove(self, step: Step) -> None:
        removed = step.read.value if isinstance(step.read.value, list) else [step.read.value]
        kept = self.value
        if isinstance(kept, list):
            kept = [item for item in kept if item not in removed] or None
        elif kept in removed:
            kept = None
        step.effect = "removes" if kept != self.value else "not used"
        step.reason = "" if kept != self.value else "the profile does not have it"
        if kept is None:
            self._replace(step)
            self.setter = None
        for item in removed:
            adder = self.adders.pop(_key(item), None)
            if adder is not None and adder not in self.adders.values():
                adder.effect, adder.replaced_by = "replaced", step
        self.value = kept


def _order(step: Step, order: MappedValue) -> Any:
    """Return what a row is ordered by, comparable with that of other rows."""
    value = step.row.values[order.name].value
    return LEAST if value is None else value


def _key(item: Any) -> str:
    return f"{type(item).__name__} {item}"


def is_same(value: Any, other: Any) -> bool:
    """Tell whether two values of a property are the same; a list may have another order."""
    if isinstance(value, list) and isinstance(other, list):
        return sorted(map(_key, value)) == sorted(map(_key, other))
    return bool(value == other)
