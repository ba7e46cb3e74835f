"""The line, in its file, that an origin names."""

import pytest

from runner.compile.input_file import LINES_PER_FILE
from tests.unit.sql.expression import value_of


@pytest.mark.parametrize("line", [0, 1, LINES_PER_FILE - 1])
def test_line_is_counted_within_its_file(line: int) -> None:
    origin = 3 * LINES_PER_FILE + line
    assert value_of("{{ line_in('cast(value as bigint)') }}", str(origin)) == line
