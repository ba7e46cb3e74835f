"""What is proposed for files of many kinds: nothing is read wrongly without saying so."""

import pytest
import yaml

from runner.definitions.profile_property import Property
from runner.errors import StageError
from runner.propose.goal_proposal import propose
from runner.propose.goal_yaml import goal_yaml, properties_yaml
from tests.unit.propose.foreign_files import FILES, lines


def plain(text):
    return " ".join(text.replace("\n", " ").replace("#", " ").split())


@pytest.mark.parametrize("foreign", FILES, ids=lambda item: item.name)
def test_file_is_proposed_as_it_is_written(foreign, tmp_path):
    proposal = propose([([foreign.write(tmp_path)], foreign.name)])
    text = goal_yaml(proposal)
    goal = yaml.safe_load(text)[0]
    stated = {key: yaml.safe_load(value) for key, value in foreign.format.items()}
    assert goal.get("format", {}) == stated
    types = {column.name: column.type for _, column in proposal.mapped()}
    assert {name: kind for name, kind in types.items() if kind != "text"} == foreign.types
    assert [column.name for _, column in proposal.identifiers] == [*foreign.identifiers]
    for words in foreign.said:
        assert words in plain(text), text
    properties = yaml.safe_load(properties_yaml(proposal))
    assert {*properties} == {*types, *filter(None, [proposal.record_id])}


ORDERS = lines("order_id,customer_id,sku,amount", lambda n: f"O{n},{n % 20},S{n % 9},{n}.50")
CUSTOMERS = "id,email,city\n" + "".join(f"{n},c{n}@x.example,Rome\n" for n in range(20))
PRODUCTS = "sku,city\n" + "".join(f"S{n},Delft\n" for n in range(9))


def written(folder, **texts):
    paths = []
    for name, text in texts.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        paths.append(([path], path.name))
    return paths


def test_other_files_are_joined_where_their_values_find_partners(tmp_path):
    files = written(
        tmp_path, orders=ORDERS, products=PRODUCTS, customers=CUSTOMERS, other="x,y\n1,2\n"
    )
    proposal = propose(files)
    goal = yaml.safe_load(goal_yaml(proposal))[0]
    joins = {name: source.get("join") for name, source in goal["files"].items()}
    assert joins == {
        "orders": None,
        "products": {"sku": "orders.sku"},
        "customers": {"id": "orders.customer_id"},
    }
    assert "20 of 20 values of orders.customer_id have a partner" in goal_yaml(proposal)
    assert goal["identify"]["by"] == [
        {"customer_id": "orders.customer_id"},
        {"email": "customers.email"},
    ]
    # Properties of two files do not share a name.
    assert goal["map"]["city"] == "products.city"
    assert goal["map"]["customers_city"] == "customers.city"
    assert proposal.unlinked == ["other.csv"]


def test_key_that_every_file_has_links_only_the_file_that_a_column_names(tmp_path):
    """Numbers from 1 up are in every file: `order_id` has partners among customers too."""
    payments = lines("id,order_id,amount", lambda n: f"{n},{n % 50 + 1},5")
    orders = lines("id,user_id,status", lambda n: f"{n},{n % 20 + 1},done")
    customers = lines("id,first_name", lambda n: f"{n},Jan")
    proposal = propose(
        written(tmp_path, raw_payments=payments, raw_customers=customers, raw_orders=orders)
    )
    joins = {source.name: source.link and source.link.other for source in proposal.sources}
    assert joins == {
        "raw_payments": None,
        "raw_orders": "raw_payments.order_id",
        "raw_customers": "raw_orders.user_id",
    }
    assert "a value of user_id has 3.0 lines" in plain(goal_yaml(proposal))


def test_files_of_a_pattern_are_read_as_one(tmp_path):
    (one, _), (two, _), (odd, _) = (
        pair
        for pair in written(
            tmp_path,
            o_1="id,email,n\n1,a@x.nl,5\n",
            o_2="id,email,n\n2,b@x.nl,1.5\n",
            o_3="id;email\n1;c@x.nl\n",
        )
    )
    proposal = propose([([*one, *two, *odd], "o_*.csv")])
    types = {column.name: column.type for _, column in proposal.mapped()}
    assert types["n"] == "decimal(18,2)"
    text = plain(goal_yaml(proposal))
    assert "2 files: " in text
    assert "o_3.csv is written in another way, and was not read" in text


def test_property_that_is_there_is_filled_where_it_means_the_same(tmp_path):
    known = {
        "email": Property(identifier=True),
        "first_name": Property(),
        "amount": Property(),
        "city": Property(),
    }
    text = "email,first_name,amount,city\na@x.nl,An,5,Rome\nb@x.nl,Bo,6,Gent\n"
    proposal = propose(written(tmp_path, people=text), known=known, goals=["people"])
    assert proposal.name == "import_people"
    names = [column.name for _, column in proposal.mapped()]
    assert names == ["email", "first_name", "people_amount", "people_city"]
    assert {*yaml.safe_load(properties_yaml(proposal, known))} == {"people_amount", "people_city"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<html><body>404</body></html>", "this is HTML or XML, not a table"),
        ('[{"id": 1}]', "this is JSON, not a table"),
        ("", "it has no line to find a format by"),
        ("id,email\n", "it has no record with a value"),
        ("id,email\n,\n", "it has no record with a value"),
    ],
)
def test_file_that_is_no_table_is_refused(text, said, tmp_path):
    with pytest.raises(StageError, match=said):
        propose(written(tmp_path, people=text))


def test_values_that_mean_nobody_are_ignored_by_their_property(tmp_path):
    rows = "".join(f"{n if n % 3 else 'NULL'},Rome\n" for n in range(9))
    proposal = propose(written(tmp_path, people=f"customer_id,city\n{rows}"))
    properties = yaml.safe_load(properties_yaml(proposal))
    assert properties["customer_id"]["ignore"] == ["NULL"]


def test_files_without_an_identifier_have_each_their_own_hash(tmp_path):
    text = "species,length\n" + "".join(f"Adelie,{n % 3}.5\n" for n in range(9))
    files = written(tmp_path, penguins=text)
    first, second = propose(files), propose(files, known={"record_id": Property(identifier=True)})
    assert (first.record_id, second.record_id) == ("record_id", "penguins_record_id")
