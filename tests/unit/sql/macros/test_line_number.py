"""The column with the number of a line, unlike those of the file."""

import pytest

from tests.unit.sql.expression import rendered


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (("email",), '"line_number"'),
        (("Line_Number",), '"line_number_"'),
        (("line_number_", "line_number"), '"line_number__"'),
    ],
)
def test_no_column_of_the_file_has_its_name(header: tuple[str, ...], expected: str) -> None:
    assert rendered("{{ line_number(file) }}", file={"header": header}) == expected
