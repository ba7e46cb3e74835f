"""Consent (C1): asked for before a row counts, told by rows, kept with its time and source."""

import pytest

from tests.functional.workshop import Workshop

PROJECT = """\
name: shop
targets:
  local: {warehouse: target/warehouse.duckdb, threads: 1}
objectives: [personalization, {name: email_marketing, consent: opt_out}]
"""
PEOPLE = """\
- name: people
  kind: import_profiles
  files: {people: "people_*.csv"}
  identify: {by: [{email: people.email}]}
  map: {name: people.name, consent.personalization: people.optin}
"""
STATED = (
    "select email, objective, consented from consent join profiles using (profile_id) order by all"
)
HEAD = "email,name,optin\n"


@pytest.fixture
def consents(shop: Workshop) -> Workshop:
    shop.write("runner_project.yml", PROJECT)
    shop.properties("email: {identifier: true}\nname: text\nspent: decimal(18,2)")
    return shop


def declare(shop: Workshop, goals: str = PEOPLE, objectives: str = "[personalization]") -> None:
    shop.goals(goals, access=f"type: local\npath: drop\nobjectives: {objectives}\n")


def build_twice(shop: Workshop) -> dict[str, int]:
    """Build, and once more: nothing may change. Returns the outcomes of the first build."""
    shop.build()
    outcomes = shop.outcomes("shop.people")
    before = content(shop)
    assert shop.build()["shop.people"]["message"].startswith("nothing new")
    assert content(shop) == before
    return outcomes


def content(shop: Workshop) -> list[list[tuple[object, ...]]]:
    tables = ("main.profiles", "runner.rows", "runner.identifiers", "runner.consent")
    return [shop.rows(f"select * from {table} order by all") for table in tables]


def test_new_profile_needs_consent_on_its_rows(consents: Workshop) -> None:
    declare(consents)
    consents.drop("people_1.csv", HEAD + "a@x.nl,Ann,yes\nb@x.nl,Bob,no\nc@x.nl,Cas,\n")
    assert build_twice(consents) == {"created": 1, "no_consent": 2}
    assert consents.profiles("email, name") == [("a@x.nl", "Ann")]
    assert consents.rows(STATED) == [("a@x.nl", "personalization", True)]
    assert consents.rows("select value from runner.identifiers") == [("a@x.nl",)]


def test_reasons_are_counted_and_shown(consents: Workshop) -> None:
    declare(consents)
    consents.drop("people_1.csv", HEAD + "a@x.nl,Ann,yes\nb@x.nl,Bob,no\nc@x.nl,Cas,\nd@x.nl,D,\n")
    told = consents.run("build").told
    assert consents.results()["shop.people"]["no_consent"] == {"never_asked": 2, "refused": 1}
    assert "2 never asked, 1 refused" in told


def test_row_of_a_profile_that_consented_before_needs_none_of_its_own(consents: Workshop) -> None:
    declare(consents)
    consents.drop("people_1.csv", HEAD + "a@x.nl,Ann,yes\n")
    build_twice(consents)
    consents.drop("people_2.csv", HEAD + "a@x.nl,Anna,\n")
    assert build_twice(consents) == {"updated": 1}
    assert consents.profiles("name") == [("Anna",)]


def test_refusal_is_kept_though_its_row_is_not_applied(consents: Workshop) -> None:
    """A withdrawal is never lost; what else its row holds is."""
    declare(consents)
    consents.drop("people_1.csv", HEAD + "a@x.nl,Ann,yes\n")
    build_twice(consents)
    consents.drop("people_2.csv", HEAD + "a@x.nl,Anna,no\n")
    assert build_twice(consents) == {"no_consent": 1}
    assert consents.profiles("name") == [("Ann",)]
    assert consents.rows(STATED) == [("a@x.nl", "personalization", False)]
    consents.drop("people_3.csv", HEAD + "a@x.nl,Ann again,\n")
    assert build_twice(consents) == {"no_consent": 1}
    consents.drop("people_4.csv", HEAD + "a@x.nl,Ann again,Y\n")
    assert build_twice(consents) == {"updated": 1}
    assert consents.profiles("name") == [("Ann again",)]
    shown = consents.run("profile", "email=a@x.nl").stdout
    assert (
        "consent: personalization given 2023-11-14 22:16 UTC, shop.people, people_4.csv:2" in shown
    )
    history = "select consented, origin // 4294967296 from runner.consent order by origin"
    assert consents.rows(history) == [(True, 1), (False, 2), (True, 4)]


