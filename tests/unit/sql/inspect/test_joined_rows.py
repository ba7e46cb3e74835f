"""Joined rows with what each step made of them."""

from types import SimpleNamespace

from tests.unit.sql.rendering import template_rows

STEPS = """
with step_1 as (select unnest([1, 2, 3]) as row_order, unnest([true, false, true]) as is_kept),
step_2 as (select unnest([1, 2, 3]) as row_order, unnest([true, false, false]) as is_kept),
parsed as (
    select row_order, row_order * 10 as origin, 'made' as made, 'ann' as "key_1"
    from step_1
    order by row_order desc
)
"""


def test_row_is_shown_with_the_first_condition_that_left_it_out() -> None:
    plan = SimpleNamespace(identity_keys=[SimpleNamespace(column="key_1")], values=())
    filters = [SimpleNamespace(number=4, cte="step_1"), SimpleNamespace(number=6, cte="step_2")]
    found = template_rows(
        "inspect",
        "joined_rows",
        steps=STEPS,
        plan=plan,
        filters=filters,
        chained=(),
        lines={},
        joined=(),
        made=["made"],
    )
    assert found == [
        (10, None, "made", "ann", 1),
        (20, 4, "made", "ann", 2),
        (30, 6, "made", "ann", 3),
    ]
