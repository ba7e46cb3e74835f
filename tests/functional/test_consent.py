"""Consent (C1): asked for before a row counts, stated by rows, kept with its time and source."""

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

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
ORDERS = """\
- name: orders
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


def content(shop: Workshop) -> list[list[tuple[object, ...]]]:
    tables = ("main.profiles", "runner.rows", "runner.identifiers", "runner.consent")
    return [shop.rows(f"select * from {table} order by all") for table in tables]


def test_consent_is_asked_for_heard_and_kept(consents: Workshop) -> None:
    """A refusal is kept though its row is not applied, also of a person without a profile."""
    declare(consents)
    consents.drop("people_1.csv", HEAD + "a@x.nl,Ann,yes\nb@x.nl,Bob,no\nc@x.nl,Cas,\nd@x.nl,D,\n")
    consents.drop("people_2.csv", HEAD + "c@x.nl,Cas,yes\nd@x.nl,Dee,perhaps\ne@x.nl,Eve,yes\n")
    told = consents.run("build").told
    assert consents.outcomes("shop.people") == {"created": 3, "updated": 1, "no_consent": 3}
    assert consents.results()["shop.people"]["no_consent"] == {"refused": 3}
    assert "3 refused" in told
    assert "`consent.personalization`: 1 of 5 values could not be read by true, t, yes" in told
    assert "1 counts as a refusal, which `runner rejects --select shop.people` lists" in told
    assert "WARN=1" in told
    rejects = "select file, line, column_name, property, reason, value from runner.rejects"
    expected = ("people_2.csv", 3, "people.optin", "consent.personalization")
    assert consents.rows(rejects) == [(*expected, "not a boolean", "perhaps")]
    assert consents.rows("select value from runner.identifiers order by 1") == [
        ("a@x.nl",),
        ("c@x.nl",),
        ("e@x.nl",),
    ]
    consents.drop("people_3.csv", HEAD + "a@x.nl,Anna,no\nb@x.nl,Bobby,\nc@x.nl,Case,\n")
    consents.build()
    assert consents.outcomes("shop.people") == {"updated": 1, "no_consent": 2}
    assert consents.results()["shop.people"]["no_consent"] == {"refused": 2}
    assert consents.profiles("name") == [("Ann",), ("Case",), ("Eve",)]
    stated = [(f"{who}@x.nl", "personalization", who != "a") for who in "ace"]
    assert consents.rows(STATED) == stated
    before = content(consents)
    assert consents.build()["shop.people"]["message"].startswith("nothing new")
    assert content(consents) == before
    consents.build("--full-refresh")
    assert content(consents) == before
    consents.drop("people_4.csv", HEAD + "a@x.nl,Ann again,Y\n")
    consents.build()
    shown = consents.run("profile", "email=a@x.nl").stdout
    assert (
        "consent: personalization given 2023-11-14 22:16 UTC, shop.people, people_4.csv:2" in shown
    )
    periods = "select consented, origin // 4294967296 from runner.consent semi join profiles"
    periods += " using (profile_id) where origin % 4294967296 = 2 order by origin"
    assert consents.rows(periods) == [(True, 1), (True, 2), (False, 3), (True, 4)]
    check_edits(consents)


def check_edits(consents: Workshop) -> None:
    """An edited goal gives the same consent, and a goal without it none (P5)."""
    stated = consents.rows(STATED)
    declare(consents, PEOPLE.replace("people.name", "upper(people.name)"))
    consents.build()
    assert consents.rows(STATED) == stated
    declare(consents, PEOPLE.replace(", consent.personalization: people.optin", ""), "[]")
    consents.build()
    assert consents.rows(STATED) == []


@pytest.mark.both_engines
def test_sums_and_events_of_a_person_who_withdrew_stay_as_they_were(consents: Workshop) -> None:
    """A file of orders that is joined again does not overrule the refusal in a later one."""
    declare(consents, ORDERS)
    head = "id,email,sku,at,optin\n"
    consents.drop("products.csv", "sku,price\nA,10\n")
    consents.drop("orders_1.csv", head + "1,a@x.nl,A,2024-01-01,yes\n")
    consents.build()
    consents.drop("orders_2.csv", head + "2,a@x.nl,A,2024-01-02,no\n")
    consents.build()
    assert consents.outcomes("shop.orders") == {"no_consent": 1}
    consents.drop("products.csv", "sku,price\nA,99\n")
    consents.build()
    assert consents.outcomes("shop.orders") == {"no_consent": 2}
    assert consents.profiles("spent") == [(10,)]
    assert consents.rows("select event_id, total_revenue from events_order") == [("1", 10)]
    assert consents.rows(STATED) == [("a@x.nl", "personalization", False)]
    assert consents.rows("select count(*) from runner.rejects") == [(0,)]


NEWS = """\
- name: {kind}
  kind: import_profiles
  objectives: []
  files: {{news: {{path: "{kind}*.csv"{feed}}}}}{key}
  identify: {{by: [{{email: news.email}}]}}
  map: {{name: news.name, consent.email_marketing: news.optin}}
