"""Which of the equal lines of its file a line is (R10)."""

from tests.unit.sql.expression import query_rows, rendered

FIRST, SECOND = 1 << 32, 2 << 32


def test_equal_lines_are_numbered_in_each_file() -> None:
    query_rows(
        "create or replace temp table lines as select * from (values"
        f" ({FIRST + 2}, 7), ({FIRST + 3}, 8), ({FIRST + 4}, 7), ({SECOND + 2}, 7))"
        " as t(clean_origin, line_hash), (select 0 as shift)"
    )
    numbers = rendered("{{ line_occurrence('lines') }}")
    assert query_rows(f"select clean_origin % 4294967296, {numbers} from lines order by rowid") == [
        (2, 1), (3, 1), (4, 2), (2, 1),
    ]  # fmt: skip
