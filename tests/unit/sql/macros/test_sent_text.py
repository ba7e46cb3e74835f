"""The text of a column in a line that was sent."""

import pytest

from tests.unit.sql.expression import rows_of


@pytest.mark.parametrize(
    ("column", "text"), [("A", "1"), ("B'C", None), ("D", "3"), ("lacking", None)]
)
def test_text_is_found_by_the_name_of_its_column(column, text) -> None:
    sent = "(select ['A', 'B''C', 'D'] as names, ['1', null, '3'] as texts) as sent"
    assert rows_of(f"select {{{{ sent_text(column) }}}} from {sent}", column=column) == [(text,)]
