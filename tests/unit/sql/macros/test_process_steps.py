"""The steps of `process`, on joined rows and on the lines of some sources."""

from tests.unit.sql.expression import rows_of
from tests.unit.sql.goals import CHAINED

ROWS = """
{% set last = namespace(step='rows_read') %}
with rows_read as (
    select
        true as is_kept,
        unnest(['5', '6']) as "rows.amount",
        unnest([null, 'test']) as "rows.status"
),
"""


def test_conditions_tell_which_rows_are_kept() -> None:
    query = "{{ process_steps(plan, last) -}} final as (select is_kept, twice from {{ last.step }})"
    found = rows_of(f"{ROWS}{query} from final order by all", plan=CHAINED.workbench.plan)
    assert found == [(False, 12), (True, 10)]


def test_lines_alone_have_the_columns_that_are_made_of_them() -> None:
    query = "{{ process_steps(plan, last, sources) -}} final as (select * from {{ last.step }})"
    plan, rest = CHAINED.workbench.plan, "select columns('twice') from final order by all"
    assert rows_of(f"{ROWS}{query} {rest}", plan=plan, sources=["rows"]) == [(10,), (12,)]
    none = f"{ROWS}{query} select count(*) from (describe from final)"
    assert rows_of(none, plan=plan, sources=["people"]) == [(3,)]
