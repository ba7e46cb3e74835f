"""Text as a property's type."""

from datetime import date

import pytest

from runner.definitions.format import Format
from tests.unit.sql.expression import value_of


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("YES", "boolean", True),
        ("no", "boolean", False),
        ("maybe", "boolean", None),
        ("anonymous", "permission_level", "anonymous"),
        ("2024-12-31", "date", date(2024, 12, 31)),
        ("12", "integer", 12),
    ],
)
def test_text_is_read_by_its_type(text: str, kind: str, expected: object) -> None:
    stated = Format(true_values=("yes",), false_values=("no",), date_format=("%Y-%m-%d",))
    template = "{{ parse_text('value', type, format) }}"
    assert value_of(template, text, type=kind, format=stated) == expected
