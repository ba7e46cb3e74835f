"""What equal lines of a file are known by (R10)."""

from tests.unit.sql.expression import rows_of


def test_first_of_equal_lines_is_known_by_its_content_alone() -> None:
    rows = "values (7::uhugeint, 1), (7, 2), (7, 3), (8, 2), (null, null)"
    found = rows_of(
        "select {{ occurring_line('lines', 'number') }} from ("
        + rows
        + ") as lines(line_hash, number)"
    )
    first, *others, missing = [value for (value,) in found]
    assert (first, missing) == (7, None)
    assert len({first, *others}) == 4