def test_all_that_comes_together_is_heard_before_a_row_counts(consents: Workshop) -> None:
    declare(consents)
    consents.drop("people_1.csv", HEAD + "a@x.nl,Ann,\nb@x.nl,Bob,yes\n")
    consents.drop("people_2.csv", HEAD + "a@x.nl,Anna,yes\nb@x.nl,Bobby,no\n")
    assert build_twice(consents) == {"created": 1, "updated": 1, "no_consent": 2}
    assert consents.profiles("email, name") == [("a@x.nl", "Anna")]


def test_refusal_of_an_unknown_person_counts_when_he_comes_again(consents: Workshop) -> None:
    """Silence means yes where an objective is opt_out, but not after a no."""
    goal = PEOPLE.replace("consent.personalization", "consent.email_marketing")
    declare(consents, goal, "email_marketing")
    consents.drop("people_1.csv", HEAD + "a@x.nl,Ann,\nb@x.nl,Bob,no\n")
    assert build_twice(consents) == {"created": 1, "no_consent": 1}
    consents.drop("people_2.csv", HEAD + "b@x.nl,Bob,\n")
    assert build_twice(consents) == {"no_consent": 1}
    assert consents.rows("select count(*) from consent") == [(0,)]
    assert consents.results()["shop.people"]["outcomes"].get("created") is None


def test_one_consent_is_enough_or_no_refusal_of_what_is_opt_out(consents: Workshop) -> None:
    goal = PEOPLE.replace("people.optin}", "people.optin, consent.email_marketing: people.mail}")
    declare(consents, goal, "[personalization, email_marketing]")
    rows = "a@x.nl,Silent,,\nb@x.nl,Left,,no\nc@x.nl,One,yes,no\nd@x.nl,Other,no,\n"
    consents.drop("people_1.csv", f"email,name,optin,mail\n{rows}")
    assert build_twice(consents) == {"created": 3, "no_consent": 1}
    assert consents.profiles("name") == [("One",), ("Other",), ("Silent",)]


def test_objectives_of_a_goal_replace_those_of_its_connection(consents: Workshop) -> None:
    declare(consents, PEOPLE + "  objectives: []\n")
    consents.drop("people_1.csv", HEAD + "a@x.nl,Ann,no\n")
    assert build_twice(consents) == {"created": 1}
    assert consents.rows(STATED) == [("a@x.nl", "personalization", False)]


def test_consent_that_does_not_parse_is_a_reject_and_no_consent(consents: Workshop) -> None:
    """R6."""
    declare(consents)
    consents.drop("people_1.csv", HEAD + "a@x.nl,Ann,perhaps\nb@x.nl,Bob,Y\n")
    assert build_twice(consents) == {"created": 1, "no_consent": 1}
    rejects = "select file, line, column_name, property, reason, value from runner.rejects"
    expected = ("people_1.csv", 2, "people.optin", "consent.personalization")
    assert consents.rows(rejects) == [(*expected, "not a boolean", "perhaps")]


