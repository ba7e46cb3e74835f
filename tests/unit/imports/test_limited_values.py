"""Identities that would link more values than a limit allows (P9)."""

from runner.imports.limited_values import over_limit

LIMITS = {1: 1}
NOBODY = (None, None, None)


def rows(*values: tuple[str | None, str | None, str | None]) -> list[tuple[object, ...]]:
    return [(number, list(row), list(NOBODY), list(NOBODY)) for number, row in enumerate(values)]


def test_row_that_joins_two_limited_values_links_nothing() -> None:
    contested = rows(("1", "a", None), ("2", "b", None), ("1", "b", None), ("2", None, "7"))
    assert over_limit(contested, LIMITS, keeps_first=False) == {2: []}


def test_first_value_of_such_a_row_gets_the_values_that_nobody_has() -> None:
    contested = rows(("1", "a", None), ("2", "b", "8"), ("1", "b", "7"), ("2", None, "7"))
    assert over_limit(contested, LIMITS, keeps_first=True) == {2: [1, 3], 3: [1]}


def test_values_that_a_profile_holds_already_count() -> None:
    held = [{"number": 1, "value": "1"}]
    contested = [(0, ["2", "a", None], [None, "p1", None], [None, held, None])]
    assert over_limit(contested, LIMITS, keeps_first=False) == {0: []}
    assert over_limit(contested, {1: 2}, keeps_first=False) == {}
