"""Steps of `process` in Python, over Arrow batches (R4)."""

import pytest

from tests.functional.workshop import Workshop

GOAL = """\
- name: clients
  kind: import_profiles
  files: {clients: "clients_*.csv"}
  process:
    - drop: "clients.id = 'test'"
    - python: processors.addresses:split
      from: [clients.address, upper(clients.city)]
      into: [street, number, city]
    - set: {place: "street || ', ' || city"}
  identify: {by: [{client: clients.id}]}
  map: {street: street, number: number, place: place}
"""
MODULE = '''\
"""Addresses taken apart."""

import pyarrow.compute as pc

from processors.words import shorter


def split(rows):
    address = rows["clients.address"].to_pylist()
    parts = [text.rpartition(" ") if text else (None, "", None) for text in address]
    return {
        "street": [shorter(street) for street, _, _ in parts],
        "number": [int(number) if number else None for _, _, number in parts],
        "city": pc.utf8_lower(rows["upper(clients.city)"]),
    }
'''
WORDS = """\
def shorter(street):
    return street and street.replace("straat", "str.")
"""


@pytest.fixture
def clients(shop: Workshop) -> Workshop:
    shop.properties("client: {identifier: true}\nstreet: text\nnumber: integer\nplace: text")
    shop.goals(GOAL)
    shop.write("processors/addresses.py", MODULE)
    shop.write("processors/words.py", WORDS)
    shop.drop(
        "clients_1.csv",
        "id,address,city\n1,Kerkstraat 12,Delft\n2,,Gouda\ntest,x,y\n3,Markt 1,Delft\n",
    )
    return shop


@pytest.mark.both_engines
def test_a_function_makes_columns_of_columns_of_new_rows(clients: Workshop) -> None:
    clients.build()
    assert clients.profiles("client, street, number, place") == [
        ("1", "Kerkstr.", 12, "Kerkstr., delft"),
        ("2", None, None, None),
        ("3", "Markt", 1, "Markt, delft"),
    ]
    assert clients.outcomes("shop.clients") == {"created": 3, "filtered": 1}
    assert clients.build()["shop.clients"]["files"] == []
    # Only new rows are given to it.
    clients.drop("clients_2.csv", "id,address,city\n1,Kerkstraat 12,Delft\n4,Plein 9,Ede\n")
    clients.write("processors/words.py", 'def shorter(street):\n    return "seen"\n')
    clients.build()
    streets = [("1", "Kerkstr."), ("2", None), ("3", "Markt"), ("4", "seen")]
    assert clients.profiles("client, street") == streets
    # One that changed imports the files again.
    clients.write("processors/addresses.py", MODULE.replace("utf8_lower", "utf8_upper"))
    clients.build()
    assert clients.profiles("client, place")[0] == ("1", "seen, DELFT")
    before = clients.profiles()
    clients.build("--full-refresh")
    assert clients.profiles() == before


def test_preview_shows_what_it_makes(clients: Workshop) -> None:
    shown = clients.run("preview", "shop.clients", "--show-pii")
    assert shown.code == 0, shown.told
    assert "Kerkstr." in shown.told
    assert "drop: clients.id = 'test'" in shown.told


@pytest.mark.both_engines
def test_what_it_says_of_a_person_is_not_shown(clients: Workshop) -> None:
    clients.drop("clients_2.csv", "id,address,city\n5,Kerkstraat 12bis,Delft\n")
    all_ended = [clients.run("build")]
    if clients.twin is not None:
        all_ended.append(clients.twin.run(clients.runner, "build"))
    for ended in all_ended:
        assert ended.code == 1
        assert "processors.addresses:split: it raised: ValueError" in ended.told
        assert "at processors/addresses.py:13:" in ended.told
        assert "12bis" not in ended.told
    assert clients.profiles() == []


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("None", "it gave a NoneType; expected a RecordBatch or a dict"),
        ("{'street': [None] * len(rows)}", "it gave the columns street; `into` names street, nu"),
        (
            "{'street': ['a'], 'number': rows[0], 'city': rows[0]}",
            "it was given 3 rows, and gave 1 value of `street`",
        ),
    ],
)
def test_an_answer_that_does_not_fit_fails_the_goal(
    clients: Workshop, answer: str, message: str
) -> None:
    clients.write("processors/addresses.py", f"def split(rows):\n    return {answer}\n")
    ended = clients.run("build")
    assert ended.code == 1
    assert message in ended.told
    assert clients.profiles() == []


@pytest.mark.any_engine
def test_a_module_that_cannot_be_loaded_is_reported(clients: Workshop) -> None:
    clients.write("processors/words.py", "import no_such_thing\n")
    ended = clients.run("build")
    assert ended.code == 1
    assert "it cannot be loaded: ModuleNotFoundError at processors/words.py:1" in ended.told
    assert "No module named 'no_such_thing'" in ended.told


@pytest.mark.any_engine
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("addresses:split", "adresses:split", "there is no file processors/adresses.py in the pro"),
        ("addresses:split", "addresses:splitt", "has no function 'splitt'. Did you mean 'split'?"),
        ("addresses:split", "addresses.split", "expected `module:function`"),
        ("  into: [street, number, city]", "", "`python` needs `from`"),
        ("from: [clients.address,", "from: [clients.adress,", "has no column 'adress'. Did you"),
        ("into: [street,", "into: [row_hash,", "`row_hash` is a column of runner itself"),
        ("into: [street,", "into: [City,", "`into` names a column twice"),
        ("- drop:", "- into: [x]\n      drop:", "`from` and `into` belong to a `python` step"),
    ],
)
def test_mistakes_are_reported_where_they_are(
    clients: Workshop, old: str, new: str, message: str
) -> None:
    clients.goals(GOAL.replace(old, new))
    ended = clients.run("build")
    assert ended.code in (1, 2)
    assert "connections/shop.yml:" in ended.told
    assert message in ended.told


@pytest.mark.any_engine
def test_a_mistake_in_the_module_is_reported_before_anything_runs(clients: Workshop) -> None:
    clients.write("processors/addresses.py", "def split(rows:\n    return 1\n")
    ended = clients.run("compile")
    assert ended.code == 2
    assert "processors/addresses.py:1:" in ended.told


def test_a_condition_that_deletes_stands_in_a_preview(shop: Workshop) -> None:
    shop.properties("client: {identifier: true}\nspent: decimal")
    shop.goals("""\
        - name: clients
          kind: import_profiles
          files: {clients: clients.csv}
          key: id
          deleted_when: "gone = '1'"
          identify: {by: [{client: client}]}
          map: {spent: {from: spent, strategy: sum}}
        """)
    shop.drop("clients.csv", "id,client,spent,gone\n1,a,10,\n2,a,11,1\n")
    shown = shop.run("preview", "shop.clients")
    assert shown.code == 0, shown.told
    assert "deleted_when: gone = '1'" in shown.told
