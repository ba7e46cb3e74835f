"""Values that too many customers share link nobody (P2): `max_matches`."""

from tests.functional.test_merge import check_again
from tests.functional.workshop import Workshop

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


def drop(shop: Workshop, *rows: str, properties: str = PROPERTIES) -> None:
    """Declare, drop a file of rows and build."""
    shop.properties(properties)
    shop.goals(GOAL)
    shop.drop(f"rows_{shop.drops}.csv", HEAD + "".join(f"{row}\n" for row in rows))
    shop.build()


def names(shop: Workshop) -> list[str]:
    return [row[0] for row in shop.profiles("name")]


def warnings(shop: Workshop) -> list[str]:
    found: list[str] = shop.results()["shop.rows"]["warnings"]
    return found


def test_value_shared_by_more_customers_links_nobody(shop: Workshop) -> None:
    drop(shop, "a@x.nl,,020,A", "b@x.nl,,020,B", "c@x.nl,,020,C", ",,020,D", "e@x.nl,,030,E")
    assert names(shop) == ["A", "B", "C", "E"]
    assert shop.outcomes("shop.rows") == {"created": 4, "unmatched": 1}
    assert warnings(shop) == [
        "1 value of `phone` is shared by more than 2 profiles: not used to link 4 rows;"
        " `runner identity` shows what was shared"
    ]
    check_again(shop)


def test_value_shared_by_as_many_as_allowed_links_them(shop: Workshop) -> None:
    drop(shop, "a@x.nl,,020,A", "b@x.nl,,020,B", ",,020,C")
    assert names(shop) == ["C"]
    assert warnings(shop) == []
    check_again(shop)


def test_rows_of_one_customer_count_once(shop: Workshop) -> None:
    """What other identifiers join is one customer, however many e-mails it has."""
    drop(shop, "a@x.nl,c1,020,A", "b@x.nl,c1,020,B", "c@x.nl,c1,020,C", "d@x.nl,c1,,D")
    assert names(shop) == ["D"]
    drop(shop, "a@x.nl,,020,E", "d@x.nl,,020,F", "new@x.nl,c1,020,G")
    assert names(shop) == ["G"]
    assert warnings(shop) == []
    check_again(shop)


def test_customers_are_counted_over_several_builds(shop: Workshop) -> None:
    drop(shop, "a@x.nl,,020,A")
    drop(shop, "b@x.nl,,020,B")
    assert names(shop) == ["B"]
    drop(shop, "c@x.nl,,020,C")
    assert names(shop) == ["B", "C"]
    assert len(warnings(shop)) == 1
    drop(shop, "d@x.nl,,020,D", ",,020,E")
    assert names(shop) == ["B", "C", "D"]
    check_again(shop)


def test_profiles_that_were_kept_apart_are_counted_once(shop: Workshop) -> None:
    """`first` keeps B apart from A, who has the number: it is B each time."""
    drop(shop, "a@x.nl,,020,A", "b@x.nl,,,B")
    for number in range(4):
        drop(shop, f"b@x.nl,,020,B{number}")
        assert warnings(shop) == []
    assert names(shop) == ["A", "B3"]
    drop(shop, ",,020,A again")
    assert names(shop) == ["A again", "B3"]
    check_again(shop)


def test_rows_whose_identifiers_are_all_guarded_are_told_by_each_other(shop: Workshop) -> None:
    properties = PROPERTIES.replace("{identifier: true}", "{identifier: true, max_matches: 2}")
    rows = [f"{name}@x.nl,,020,{name}" for name in "abc"]
    drop(shop, *rows, "d@x.nl,,021,d", "d@x.nl,,022,dd", properties=properties)
    assert names(shop) == ["a", "b", "c", "dd"]
    check_again(shop)


def test_change_of_the_limit_imports_the_goal_again(shop: Workshop) -> None:
    drop(shop, "a@x.nl,,020,A", "b@x.nl,,020,B", "c@x.nl,,020,C")
    shop.properties(PROPERTIES.replace("max_matches: 2", "max_matches: 3"))
    shop.build("--full-refresh")
    assert names(shop) == ["C"]
    shop.properties(PROPERTIES.replace("max_matches: 2", "max_matches: 1"))
    shop.build()
    assert shop.results()["shop.rows"]["status"] == "success"
    assert sum(shop.outcomes("shop.rows").values()) == 3


def test_lower_limit_takes_customers_apart_in_a_full_refresh(shop: Workshop) -> None:
    drop(shop, "a@x.nl,,020,A")
    drop(shop, "b@x.nl,,020,B")
    shop.properties(PROPERTIES.replace("max_matches: 2", "max_matches: 1"))
    shop.build()
    assert names(shop) == ["B"]
    shop.build("--full-refresh")
    assert names(shop) == ["A", "B"]
    check_again(shop)


def test_limit_of_one_is_told_in_the_singular(shop: Workshop) -> None:
    limit = PROPERTIES.replace("max_matches: 2", "max_matches: 1")
    drop(shop, "a@x.nl,,020,A", "b@x.nl,,020,B", properties=limit)
    assert warnings(shop)[0].startswith("1 value of `phone` is shared by more than 1 profile:")
