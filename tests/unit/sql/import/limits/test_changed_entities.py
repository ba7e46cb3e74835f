"""How many profiles a goal made, changed and removed."""

from types import SimpleNamespace

from tests.unit.sql.expression import query_rows
from tests.unit.sql.rendering import template_rows


def test_each_profile_counts_once() -> None:
    entity = SimpleNamespace(id="id", table="later")
    tables = {
        "before": "(1, 'a', 'x'), (2, 'b', 'x'), (3, 'c', null), (4, 'd', 'x'), (5, 'e', null)",
        "later": "(1, 'a', 'x'), (2, 'z', 'x'), (3, null, 'x'), (5, 'e', null), (6, 'f', null)",
    }
    for name, rows in tables.items():
        query_rows(
            f"create temp table {name} as select *, 'shop' as goal from (values {rows}) as t(id, one, two)"
        )
    query_rows("insert into later values (7, 'g', null, 'another')")
    try:
        found = template_rows(
            "limits",
            "changed_entities",
            before="before",
            entity=entity,
            columns=["one", "two"],
            goal="shop",
        )
    finally:
        for name in tables:
            query_rows(f"drop table {name}")
    earlier, created, changed, cleared, removed = found[0]
    assert (earlier, created, changed, cleared, removed) == (5, 1, 2, 1, 1)
