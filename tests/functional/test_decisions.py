"""What people decided of customers, in `models/identity/decisions.csv` (P2)."""

import pytest

from tests.functional.test_conflicts import GOAL, HEAD, PROPERTIES, conflict
from tests.functional.test_merge import check_again
from tests.functional.workshop import Workshop

COLUMNS = "identifier,value,decision,with_identifier,with_value\n"
SAME = "email,anna@x.nl,merge,card,c200\n"
APART = "email,anna@x.nl,separate,card,c200\n"
MERGE = GOAL.replace("reject", "merge")


def decide(shop: Workshop, *lines: str) -> None:
    """Write the decisions."""
    shop.write("models/identity/decisions.csv", COLUMNS + "".join(lines))


def start(shop: Workshop, goal: str, *lines: str) -> None:
    """Declare everything, and decide."""
    shop.properties(PROPERTIES)
    shop.goals(goal)
    decide(shop, *lines)


def test_decision_to_merge_settles_a_conflict(shop: Workshop) -> None:
    conflict(shop)
    decide(shop, SAME)
    shop.build()
    assert shop.profiles("email, card, spent") == [("anna@x.nl", "c200", 7)]
    assert shop.rows("select * from runner.conflicts") == []
    assert shop.rows("select count(*) from profile_aliases") == [(1,)]
    before = shop.profiles("*", "profile_id")
    shop.build()
    assert shop.results()["shop.rows"]["status"] == "success"
    assert shop.outcomes("shop.rows") == {}
    assert shop.profiles("*", "profile_id") == before
    shop.drop("rows_3.csv", HEAD + ",c200,Bert,8\n")
    shop.build()
    assert shop.profiles("name, spent") == [("Bert", 15)]
    ids = shop.profiles("profile_id, spent")
    shop.build("--full-refresh")
    assert shop.profiles("profile_id, spent") == ids


def test_decision_to_keep_apart_settles_a_conflict(shop: Workshop) -> None:
    """Each row goes to the profile of its earliest identifier."""
    conflict(shop)
    decide(shop, APART)
    shop.build()
    assert shop.profiles("name, spent") == [("Bert", 2), ("Both", 5)]
    assert shop.rows("select * from runner.conflicts") == []
    check_again(shop)


def test_values_decided_before_anybody_had_them_are_one_customer(shop: Workshop) -> None:
    start(shop, GOAL, SAME, "card,c200,merge,,c300\n")
    shop.drop("rows_1.csv", HEAD + "anna@x.nl,,A,1\n,c200,B,2\n,c300,C,4\nbert@x.nl,,D,8\n")
    shop.build()
    assert shop.profiles("email, spent") == [("anna@x.nl", 7), ("bert@x.nl", 8)]
    shop.drop("rows_2.csv", HEAD + ",c300,E,16\n")
    shop.build()
    assert shop.profiles("email, spent") == [("anna@x.nl", 23), ("bert@x.nl", 8)]
    check_again(shop)


def test_decisions_hold_across_goals(shop: Workshop) -> None:
    cards = GOAL.replace("- name: rows", "- name: cards").replace("rows_*", "cards_*")
    cards = cards.replace("[{email: rows.email}, {card: rows.card}]", "[{card: rows.card}]")
    emails = GOAL.replace(", {card: rows.card}", "")
    start(shop, emails + cards, SAME)
    shop.drop("rows_1.csv", HEAD + "anna@x.nl,,A,1\n")
    shop.drop("cards_1.csv", HEAD + ",c200,B,2\n,c300,C,4\n")
    shop.build()
    assert shop.profiles("email, spent") == [("anna@x.nl", 3), (None, 4)]
    decide(shop, SAME, "card,c300,merge,card,c200\n")
    shop.build()
    assert shop.profiles("email, spent") == [("anna@x.nl", 7)]


def test_separate_values_are_not_joined_through_others(shop: Workshop) -> None:
    """Rows that would join them are ambiguous, whatever `on_conflict` is."""
    properties = PROPERTIES + "phone: {identifier: true}\n"
    for goal in (MERGE, GOAL.replace("reject", "first")):
        goal = goal.replace("{card: rows.card}", "{card: rows.card}, {phone: rows.phone}")
        shop.properties(properties)
        shop.goals(goal)
        decide(shop, APART)
        head = "email,card,phone,name,spent\n"
        shop.drop("rows_1.csv", head + "anna@x.nl,,020,A,1\n,c200,020,B,2\nx@x.nl,,,X,4\n")
        shop.build()
        assert shop.outcomes("shop.rows") == {"created": 1, "ambiguous": 2}
        assert shop.profiles("name") == [("X",)]
        told = shop.run("conflicts").stdout
        assert "(nobody)" in told
        check_again(shop)
        shop.warehouse.unlink()


def test_value_that_separate_people_share_may_be_ignored(shop: Workshop) -> None:
    goal = MERGE.replace("{card: rows.card}", "{card: rows.card}, {phone: rows.phone}")
    start(shop, goal, APART)
    shop.properties(PROPERTIES + "phone: {identifier: true}\n")
    head = "email,card,phone,name,spent\n"
    shop.drop("rows_1.csv", head + "anna@x.nl,,020,A,1\n,c200,020,B,2\n")
    shop.build()
    assert shop.outcomes("shop.rows") == {"ambiguous": 2}
    shop.properties(PROPERTIES + 'phone: {identifier: true, ignore: ["020"]}\n')
    shop.build()
    assert shop.profiles("name, spent") == [("A", 1), ("B", 2)]
    assert shop.rows("select * from runner.conflicts") == []
    check_again(shop)