def test_stale_file_that_is_joined_anew_does_not_overrule_a_withdrawal(
    consents: Workshop,
) -> None:
    """The time of a statement is that of its file, whenever that is imported."""
    goal = """\
    - name: people
      kind: import_profiles
      files:
        people: "people_*.csv"
        cities: {path: cities.csv, join: {id: people.city}}
      identify: {by: [{email: people.email}]}
      map: {name: cities.name, consent.personalization: people.optin}
    - name: withdrawals
      kind: import_profiles
      files: {gone: gone.csv}
      identify: {by: [{email: gone.email}], create_profiles: false}
      map: {consent.personalization: {value: false}}
    """
    declare(consents, goal)
    consents.drop("people_1.csv", "email,city,optin\na@x.nl,1,yes\n")
    consents.drop("cities.csv", "id,name\n1,Rome\n")
    consents.drop("gone.csv", "email\na@x.nl\n")
    build_twice(consents)
    consents.drop("cities.csv", "id,name\n1,Roma\n")
    assert build_twice(consents) == {"no_consent": 1}
    assert consents.rows(STATED) == [("a@x.nl", "personalization", False)]
    assert consents.profiles("name") == [("Rome",)]


def test_time_of_consent_is_that_of_the_file_it_stands_in(consents: Workshop) -> None:
    goal = """\
    - name: people
      kind: import_profiles
      files:
        orders: "orders_*.csv"
        people: {path: people.csv, join: {id: orders.person}}
      identify: {by: [{email: people.email}]}
      map: {consent.personalization: people.optin}
    """
    declare(consents, goal)
    consents.drop("orders_1.csv", "id,person\n1,7\n2,7\n")
    consents.drop("people.csv", "id,email,optin\n6,b@x.nl,no\n7,a@x.nl,yes\n")
    consents.build()
    told = "select file, line, epoch(confirmed_at)::bigint - 1700000000 from consent"
    assert consents.rows(told) == [("people.csv", 3, 60)]


def test_what_was_said_before_is_said_again_by_a_row_that_is_known(consents: Workshop) -> None:
    declare(consents)
    for number, answer in enumerate(["yes", "no", "yes"]):
        consents.drop("people_1.csv", HEAD + f"a@x.nl,Ann,{answer}\n")
        consents.build()
        assert consents.rows(STATED) == [("a@x.nl", "personalization", answer == "yes")], number
    assert consents.outcomes("shop.people") == {"unchanged": 1}


def test_replay_and_changed_goal_give_the_same_consent(consents: Workshop) -> None:
    """P5, P6."""
    declare(consents)
    for number, answers in enumerate(["yes,no", "no,yes", "no,", "yes,no"]):
        first, second = answers.split(",")
        lines = f"a@x.nl,Ann{number},{first}\nb@x.nl,Bob{number},{second}\n"
        consents.drop(f"people_{number}.csv", HEAD + lines)
        build_twice(consents)
    before = content(consents)
    consents.build("--full-refresh")
    assert content(consents) == before
    stated = consents.rows(STATED)
    declare(consents, PEOPLE.replace("people.name", "upper(people.name)"))
    consents.build()
    assert consents.rows(STATED) == stated
    declare(consents, PEOPLE.replace(", consent.personalization: people.optin", ""), "[]")
    consents.build()
    assert consents.rows(STATED) == []


def test_sums_and_events_of_a_person_who_withdrew_stay_as_they_were(consents: Workshop) -> None:
    goal = """\
    - name: people
      kind: import_profiles
      files:
        orders: "orders_*.csv"
        products: {path: products.csv, join: {sku: orders.sku}}
      identify: {by: [{email: orders.email}]}
      map:
        spent: {from: products.price, strategy: sum}
        consent.personalization: orders.optin
      events:
        - type: order
          id: orders.id
          at: orders.at
          properties: {total_revenue: products.price}
    """
    declare(consents, goal)
    head = "id,email,sku,at,optin\n"
    consents.drop("products.csv", "sku,price\nA,10\n")
    consents.drop("orders_1.csv", head + "1,a@x.nl,A,2024-01-01,yes\n")
    consents.build()
    consents.drop("orders_2.csv", head + "2,a@x.nl,A,2024-01-02,no\n")
    consents.build()
    assert consents.outcomes("shop.people") == {"no_consent": 1}
    consents.drop("products.csv", "sku,price\nA,99\n")
    consents.build()
    assert consents.outcomes("shop.people") == {"no_consent": 2}
    assert consents.profiles("spent") == [(10,)]
    assert consents.rows("select event_id, total_revenue from events_order") == [("1", 10)]
    assert consents.rows("select count(*) from runner.rejects") == [(0,)]


