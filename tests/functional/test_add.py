"""From files to profiles by proposals alone, without an edit."""

import pytest

from tests.functional.workshop import Workshop
from tests.unit.propose.foreign_files import FILES
from tests.unit.propose.test_proposal import CUSTOMERS, ORDERS

pytestmark = pytest.mark.any_engine

TRIED = (
    *("dutch.csv", "german.csv", "utf16.csv", "noheader.csv", "backslash.csv"),
    *("nulls.csv", "trailing.csv", "odd_names.csv"),
)


@pytest.fixture
def given(tmp_path, run_runner) -> Workshop:
    """A folder with files, and no project."""
    shop = Workshop(tmp_path, run_runner)
    shop.write("given/orders.csv", ORDERS)
    shop.write("given/customers.csv", CUSTOMERS)
    return shop


def test_files_become_profiles_by_proposals_alone(given):
    ended = given.run("init", "shop", "--from", "given/orders.csv", "--from", "given/customers.csv")
    assert ended.code == 0, ended.told
    assert "profiles are found by customer_id, email" in ended.stdout
    assert "runner preview given.orders" in ended.stdout
    shop = Workshop(given.folder / "shop", given.runner)
    schema = shop.folder / "connections" / "../target/schema/connection.json"
    assert schema.is_file()
    for foreign in FILES:
        if foreign.name in TRIED:
            foreign.write(given.folder / "given")
            ended = shop.run("add", f"../given/{foreign.name}")
            assert ended.code == 0, ended.told
    shop.build()
    found = shop.rows("select email, amount from profiles where customer_id = '19'")
    assert found == [("c19@x.example", 59.5)]
    nodes = shop.results()
    assert len(nodes) == 1 + len(TRIED)
    assert not [name for name, node in nodes.items() if node["rejects"]]
    spent = shop.rows(
        "select omzet, geboortedatum::text from profiles where klantnummer = 'K00002'"
    )
    assert [tuple(map(str, row)) for row in spent] == [("2.12", "2020-03-15")]


def test_files_that_a_connection_declares_are_named_where_they_find_partners(given):
    shop = Workshop(given.folder, given.runner)
    given.run("init", "--empty")
    shop.run("add", "given/customers.csv", "--goal", "people")
    told = shop.run("add", "given/orders.csv").stdout
    join = "customers: {path: customers.csv, join: {id: orders.customer_id}}"
    assert "customers.csv of given.people can be joined here: 20 of 20 values of" in told
    assert f"add below `files`: {join}" in told
    shop.write("given/prices.csv", "sku;price\n" + "".join(f"S{n};{n},5\n" for n in range(9)))
    printed = " ".join(shop.run("add", "given/prices.csv", "--print").stdout.split())
    joined = 'prices: {path: prices.csv, join: {sku: orders.sku}, format: {separator: ";", decimal:'
    assert f"there, below `files`: {joined}" in printed.replace("# ", "")


def test_proposal_is_printed_and_peek_needs_no_project(given):
    assert given.run("init", "--empty").code == 0
    printed = given.run("add", "given/orders.csv", "--print")
    assert "- name: orders" in printed.stdout
    assert "customer_id:" in printed.stdout
    assert not (given.folder / "connections").exists()
    shown = given.run("peek", "given/customers.csv").stdout
    assert "x9@x.xxxxxxx" in shown
    assert "20 records in 21 lines" in shown
    stated = given.run("peek", "given/customers.csv", "--format", "{separator: ';'}", "--show-pii")
    assert "1,c1@x.example,Rome" in stated.stdout
    wrong = given.run("peek", "given/customers.csv", "--format", "{separater: ';'}")
    assert "Did you mean 'separator'?" in wrong.stderr


def test_mistake_of_the_project_is_told_before_anything_is_written(given):
    assert given.run("add", "given/orders.csv").code == 2
    assert given.run("init", "--empty").code == 0
    assert given.run("init", "--empty").code == 2
    assert given.run("add", "given/none.csv").code == 2
    assert not (given.folder / "connections").exists()


def test_file_of_a_server_is_added_by_its_connection(given, sftp_server):
    """A pattern on the server: its files are fetched to be looked at."""
    (sftp_server.root / "out").mkdir(exist_ok=True)
    for number in (1, 2):
        (sftp_server.root / f"out/orders_{number}.csv").write_text(ORDERS)
    given.run("init", "--empty")
    given.write("connections/webshop.yml", CONNECTION)
    shop = Workshop(given.folder, given.runner, sftp_server.environment())
    ended = shop.run("add", "out/orders_*.csv", "--connection", "webshop")
    assert ended.code == 0, ended.told
    text = (given.folder / "connections/webshop.yml").read_text()
    assert "orders: {path: out/orders_*.csv}" in text
    assert "# 2 files: " in text


CONNECTION = """\
connection: webshop
type: sftp
host: "{{ env_var('RUNNER_SFTP_HOST') }}"
port: "{{ env_var('RUNNER_SFTP_PORT') }}"
username: "{{ env_var('RUNNER_SFTP_USER') }}"
authentication:
  private_key: "{{ env_var('RUNNER_SFTP_KEY') }}"
host_key: "{{ env_var('RUNNER_SFTP_HOST_KEY') }}"
goals: []
"""
