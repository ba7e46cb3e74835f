"""Joined rows with what each step made of them."""

from types import SimpleNamespace

from runner.compile.expression import Expression
from runner.compile.mapped_value import MappedValue
from runner.definitions.format import Format
from runner.definitions.profile_property import Property
from runner.errors import Location
from tests.unit.sql.rendering import template_rows

AT = Location("shop.yml", 1, 1)
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
        items=(),
        filters=filters,
        chained=(),
        lines={},
        joined=(),
        made=["made"],
        is_traced=False,
    )
    assert found == [
        (10, None, "made", "ann", 1),
        (20, 4, "made", "ann", 2),
        (30, 6, "made", "ann", 3),
    ]


def test_traced_row_has_what_the_ledger_knows_it_by() -> None:
    item = MappedValue("tags", Property(multi=True), Expression("x", AT), Format(), "add")
    plan = SimpleNamespace(
        identity_keys=(),
        values=(),
        assignments=[item],
        tracks_lines=True,
        line_of=lambda source: f"line_of_{source}",
    )
    steps = """
    with parsed as (
        select 1 as row_order, 10 as origin, 'a|b' as text_tags, 5 as line_of_orders, 6 as key_hash, 7 as row_hash
    )
    """
    found = template_rows(
        "inspect",
        "joined_rows",
        steps=steps,
        plan=plan,
        items=(),
        filters=(),
        chained=(),
        lines={},
        joined=(),
        made=(),
        whole=["orders"],
        is_traced=True,
    )
    assert found == [(10, None, ["a", "b"], 5, 6, 7, 1)]
