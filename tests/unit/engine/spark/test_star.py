"""Stars of a query written out, as a server names the columns that they stand for."""

import pytest

from runner.engine.spark.star import written_out

COLUMNS = {"lines": ["a", "B", "c d", "_row_id"], "others": ["B", "e"]}


def columns_of(sql: str) -> list[str]:
    """Answer as a server does that knows two tables."""
    assert "exclude" not in sql
    relation = sql.split()[sql.split().index("from") + 1] if "from" in sql.split() else ""
    return COLUMNS["others" if relation == "others" else "lines"]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select * from lines", "select * from lines"),
        (
            "select lines.* exclude (b) from lines where a is distinct from 1",
            'select lines."a" as "a", lines."c d" as "c d" from lines where a is distinct from 1',
        ),
        (
            'select l.* exclude (a) replace (upper(l."c d", 1) as "c d"), 2 from lines as l',
            'select l."B" as "B", upper(l."c d", 1) as "c d", 2 from lines as l',
        ),
        ("select others.* exclude (b, e), 2 from others", "select  2 from others"),
        (
            "with x as (select lines.* exclude (a) from lines), y as (select 1) select * from x",
            'with x as (select lines."B" as "B", lines."c d" as "c d" from lines),'
            " y as (select 1) select * from x",
        ),
        (
            "select max_by(each_column(* exclude (a)), o) from lines group by a",
            'select max_by("B", o) as "B", max_by("c d", o) as "c d" from lines group by a',
        ),
    ],
)
def test_columns_are_written_out_in_their_order(sql: str, expected: str) -> None:
    assert written_out(sql, columns_of) == expected


def test_columns_that_one_of_two_relations_lacks_are_null() -> None:
    sql = "select others.* matched (lines, others) from others"
    expected = 'null as "a", others."B" as "B", null as "c d"'
    found = written_out(sql, columns_of)
    assert found.startswith(f"select {expected}")
    assert 'others."e" as "e"' in found


def test_query_is_asked_with_what_it_reads() -> None:
    asked = []

    def noted(sql: str) -> list[str]:
        asked.append(" ".join(sql.split()))
        return ["a", "b"]

    sql = "with x as (select 1), y as (select x.* exclude (a) from x as x where 1 = 1) select * from y"
    assert written_out(sql, noted).endswith("select * from y")
    assert asked == ["with x as (select 1) select x.* from x as x"]
