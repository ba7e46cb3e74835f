"""Whether an expression gives text."""

import pytest

from tests.unit.sql.expression import value_of


@pytest.mark.parametrize(
    ("expression", "expected"),
    [("value", True), ("'a'", True), ("1", False), ("cast(value as date)", False)],
)
def test_type_tells(expression: str, expected: bool) -> None:
    assert value_of("{{ gives_text(expression) }}", "2024-01-01", expression=expression) is expected
