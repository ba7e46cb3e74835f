"""Values that too many customers share link nobody (P2): `max_matches`."""

import pytest

from tests.functional.test_merge import check_again
from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

PROPERTIES = """\
email: {identifier: true}
card: {identifier: true}
phone: {identifier: true, max_matches: 2, pii: true}
name: text
"""
GOAL = """\
- name: rows
  kind: import_profiles
  files: {rows: "rows_*.csv"}
  identify: {by: [{email: rows.email}, {card: rows.card}, {phone: rows.phone}]}
  map: {name: rows.name}
"""
HEAD = "email,card,phone,name\n"


def drop(shop: Workshop, *rows: str) -> None:
    """Drop a file of rows and build."""
    shop.drop(f"rows_{shop.drops}.csv", HEAD + "".join(f"{row}\n" for row in rows))
    shop.build()


def names(shop: Workshop, prefix: str) -> list[str]:
    """Return the names of profiles that begin with a word, without it."""
    found = (row[0].split(" ") for row in shop.profiles("name"))
    return [name for word, name in found if word == prefix]


def warnings(shop: Workshop) -> list[str]:
    found: list[str] = shop.results()["shop.rows"]["warnings"]
    return found


def test_value_shared_by_more_customers_than_may_links_nobody(shop: Workshop) -> None:
    """Names say what happens to the value of `phone`, over three builds."""
    shop.properties(PROPERTIES)
    shop.goals(GOAL)
    junk = "a@x.nl,,020,junk A", "b@x.nl,,020,junk B", "c@x.nl,,020,junk C", ",,020,junk D"
    pair = "d@x.nl,,021,pair A", "e@x.nl,,021,pair B", ",,021,pair C"
    joined = "f@x.nl,c1,022,one A", "g@x.nl,c1,022,one B", "h@x.nl,c1,022,one C", "i@x.nl,c1,,one D"
    apart = "j@x.nl,,024,apart A", "k@x.nl,,,apart B"
    drop(shop, *junk, *pair, *joined, *apart, "l@x.nl,,023,later A")
    assert names(shop, "junk") == ["A", "B", "C"]
    assert (names(shop, "pair"), names(shop, "one")) == (["C"], ["D"])
    assert shop.outcomes("shop.rows") == {"created": 8, "updated": 5, "unmatched": 1}
    assert warnings(shop) == [
        "1 value of `phone` is shared by more than 2 profiles: not used to link 4 rows;"
        " `runner identity` shows what was shared"
    ]
    one = "f@x.nl,,022,one E", "i@x.nl,,022,one F", "new@x.nl,c1,022,one G"
    drop(shop, *one, "k@x.nl,,024,apart C", "m@x.nl,,023,later B")
    assert warnings(shop) == []
    assert (names(shop, "one"), names(shop, "later")) == (["G"], ["B"])
    assert names(shop, "apart") == ["A", "C"]
    drop(shop, "k@x.nl,,024,apart D", ",,024,apart E", "n@x.nl,,023,later C", ",,023,later D")
    assert len(warnings(shop)) == 1
    assert names(shop, "later") == ["B", "C"]
    assert names(shop, "apart") == ["D", "E"]
    check_again(shop)

    shop.properties(PROPERTIES.replace("max_matches: 2", "max_matches: 1"))
    shop.build()
    assert "4 values of `phone` are shared by more than 1 profile:" in warnings(shop)[0]
    assert names(shop, "pair") == ["B"]
    (shown,) = shop.build("--full-refresh")["shop.rows"]["warnings"]
    assert "of `phone` are shared by more than 1 profile:" in shown
    assert names(shop, "pair") == ["A", "B"]


def test_rows_whose_identifiers_are_all_guarded_are_told_by_each_other(shop: Workshop) -> None:
    shop.properties(PROPERTIES.replace("{identifier: true}", "{identifier: true, max_matches: 2}"))
    shop.goals(GOAL)
    rows = [f"{name}@x.nl,,020,{name}" for name in "abc"]
    drop(shop, *rows, "d@x.nl,,021,d", "d@x.nl,,022,dd")
    assert [row[0] for row in shop.profiles("name")] == ["a", "b", "c", "dd"]
    shop.properties(PROPERTIES.replace("max_matches: 2", "max_matches: 3"))
    shop.build("--full-refresh")
    assert [row[0] for row in shop.profiles("name")] == ["c", "dd"]
