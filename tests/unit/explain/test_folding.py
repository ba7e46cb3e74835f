"""Strategies of properties, row by row: the effect of each row, and the value in the end (P4)."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from runner.explain.folding import Step, fold, is_same
from runner.explain.joined_row import ReadValue

ORDER = SimpleNamespace(name="p latest_by")


def steps(strategy, *values, rejected=(), retracted=(), orders=()):
    plan = SimpleNamespace(order_of=lambda _: ORDER if orders else None)
    declared = SimpleNamespace(type="integer")
    item = SimpleNamespace(name="p", strategy=strategy, declared=declared)
    return [
        Step(
            SimpleNamespace(
                plan=plan,
                is_retracted=number in retracted,
                values={ORDER.name: ReadValue(None, orders[number] if orders else None, None)},
            ),
            item,
            ReadValue(None, value, "x" if number in rejected else None),
        )
        for number, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("strategy", "values", "expected", "effects"),
    [
        ("set", ["a", None, "b"], "b", ["replaced", None, "sets"]),
        ("set", ["a", "a"], "a", ["repeated", "sets"]),
        ("set", ["a", "b", "a"], "a", ["replaced", "replaced", "sets"]),
        ("set_if_empty", [None, "a", "b"], "a", [None, "sets", "not used"]),
        ("set_or_clear", ["a", None], None, ["replaced", "clears"]),
        ("set_or_clear", [None, "a"], "a", [None, "sets"]),
        ("max", [2, 3, 1], 3, ["replaced", "sets", "not used"]),
        ("min", [2, 3, 1], 1, ["replaced", "not used", "sets"]),
        ("add", [["a", "b"], ["b"], ["c"]], ["a", "b", "c"], ["adds", "not used", "adds"]),
    ],
)
def test_strategy(strategy, values, expected, effects):
    given = steps(strategy, *values)
    assert fold(given) == expected
    assert [step.effect for step in given] == effects


def test_text_that_is_no_value_clears_nothing():
    given = steps("set_or_clear", 1, None, rejected=[1])
    assert fold(given) == 1
    assert [step.effect for step in given] == ["sets", "rejected"]
    assert given[1].reason == "is no integer"


def test_value_that_is_replaced_names_what_replaced_it():
    first, second = given = steps("set", "a", "b")
    fold(given)
    assert first.replaced_by is second


def test_row_that_is_later_by_latest_by_wins():
    days = [Decimal(day) if day else None for day in (2, None, 3, 1)]
    given = steps("set", "a", "b", "c", "d", orders=days)
    assert fold(given) == "c"
    assert [step.effect for step in given] == ["replaced", "not used", "sets", "not used"]


def test_item_that_is_removed_was_added_until_then():
    added = steps("add", ["a"], ["b"])
    removed = steps("remove", ["a"])
    assert fold([*added, *removed]) == ["b"]
    assert [step.effect for step in (*added, *removed)] == ["replaced", "adds", "removes"]


def test_row_that_is_retracted_adds_nothing():
    given = steps("add", ["a"], ["b"], retracted=[0])
    assert fold(given) == ["b"]
    assert [step.effect for step in given] == ["retracted", "adds"]


def test_lists_are_the_same_in_any_order():
    assert is_same(["a", "b"], ["b", "a"])
    assert not is_same(["a"], ["a", "a"])
    assert is_same(Decimal("1.0"), 1)