@pytest.mark.parametrize(
    ("path", "old", "new", "location", "told"),
    [
        ("connections/shop.yml", "[personalization]", "[personalisation]", "4:14",
         "there is no objective 'personalisation'. Did you mean 'personalization'?"),
        ("connections/shop.yml", "consent.personalization", "consent.personalisation", "10:30",
         "there is no objective 'personalisation'. Did you mean 'personalization'?"),
        ("connections/shop.yml", "consent.personalization: people.optin",
         "consent.personalization: {from: people.optin, strategy: add}", "10:86",
         "the last thing said counts"),
        ("connections/shop.yml", "objectives: [personalization]", "objectives:", "4:1",
         "or `[]` for none"),
        ("runner_project.yml", "opt_out", "opt-out", "4:64", "Did you mean 'opt_out'?"),
        ("runner_project.yml", "name: email_marketing", "name: personalization", "4:38",
         "the objective 'personalization' is already declared at runner_project.yml:4:14"),
    ],
)  # fmt: skip
def test_mistakes_are_told_where_they_stand(
    consents: Workshop, path: str, old: str, new: str, location: str, told: str
) -> None:
    declare(consents)
    file = consents.folder / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    ended = consents.run("ls")
    assert ended.code == 2
    assert f"{path}:{location}" in ended.told
    assert told in " ".join(ended.told.split())


def test_groups_and_products_have_no_consent(consents: Workshop) -> None:
    consents.write("models/groups/household.yml", "properties: {id: {identifier: true}}\n")
    goal = """\
    - name: households
      kind: import_groups
      group_type: household
      objectives: [personalization]
      files: {homes: homes.csv}
      identify: {by: [{id: homes.id}]}
      map: {consent.personalization: homes.x}
    """
    declare(consents, goal)
    told = " ".join(consents.run("ls").told.split())
    assert "shop.yml:9:5: people consent, and groups are none" in told


def test_merged_profile_has_said_what_either_said_last_and_has_the_stricter_level(
    consents: Workshop,
) -> None:
    """P2."""
    consents.properties("email: {identifier: true}\ncard: {identifier: true}\nname: text")
    goal = """\
    - name: people
      kind: import_profiles
      files: {people: "people_*.csv"}
      identify: {by: [{email: people.email}, {card: people.card}], on_conflict: merge}
      map:
        name: people.name
        consent.personalization: people.optin
        permission_level: people.level
    - name: cards
      kind: import_profiles
      objectives: []
      files: {cards: "cards_*.csv"}
      identify: {by: [{email: cards.email}, {card: cards.card}], on_conflict: merge}
      map: {name: cards.name}
    """
    declare(consents, goal)
    head = "email,card,name,optin,level\n"
    consents.drop("people_1.csv", head + "a@x.nl,,Ann,yes,personal\n,7,Anna,yes,anonymous\n")
    build_twice(consents)
    consents.drop("people_2.csv", head + ",7,Anna,no,\n")
    build_twice(consents)
    consents.drop("cards_3.csv", "email,card,name\na@x.nl,7,Ann\n")
    build_twice(consents)
    assert consents.profiles("email, name, permission_level") == [("a@x.nl", "Ann", "anonymous")]
    assert consents.rows(STATED) == [("a@x.nl", "personalization", False)]
    before = content(consents)
    consents.build("--full-refresh")
    assert content(consents) == before
