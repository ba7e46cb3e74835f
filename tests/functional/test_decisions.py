"""What people decided of customers, in `models/identity/decisions.csv` (P2)."""

import pytest

from tests.functional.test_conflicts import GOAL, HEAD, PROPERTIES
from tests.functional.test_merge import check_again
from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

COLUMNS = "identifier,value,decision,with_identifier,with_value\n"
EMAILS = GOAL.replace(", {card: rows.card}", "").replace("rows_*", "emails_*")
EMAILS = EMAILS.replace("- name: rows", "- name: emails").replace("reject", "first")
CARDS = EMAILS.replace("emails", "cards").replace("{email: rows.email}", "{card: rows.card}")
NAMES = CARDS.replace("cards", "names").replace("{card: rows.card}", "{name: rows.name}")

SIDES = ("A", 1), ("B", 2)


def decide(shop: Workshop, *lines: str) -> None:
    """Write the decisions."""
    shop.write("models/identity/decisions.csv", COLUMNS + "".join(f"{line}\n" for line in lines))


def test_decisions_settle_conflicts_and_hold_across_goals(shop: Workshop) -> None:
    """Customers are named for what is decided of them; `none` is decided before anybody comes."""
    shop.properties(PROPERTIES)
    shop.goals(GOAL + CARDS + NAMES)
    early = "email,none@x.nl,merge,card,n1", "card,n1,merge,,n2"
    decide(shop, *early)
    none = "none@x.nl,,A,1\n,n1,B,2\n,n2,C,4\n"
    shop.drop("rows_1.csv", f"{HEAD}one@x.nl,,A,1\n,o1,B,2\ntwo@x.nl,,A,1\n,t1,B,2\n{none}")
    shop.drop("cards_1.csv", HEAD + ",a1,A,1\n,a2,B,2\n")
    shop.drop("names_1.csv", HEAD + ",,N,1\n")
    shop.build()
    shop.drop("rows_2.csv", HEAD + "one@x.nl,o1,Both,4\ntwo@x.nl,t1,Both,4\n,n2,D,16\n")
    shop.build()
    assert shop.outcomes("shop.rows") == {"updated": 1, "ambiguous": 2}
    spent = "select name, spent from profiles where {} order by all"
    assert shop.rows(spent.format("email = 'none@x.nl'")) == [("D", 23)]

    same, apart = "email,one@x.nl,merge,card,o1", "email,two@x.nl,separate,card,t1"
    decide(shop, *early, same, apart, "card,a2,merge,card,a1")
    shop.build()
    assert shop.rows("select * from runner.conflicts") == []
    assert shop.outcomes("shop.names") == {}
    assert shop.rows(spent.format("email = 'one@x.nl' or card = 'o1'")) == [("Both", 7)]
    assert shop.rows(spent.format("email = 'two@x.nl' or card = 't1'")) == [("B", 2), ("Both", 5)]
    assert shop.rows(spent.format("card in ('a1', 'a2')")) == [("B", 3)]
    assert shop.rows("select count(*) from profile_aliases") == [(4,)]
    shop.drop("rows_3.csv", HEAD + ",o1,Again,8\n")
    shop.build()
    assert shop.rows(spent.format("email = 'one@x.nl'")) == [("Again", 15)]
    check_again(shop)


def test_separate_values_are_never_one_customer(shop: Workshop) -> None:
    """Rows that would join them are ambiguous; customers are named for how rows would."""
    rows = GOAL.replace("reject", "merge").replace(
        "{card: rows.card}", "{card: rows.card}, {phone: rows.phone}"
    )
    shop.properties(PROPERTIES + "phone: {identifier: true}\n")
    shop.goals(rows + EMAILS + CARDS)
    names = ("new", "old", "found", "goals")
    apart = [f"email,{name}@x.nl,separate,card,{name}" for name in names]
    decide(shop, *apart)
    head = "email,card,phone,name,spent\n"
    new = "new@x.nl,,020,new A,1\n,new,020,new B,2\n"
    old = "old@x.nl,,,old A,1\n,old,030,old B,2\n"
    one = "one@x.nl,one,,one A,1\n,one,,one B,2\n"
    shop.drop("rows_1.csv", f"{head}{new}{old}{one}found@x.nl,found,,found A,1\n")
    shop.drop("emails_1.csv", HEAD + "goals@x.nl,,goals A,1\n")
    shop.drop("cards_1.csv", HEAD + ",goals,goals B,2\n")
    shop.build()
    assert shop.outcomes("shop.rows") == {"created": 4, "updated": 1, "ambiguous": 2}
    assert "(nobody)" in shop.run("conflicts").stdout

    rows = "old@x.nl,,030,Both,4\nold@x.nl,old,,Both,8\n,found,,found B,2\n"
    shop.drop("rows_2.csv", head + rows)
    shop.build()
    assert shop.outcomes("shop.rows") == {"created": 1, "ambiguous": 2}
    pairs = [(f"{name} {row}", value) for name in ("found", "goals") for row, value in SIDES]
    both = [("old A", 1), ("old B", 2), ("one B", 3)]
    assert shop.profiles("name, spent") == sorted([*pairs, *both])
    check_again(shop)

    decide(shop, *apart, "email,one@x.nl,separate,card,one")
    shop.properties(PROPERTIES + 'phone: {identifier: true, ignore: ["020", "030"]}\n')
    shop.build()
    ignored, warning = sorted(shop.results()["shop.rows"]["warnings"])
    assert "ignore" in ignored, ignored
    assert warning == (
        "models/identity/decisions.csv:6: one profile has both values already;"
        " `runner build --full-refresh` takes it apart"
    )
    shop.build("--full-refresh")
    pairs += [(f"{name} {row}", value) for name in ("new", "one") for row, value in SIDES]
    assert set(pairs) < set(shop.profiles("name, spent"))
