"""What a sum must stay below (R11)."""

import pytest

from tests.unit.sql.expression import rendered


@pytest.mark.parametrize(
    ("declared", "limit"),
    [
        ("integer", 9223372036854774784.0),
        ("decimal", 1e28),
        ("decimal(5,2)", 1e3),
        ("decimal(38,0)", 1e28),
    ],
)
def test_limit_is_that_of_the_declared_digits(declared: str, limit: float) -> None:
    assert float(rendered("{{ sum_limit(type) }}", type=declared)) == limit