"""
STOPS = """\
- name: stops
  kind: import_profiles
  objectives: []
  files: {stops: "stops*.csv"}
  identify: {by: [{email: stops.email}]}
  map: {consent.email_marketing: {value: false}}
"""
DUMPS = {
    "dump": ("", ""),
    "full": (", feed: full", ""),
    "keyed": (", feed: full", "\n  key: email"),
}
GOALS_OF_DUMPS = STOPS + "".join(
    NEWS.format(kind=kind, feed=feed, key=key) for kind, (feed, key) in DUMPS.items()
)


def drop_dumps(shop: Workshop, number: str, *rows: str) -> None:
    """Drop a dump of each kind, the same people at an address of its own."""
    for kind in DUMPS:
        lines = "".join(f"{row.format(f'{kind}.nl')}\n" for row in rows)
        shop.drop(f"{kind}{number}.csv", HEAD + lines)


def consents_of_dumps(shop: Workshop) -> list[list[tuple[str, bool]]]:
    """Return the names of people of each kind of dump, and whether they consent."""
    query = (
        "select name, consented from consent join profiles using (profile_id)"
        " where email like '%@{}.nl' order by all"
    )
    return [shop.rows(query.format(kind)) for kind in DUMPS]


def test_withdrawal_outlives_each_version_of_a_dump(consents: Workshop) -> None:
    """Longer, with another value, under another name, and after the goal changed."""
    declare(consents, GOALS_OF_DUMPS)
    drop_dumps(consents, "", "a@{},Ann,yes", "b@{},Bob,no")
    consents.build()
    consents.drop("stops.csv", "email\n" + "".join(f"a@{kind}.nl\n" for kind in DUMPS))
    consents.build()
    drop_dumps(consents, "", "a@{},Ann,yes", "b@{},Bob,yes", "c@{},Cas,yes")
    consents.build()
    left = [("Ann", False), ("Bob", True), ("Cas", True)]
    assert consents_of_dumps(consents) == [left] * 3
    drop_dumps(consents, "", "c@{},Cas,yes", "a@{},Anna,yes", "b@{},Bob,yes")
    drop_dumps(consents, "_2", "a@{},Anna,yes", "b@{},Bob,yes")
    consents.build()
    left[0] = ("Anna", False)
    assert consents_of_dumps(consents) == [left] * 3
    declare(consents, GOALS_OF_DUMPS.replace("news.name", "upper(news.name)"))
    consents.build()
    shouted = [(name.upper(), said) for name, said in left]
    assert consents_of_dumps(consents) == [shouted] * 3
    consents.build("--full-refresh")
    assert consents_of_dumps(consents) == [shouted] * 3
    drop_dumps(consents, "_3", "a@{},Ann Again,yes")
    consents.build()
    assert [people[0] for people in consents_of_dumps(consents)] == [("ANN AGAIN", True)] * 3


LINKED = """\
- name: news
  kind: import_profiles
  files: {news: "news*.csv"}
  identify: {by: [{email: news.email}, {phone: news.phone}], on_conflict: merge}
  map: {name: news.name, consent.email_marketing: news.optin}
