"""Values that people decided to be one customer, and the profiles that have them."""

from tests.unit.sql.expression import rows_of


def test_each_customer_is_found_by_any_of_its_values() -> None:
    rows_of("create schema if not exists runner")
    rows_of(
        "create or replace table runner.identifiers as select * from (values ('email', 'a', 1),"
        " ('phone', '1', 2), ('phone', 'a', 3), ('email', 'b', 4)) as t(identifier, value, profile_id)"
    )
    groups = [[("email", "a"), ("phone", "1"), ("phone", "2")], [("email", "it's")]]
    try:
        owned = rows_of(
            "with {{ decided_owners(groups) }} final as (select * from owned) select * from final order by all",
            groups=groups,
        )
        decided = rows_of(
            "with {{ decided_owners(groups) }} final as (select * from decided) select * from final order by all",
            groups=groups,
        )
    finally:
        rows_of("drop table runner.identifiers")
    assert owned == [(1, 1), (1, 2)]
    assert decided == [
        (1, "email", "a"),
        (1, "phone", "1"),
        (1, "phone", "2"),
        (2, "email", "it's"),
    ]
