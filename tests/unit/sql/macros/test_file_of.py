"""The file that an origin names."""

import pytest

from runner.compile.input_file import LINES_PER_FILE
from tests.unit.sql.expression import value_of


@pytest.mark.parametrize("line", [0, 1, LINES_PER_FILE - 1])
def test_file_is_the_same_for_every_line_of_it(line: int) -> None:
    origin = 3 * LINES_PER_FILE + line
    assert value_of("{{ file_of('cast(value as bigint)') }}", str(origin)) == 3
