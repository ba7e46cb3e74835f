"""Which rows are one customer (P1, P2, P3)."""

import uuid

from tests.functional.workshop import Workshop

PROPERTIES = """\
email: {identifier: true}
card: {identifier: true, ignore: ["0000", unknown], min_length: 3}
phone: text
name: text
"""
GOAL = """\
- name: {name}
  kind: import_profiles
  files: {{rows: {{path: "{name}_*.csv"}}}}
  identify:
    create_profiles: {create}
    by: [{by}]
  map: {{name: rows.name}}
"""
BY_EMAIL_OR_CARD = "{email: rows.email}, {card: rows.card}"
HEAD = "email,card,name\n"


def declare(
    shop: Workshop, name: str = "rows", by: str = BY_EMAIL_OR_CARD, create: str = "true"
) -> str:
    """Return the declaration of a goal, and declare the properties."""
    shop.properties(PROPERTIES)
    return GOAL.format(name=name, by=by, create=create)


def people(shop: Workshop) -> list[tuple[object, ...]]:
    """Return e-mail, card and name of all profiles."""
    return shop.profiles("email, card, name")


def test_rows_that_share_a_value_are_one_customer_at_any_distance(shop: Workshop) -> None:
    shop.goals(declare(shop))
    links = [f"a{number}@x.nl,card{number},{number}" for number in range(40)]
    links += [f"a{number}@x.nl,card{number + 1},{number}" for number in range(40)]
    shop.drop("rows_1.csv", HEAD + "\n".join(links) + "\nother@x.nl,other,other\n")
    shop.build()
    assert shop.rows("select count(*) from profiles") == [(2,)]
    assert shop.outcomes("shop.rows") == {"created": 2, "updated": 79}


def test_identifiers_of_one_file_find_profiles_of_another(shop: Workshop) -> None:
    shop.goals(declare(shop) + declare(shop, "cards", "{card: rows.card}"))
    shop.drop("rows_1.csv", HEAD + "anna@x.nl,c100,Anna\n")
    shop.drop("cards_1.csv", HEAD + ",c100,Anna K.\n,c200,Bert\n")
    shop.build()
    assert people(shop) == [("anna@x.nl", "c100", "Anna K."), (None, "c200", "Bert")]


def test_identifier_that_comes_later_is_known_from_then_on(shop: Workshop) -> None:
    shop.goals(declare(shop))
    for number, row in enumerate(["anna@x.nl,,A", "anna@x.nl,c100,B", ",c100,C"]):
        shop.drop(f"rows_{number}.csv", HEAD + row + "\n")
        shop.build()
    assert people(shop) == [("anna@x.nl", "c100", "C")]


def test_profiles_apart_stay_apart_and_the_earliest_item_decides(shop: Workshop) -> None:
    """P2, `first`: a row that names two profiles goes to that of its first identifier."""
    shop.goals(declare(shop))
    shop.drop("rows_1.csv", HEAD + "anna@x.nl,,Anna\n,c200,Bert\n")
    shop.build()
    shop.drop("rows_2.csv", HEAD + "anna@x.nl,c200,Both\n")
    shop.build()
    assert shop.profiles("email, name") == [("anna@x.nl", "Both"), (None, "Bert")]
    shop.drop("rows_3.csv", HEAD + ",c200,Bert again\n")
    shop.build()
    assert shop.profiles("email, name") == [("anna@x.nl", "Both"), (None, "Bert again")]


def test_row_without_a_value_is_unmatched(shop: Workshop) -> None:
    shop.goals(declare(shop))
    shop.drop("rows_1.csv", HEAD + ',,Nobody\n" ","",Nobody\nanna@x.nl,,Anna\n')
    shop.build()
    assert shop.outcomes("shop.rows") == {"created": 1, "unmatched": 2}


def test_ignored_and_short_values_link_nobody(shop: Workshop) -> None:
    shop.goals(declare(shop))
    rows = ["a@x.nl,0000,A", "b@x.nl,0000,B", "c@x.nl,Unknown,C", "d@x.nl,unknown,D", ",12,E"]
    shop.drop("rows_1.csv", HEAD + "\n".join([*rows, "e@x.nl,12,F", ",0000,G"]) + "\n")
    shop.build()
    assert shop.outcomes("shop.rows") == {"created": 5, "unmatched": 2}


def test_two_properties_in_one_item_identify_together(shop: Workshop) -> None:
    shop.goals(declare(shop, by="{email: rows.email, card: rows.card}"))
    shop.drop("rows_1.csv", HEAD + "a@x.nl,c100,A\na@x.nl,c200,B\na@x.nl,,C\na@x.nl,c100,D\n")
    shop.build()
    assert people(shop) == [("a@x.nl", "c100", "D"), ("a@x.nl", "c200", "B")]
    assert shop.outcomes("shop.rows") == {"created": 2, "updated": 1, "unmatched": 1}


def test_goal_that_creates_nobody_updates_whom_it_finds(shop: Workshop) -> None:
    shop.goals(declare(shop) + declare(shop, "names", "{email: rows.email}", "false"))
    shop.drop("rows_1.csv", HEAD + "anna@x.nl,c100,Anna\n")
    shop.drop("names_1.csv", HEAD + "anna@x.nl,,Anna K.\nbert@x.nl,,Bert\n")
    shop.build()
    assert people(shop) == [("anna@x.nl", "c100", "Anna K.")]
    assert shop.outcomes("shop.names") == {"updated": 1, "unmatched": 1}


def test_profile_id_is_a_uuid_that_a_rebuild_gives_again(shop: Workshop) -> None:
    """P3: made from the first identifier's name and value."""
    shop.goals(declare(shop))
    shop.drop("rows_1.csv", HEAD + "anna@x.nl,c100,Anna\n,c200,Bert\n")
    shop.build()
    before = shop.profiles("profile_id")
    assert all(isinstance(row[0], uuid.UUID) for row in before)
    assert {row[0].version for row in before} == {8}
    shop.warehouse.unlink()
    shop.build()
    assert shop.profiles("profile_id") == before


def test_values_are_compared_exactly(shop: Workshop) -> None:
    shop.goals(declare(shop))
    shop.drop("rows_1.csv", HEAD + "anna@x.nl,,A\nANNA@x.nl,,B\nann\u00e1@x.nl,,C\n")
    shop.build()
    assert shop.rows("select count(*) from profiles") == [(3,)]
