"""Values and keys read of rows: texts first, then types."""

from tests.unit.sql.expression import rows_of
from tests.unit.sql.goals import CHAINED

QUERY = """
{% set last = namespace(step='rows_read') %}
with rows_read as (
    select
        unnest([true, false]) as is_kept,
        unnest([' Ann', 'Bob']) as "people.email",
        unnest(['2024-01-31', 'x']) as "rows.paid_at",
        unnest([7, 8]) as twice
),
{{ read_values(plan, last, items, plan.identity_keys, 'is_kept') -}}
final as (select key_1, value_amount, value_paid_at, text_paid_at from {{ last.step }})
select * from final order by all
"""


def test_values_and_keys_are_those_of_rows_that_meet_the_condition() -> None:
    plan = CHAINED.workbench.plan
    items = plan.late_values
    (kept, left) = rows_of(QUERY, plan=plan, items=items)
    assert [str(value) for value in kept] == ["Ann", "7", "2024-01-31", "2024-01-31"]
    assert left == (None, None, None, None)
