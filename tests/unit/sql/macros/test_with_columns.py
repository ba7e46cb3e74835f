"""Lines beside the rows that name them."""

from tests.unit.sql.expression import rows_of
from tests.unit.sql.goals import CHAINED

QUERY = """
{% set last = namespace(step='rows_read') %}
with rows_read as (
    select unnest([0, 0, 1]) as main_row, unnest([1, null, 0]) as row_of_people
),
{{ with_columns(plan, relations, ['people'], last) -}}
final as (select main_row, "people.email" from {{ last.step }})
select * from final order by all
"""


def test_row_without_a_line_has_no_columns_of_it() -> None:
    lines = (
        "(select *, 0 as shift, 0 as clean_origin, 0 as line_hash"
        " from (values (0, 'ann'), (1, 'bob')) as listed(rowid, \"people.email\"))"
    )
    found = rows_of(QUERY, plan=CHAINED.workbench.plan, relations={"lines.people": lines})
    assert found == [(0, "bob"), (0, None), (1, "ann")]
