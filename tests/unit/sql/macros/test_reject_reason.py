"""Why a value is rejected (R6)."""

import pytest

from tests.unit.sql.expression import value_of


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("date", "not a date"),
        ("integer", "not an integer"),
        ("permission_level", "not a permission level"),
    ],
)
def test_reason_names_the_type_with_its_article(kind: str, expected: str) -> None:
    assert value_of("{{ reject_reason(type) }}", None, type=kind) == expected
