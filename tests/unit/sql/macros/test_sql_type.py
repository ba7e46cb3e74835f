"""The SQL type of a property's type."""

import pytest

from tests.unit.sql.expression import rendered


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("text", "varchar"),
        ("permission_level", "varchar"),
        ("integer", "bigint"),
        ("decimal", "decimal(38, 10)"),
        ("decimal(18,2)", "decimal(18,2)"),
        ("datetime", "timestamp"),
        ("date", "date"),
    ],
)
def test_type_is_one_of_the_engine(kind: str, expected: str) -> None:
    assert rendered("{{ sql_type(type) }}", type=kind) == expected
