"""How the value that a row gives changes a property (P4)."""

from typing import Literal, NamedTuple, get_args

from runner.definitions.profile_property import Property

StrategyName = Literal["set", "set_if_empty", "set_or_clear", "add", "sum", "max", "min", "remove"]
STRATEGIES: tuple[StrategyName, ...] = get_args(StrategyName)
LATEST = "latest"
"""The file of `runner/sql/strategies` for `set` with `latest_by`; the others have their names."""


class Need(NamedTuple):
    """What a strategy needs of a property: an attribute of it, and how a message says so."""

    attribute: str
    described: str
    way_out: str = ""


ORDERED = Need("is_ordered", "a number, a date or a time")
NEEDS: dict[StrategyName, Need] = {
    "sum": Need("is_summable", "a number"),
    "max": ORDERED,
    "min": ORDERED,
    "add": Need(
        "multi",
        "a property of several values",
        ". Write `multi: true` at the property, or use set or set_if_empty",
    ),
}
"""The strategies that some properties cannot have."""


def misfit(strategy: StrategyName, name: str, declared: Property) -> str:
    """Return why a property cannot have a strategy; empty where it can."""
    need = NEEDS.get(strategy)
    if need is None or getattr(declared, need.attribute):
        return ""
    kind = "a list" if declared.multi else declared.type
    return f"`{strategy}` needs {need.described}: `{name}` is {kind}{need.way_out}"
