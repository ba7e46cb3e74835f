"""The origin of a line of a file source."""

from tests.unit.sql.expression import rows_of


def test_origin_is_the_stated_one_or_the_row_moved_by_the_file() -> None:
    rows_of(
        "create or replace temp table some_lines as select * from"
        " (values (7, 100), (null, 100)) as t(clean_origin, shift)"
    )
    found = rows_of("select {{ line_origin('some_lines') }} from some_lines order by rowid")
    assert found == [(7,), (101,)]