def test_separate_profiles_are_never_merged(shop: Workshop) -> None:
    start(shop, MERGE.replace("{card: rows.card}", "{card: rows.card}, {name: rows.name}"), APART)
    shop.drop("rows_1.csv", HEAD + "anna@x.nl,,A,1\n,c200,B,2\n")
    shop.build()
    shop.drop("rows_2.csv", HEAD + "anna@x.nl,,B,4\nanna@x.nl,c200,,8\n")
    shop.build()
    assert shop.outcomes("shop.rows") == {"ambiguous": 2}
    assert shop.profiles("name, spent") == [("A", 1), ("B", 2)]
    check_again(shop)


def test_value_that_is_separate_is_not_found_through_a_property(shop: Workshop) -> None:
    """The card of Anna's row fills her property, and yet finds another customer."""
    start(shop, MERGE, APART)
    shop.drop("rows_1.csv", HEAD + "anna@x.nl,c200,A,1\n")
    shop.build()
    shop.drop("rows_2.csv", HEAD + ",c200,B,2\n")
    shop.build()
    assert shop.profiles("name, spent") == [("A", 1), ("B", 2)]
    check_again(shop)


def test_goals_of_one_identifier_each_keep_separate_values_apart(shop: Workshop) -> None:
    goal = GOAL.replace(", {card: rows.card}", "").replace("reject", "first")
    cards = goal.replace("- name: rows", "- name: cards").replace("rows_*", "cards_*")
    cards = cards.replace("{email: rows.email}", "{card: rows.card}")
    start(shop, goal + cards, APART)
    shop.drop("rows_1.csv", HEAD + "anna@x.nl,,A,1\n")
    shop.drop("cards_1.csv", HEAD + ",c200,B,2\n")
    shop.build()
    assert shop.profiles("name, spent") == [("A", 1), ("B", 2)]
    check_again(shop)


def test_profile_that_has_both_values_is_taken_apart_by_a_full_refresh(shop: Workshop) -> None:
    shop.properties(PROPERTIES)
    shop.goals(MERGE)
    shop.drop("rows_1.csv", HEAD + "anna@x.nl,c200,A,1\n,c200,B,2\n")
    shop.build()
    assert shop.profiles("spent") == [(3,)]
    decide(shop, APART)
    shop.build()
    (warning,) = shop.results()["shop.rows"]["warnings"]
    assert warning == (
        "models/identity/decisions.csv:2: one profile has both values already;"
        " `runner build --full-refresh` takes it apart"
    )
    shop.build("--full-refresh")
    assert shop.profiles("name, spent") == [("A", 1), ("B", 2)]


def test_only_goals_that_know_the_identifiers_are_imported_again(shop: Workshop) -> None:
    cards = GOAL.replace("- name: rows", "- name: other").replace("rows_*", "other_*")
    cards = cards.replace("[{email: rows.email}, {card: rows.card}]", "[{name: rows.name}]")
    start(shop, GOAL + cards)
    shop.drop("rows_1.csv", HEAD + "anna@x.nl,,A,1\n")
    shop.drop("other_1.csv", HEAD + ",,B,1\n")
    shop.build()
    decide(shop, SAME)
    shop.build()
    assert sum(shop.outcomes("shop.rows").values()) == 1
    assert shop.outcomes("shop.other") == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("email;value\n", ":1:1: unknown column. Did you mean 'value'?"),
        ("identifier,value,decision\n", ":1:1: the column `with_identifier` is missing"),
        (COLUMNS + "email,a,merge\n", ":2:1: found 3 fields; the first line names 5"),
        (COLUMNS + "email,a,marge,card,b\n", ":2:1: unknown decision 'marge'. Did you mean"),
        (COLUMNS + "\nemial,a,merge,card,b\n", ":3:1: there is no identifier 'emial'. Did you"),
        (COLUMNS + "email,a,merge,card,\n", ":2:1: `with_value` is empty"),
        (COLUMNS + "email,a,merge,,a\n", ":2:1: both sides are the same value"),
        (COLUMNS + 2 * SAME, ":3:1: these two are decided already at models/identity"),
        (
            COLUMNS + SAME + "card,c200,merge,,c3\nemail,anna@x.nl,separate,card,c3\n",
            ":4:1: these two are one customer by the lines that say `merge`",
        ),
        (COLUMNS + 'email,"a"b,merge,card,b\n', ":2:1: the line is no CSV"),
    ],
)
def test_mistake_in_a_decision_is_told_at_its_line(shop: Workshop, text: str, told: str) -> None:
    start(shop, GOAL)
    shop.write("models/identity/decisions.csv", text)
    ended = shop.run("compile")
    assert ended.code == 2
    assert f"models/identity/decisions.csv{told}" in ended.told
    assert "anna@x.nl" not in ended.told