- name: stops
  kind: import_profiles
  objectives: []
  files: {stops: "stops*.csv"}
  identify: {by: [{phone: stops.phone}], create_profiles: false}
  map: {consent.email_marketing: {value: false}}
"""


def test_refusal_of_an_unknown_person_counts_when_a_link_to_it_comes(consents: Workshop) -> None:
    """Before and after the profile, and the link, are there."""
    consents.properties("email: {identifier: true}\nphone: {identifier: true}\nname: text")
    declare(consents, LINKED, "[email_marketing]")
    head = "email,phone,name,optin\n"
    consents.drop("news_1.csv", head + "a@x.nl,,Ann,yes\nb@x.nl,,Bob,yes\n")
    consents.drop("stops.csv", "phone\n1\n2\n")
    consents.build()
    assert consents.outcomes("shop.stops") == {"unmatched": 2}
    consents.drop("news_2.csv", head + "a@x.nl,1,Ann,\n,2,Bo,\n")
    consents.build()
    assert consents.outcomes("shop.news") == {"no_consent": 2}
    consents.drop("news_3.csv", head + "b@x.nl,2,Bob,\nc@x.nl,3,Cas,yes\n")
    consents.build()
    stated = "select name, consented from consent join profiles using (profile_id) order by all"
    assert consents.rows(stated) == [("Ann", False), ("Bob", False), ("Cas", True)]
    before = content(consents)
    consents.build("--full-refresh")
    assert content(consents) == before
    consents.drop("news_4.csv", head + ",2,Bob,yes\n")
    consents.build()
    assert consents.rows(stated)[1:3] == [("Bob", True), ("Bob", True)]


def test_rows_without_consent_are_pending_and_applied_when_the_person_consents(
    consents: Workshop,
) -> None:
    """Also where the row named a person whom the profile has by another identifier."""
    consents.properties(
        "email: {identifier: true}\ncard: {identifier: true}\nname: text\nspent: decimal(18,2)"
    )
    orders = """\
- name: orders
  kind: import_profiles
  files: {orders: "orders_*.csv"}
  identify: {by: [{email: orders.email}]}
  map: {spent: {from: orders.amount, strategy: sum}}
"""
    people = PEOPLE.replace("by: [{", "by: [{card: people.card}, {")
    declare(consents, orders + people)
    consents.drop("people_1.csv", "card,email,name,optin\n1,an@x.nl,An,yes\n2,bo@x.nl,Bo,no\n")
    consents.drop("orders_1.csv", "email,amount\nan@x.nl,5\nbo@x.nl,7\nkim@x.nl,9\nli@x.nl,1\n")
    consents.build()
    consents.build()
    assert consents.profiles("name, spent", "name") == [("An", 5)]
    listed = consents.run("rows", "--select", "shop.orders", "--output", "csv").stdout
    assert [line.split(",")[:4] for line in listed.splitlines()[1:]] == [
        ["orders_1.csv", "3", "the person refused", "no_consent"],
        ["orders_1.csv", "4", "the person never consented", "no_consent"],
        ["orders_1.csv", "5", "the person never consented", "no_consent"],
    ]
    assert "Nothing new" in consents.run("build").stdout
    consents.drop("people_2.csv", "card,email,name,optin\n2,bo@x.nl,Bo,yes\n3,kim@x.nl,Kim,yes\n")
    consents.build()
    consents.build()
    assert consents.profiles("name, spent", "name") == [("An", 5), ("Bo", 7), ("Kim", 9)]
    listed = consents.run("rows", "--select", "shop.orders", "--output", "csv").stdout
    assert [line.split(",")[1] for line in listed.splitlines()[1:]] == ["5"]
    assert "Nothing new" in consents.run("build").stdout
