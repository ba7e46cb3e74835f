"""Where a joined row stands among the others."""

import pytest

from tests.unit.sql.expression import rows_of


@pytest.mark.parametrize("chained", [0, 1, 2, 3, 4])
def test_main_line_counts_first_then_the_lines_joined_to_it(chained: int) -> None:
    names = ["main", *(f"c{number}" for number in range(chained))]
    lines = [[0], [1, None], [1, 0], [1, 2], [1, 2, None], [1, 2, 1], [3_000_000]]
    rows = sorted({tuple((line + [None] * chained)[: len(names)]) for line in lines}, key=key)
    given = ", ".join(
        "(" + ", ".join("null::bigint" if cell is None else f"{cell}::bigint" for cell in row) + ")"
        for row in rows
    )
    found = rows_of(
        "with t as (select * from (values {{ given }}) as t({{ names | join(', ') }})),"
        " placed as (select *, {{ row_order('main', names[1:]) }} as place from t)"
        " select * exclude (place) from placed order by place",
        given=given,
        names=names,
    )
    assert found == rows
    places = rows_of(
        "with t as (select * from (values {{ given }}) as t({{ names | join(', ') }}))"
        " select count(distinct place) from (select {{ row_order('main', names[1:]) }} as place from t)",
        given=given,
        names=names,
    )
    assert places == [(len(rows),)]


def key(row: tuple[int | None, ...]) -> list[int]:
    return [-1 if cell is None else cell for cell in row]
