"""A property after its sums changed (R9, R11)."""

import pytest

from tests.unit.sql.expression import rows_of


@pytest.mark.parametrize(
    ("current", "earlier", "later", "expected"),
    [
        ("null", "null", "0.004", "0.00"),
        ("0.00", "0.004", "0.008", "0.01"),
        ("5.00", "null", "1", "6.00"),
        ("5.00", "2", "3.5", "6.50"),
        ("null", "2", "3.5", "3.50"),
        ("null", "2", "2", "None"),
        ("2.00", "2", "null", "None"),
        ("5.00", "2", "null", "3.00"),
        ("null", "2", "null", "None"),
        ("null", "null", "0", "0.00"),
    ],
)
def test_value_moves_by_the_difference_of_the_rounded_sums(
    current: str, earlier: str, later: str, expected: str
) -> None:
    values = f"""
    select cast({current} as decimal(18, 2)) as current,
        cast({earlier} as decimal(38, 10)) as earlier,
        cast({later} as decimal(38, 10)) as later
    """
    found = rows_of(
        "select {{ changed_sum('current', 'earlier', 'later', 'decimal(18,2)') }}"
        f" from ({values})"
    )
    assert str(found[0][0]) == expected
