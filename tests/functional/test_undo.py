"""`runner undo`: a file is taken out as if it had never come (P6, F5)."""

from pathlib import Path

import pytest

from tests.functional.workshop import Workshop, new_workshop
from tests.servers.command import LoadedRunner

pytestmark = pytest.mark.any_engine

PROPERTIES = """\
id: {identifier: true}
email: {identifier: true}
city: text
spent: decimal
seen: {multi: true}
home: {group: house}
"""
GOALS = """\
- name: orders
  kind: import_profiles
  files:
    orders: orders_*.csv
    shops: {path: shops.csv, join: {shop: orders.shop}}
  done_suffix: true
  identify: {by: [{id: orders.id}, {email: orders.email}]}
  map:
    city: shops.city
    spent: {from: orders.amount, strategy: sum}
    seen: {from: orders.shop, strategy: add}
    home: orders.home
  events:
    - type: order
      id: orders.number
      at: orders.at
      properties: {total_revenue: orders.amount}
      nested: {product: {id: orders.shop}}
      product_store: true
- name: lines
  kind: import_profiles
  files: {orders: orders_*.csv}
  identify: {by: [{id: orders.id}], create_profiles: false}
  map: {city: {from: orders.home, strategy: set_if_empty}}
- name: houses
  kind: import_groups
  group_type: house
  files: {orders: houses_*.csv}
  identify: {by: [{code: orders.code}]}
  map: {size: {from: orders.size, strategy: sum}}
"""
HEADER = "number,id,email,shop,amount,at,home\n"
ORDERS = {
    "orders_1.csv": "1,a,a@x.nl,s1,2.50,2025-01-01 10:00:00,h1\n2,b,b@x.nl,s2,4,2025-01-02,h2\n",
    "orders_2.csv": "3,a,,s2,100,2025-01-03 10:00:00,h2\n4,c,c@x.nl,s1,7,2025-01-04 10:00:00,\n"
    "1,b,,s1,9,2025-01-05 10:00:00,h3\n",
    "orders_3.csv": "5,c,,s2,1,2025-01-06 10:00:00,h1\n2,b,b@x.nl,s2,4,2025-01-02,h2\n",
}
TABLES = (
    "profiles", "events_order", "events_order_product", "products", "groups_house",
    "profile_groups", "runner.identifiers",
)  # fmt: skip
SUMS = "select goal, profile_id, properties, amounts from runner.sums order by all"


def new_shop(folder: Path, runner: LoadedRunner) -> Workshop:
    shop = new_workshop(folder, runner)
    shop.properties(PROPERTIES)
    shop.write("models/groups/house.yml", "properties:\n  code: {identifier: true}\n"
               "  size: integer\n")  # fmt: skip
    shop.goals(GOALS)
    shop.drop("shops.csv", "shop,city\ns1,Delft\ns2,Breda\n", 1_600_000_000)
    return shop


def bring(shop: Workshop, left_out: str = "") -> None:
    """Drop files, a build for each; each has its own time, whatever comes before it."""
    for name in ORDERS:
        moment = 1_700_000_000 + 60 * int(name[7])
        if name != left_out:
            shop.drop(name, HEADER + ORDERS[name], moment)
        shop.drop(name.replace("orders", "houses"), f"code,size\nh1,{name[7]}\n", moment)
        shop.build()


def contents(shop: Workshop) -> dict[str, object]:
    """Return all that a file can have left in the warehouse."""
    found: dict[str, object] = {
        table: shop.rows(f"select * from {table} order by all") for table in TABLES
    }
    return found | {
        "sums": shop.rows(SUMS),
        "rows": shop.rows("select goal, row_hash, profile_id from runner.rows order by all"),
        "files": shop.rows("select distinct goal, path, sha256 from runner.files order by all"),
    }


@pytest.fixture(scope="module")
def built_shop(tmp_path_factory: pytest.TempPathFactory, run_runner: LoadedRunner) -> Workshop:
    shop = new_shop(tmp_path_factory.mktemp("built") / "shop", run_runner)
    bring(shop)
    return shop


@pytest.fixture
def orders(built_shop: Workshop, tmp_path: Path) -> Workshop:
    return built_shop.copied(tmp_path / "shop")


def without(folder: Path, runner: LoadedRunner) -> dict[str, object]:
    """Return what the warehouse is like where the second file never came."""
    other = new_shop(folder, runner)
    bring(other, "orders_2.csv")
    return contents(other)


def undo(shop: Workshop, *arguments: str) -> str:
    ended = shop.run("undo", *arguments)
    assert ended.code == 0, ended.told
    return ended.stdout


def test_warehouse_is_as_if_the_file_had_never_come(
    orders: Workshop, tmp_path: Path, run_runner: LoadedRunner
) -> None:
    before = contents(orders)
    told = undo(orders, "orders_2.csv", "--dry-run")
    assert "Would undo:\n  shop.orders  orders_2.csv" in told
    assert "7 other imports would be replayed" in told
    assert contents(orders) == before
    told = undo(orders, "orders_2.csv")
    assert "Undoing:\n  shop.orders  orders_2.csv  " in told
    assert "  shop.lines  orders_2.csv  " in told
    assert "7 other imports are replayed from the staged files." in told
    expected = without(tmp_path / "other", run_runner)
    assert contents(orders) == expected
    # The next builds leave it out, and so does a warehouse that is made anew.
    assert "Nothing new" in orders.run("build").stdout
    assert contents(orders) == expected
    assert orders.run("scan", "lines").stdout.count("undone") == 0
    # Also where the warehouse is lost, and only the history tells of it.
    orders.warehouse.unlink()
    orders.build("--full-refresh")
    assert contents(orders) == expected
    assert "is undone already" in orders.run("undo", "orders_2.csv").told
    assert "'orders_1.csv' is not undone" in orders.run("redo", "orders_1.csv").told
    assert "no such file: 'orders_22.csv'" in orders.run("redo", "orders_22.csv").told
    check_redo(orders, before["sums"])


def check_redo(orders: Workshop, sums: object) -> None:
    """What was undone comes back, from its staged copy, also where the warehouse is lost."""
    assert orders.rows(SUMS) != sums
    ended = orders.run("redo", "orders_2.csv")
    assert (ended.code, ended.stdout) == (
        0,
        "The next build imports 2 files again:\n  shop.lines  orders_2.csv\n"
        "  shop.orders  orders_2.csv\n",
    )
    orders.build()
    assert orders.rows(SUMS) == sums
    assert "Nothing new" in orders.run("build").stdout
    assert orders.rows("select count(*) from runner.undone") == [(0,)]
    orders.warehouse.unlink()
    orders.build("--full-refresh")
    assert orders.rows(SUMS) == sums


def test_names_are_found_or_refused_with_the_nearest(built_shop: Workshop) -> None:
    for arguments, told in {
        ("orders_22.csv",): "no such file: 'orders_22.csv'. Did you mean 'orders_",
        ("shops.csv",): "'shops.csv' is joined to the rows of other files",
        ("orders_2.csv", "--goal", "houses"): "no such file of 'houses': 'orders_2.csv'",
    }.items():
        ended = built_shop.run("undo", *arguments)
        assert (ended.code, told in ended.told) == (2, True), ended.told


def test_one_goal_alone_lets_go_of_a_file_and_a_rollback_knows_of_it(orders: Workshop) -> None:
    before = contents(orders)
    undo(orders, "orders_2.csv", "--goal", "lines")
    assert orders.rows(SUMS) == before["sums"]
    assert orders.rows("select goal, path from runner.undone") == [("shop.lines", "orders_2.csv")]
    # Back to a warehouse that holds the file: it is imported, and no longer undone.
    orders.run("rollback")
    assert contents(orders) == before
    assert orders.rows("select count(*) from runner.undone") == [(0,)]
    orders.build("--full-refresh")
    assert contents(orders) == before


def test_file_on_the_server_is_left_alone_until_its_content_changes(shop: Workshop) -> None:
    shop.properties("id: {identifier: true}\nspent: decimal\n")
    shop.goals("""\
        - name: orders
          kind: import_profiles
          files: {orders: orders_*.csv}
          identify: {by: [{id: orders.id}]}
          map: {spent: {from: orders.amount, strategy: sum}}
        """)  # fmt: skip
    shop.drop("orders_1.csv", "id,amount\na,1\n")
    shop.build()
    shop.drop("orders_2.csv", "id,amount\na,2\n")
    shop.build()
    undo(shop, "orders_2.csv")
    assert shop.profiles("spent::int") == [(1,)]
    assert "undone" in shop.run("scan").stdout
    assert "Nothing new" in shop.run("build").stdout
    # The same content under another time is still the file that was taken out.
    shop.drop("orders_2.csv", "id,amount\na,2\n")
    assert "Nothing new" in shop.run("build").stdout
    # A changed definition imports the others again, and not this one.
    shop.goals("""\
        - name: orders
          kind: import_profiles
          files: {orders: orders_*.csv}
          identify: {by: [{id: orders.id}]}
          map: {spent: {from: "cast(orders.amount as int) * 10", strategy: sum}}
        """)  # fmt: skip
    shop.build()
    assert shop.profiles("spent::int") == [(10,)]
    shop.drop("orders_2.csv", "id,amount\na,3\n")
    shop.build()
    assert shop.profiles("spent::int") == [(40,)]
    shop.build("--full-refresh")
    assert shop.profiles("spent::int") == [(40,)]
    # Of a path with several contents, the last one goes, then the one before.
    undo(shop, "orders_2.csv")
    assert shop.profiles("spent::int") == [(10,)]


def test_same_name_in_two_places_is_not_guessed(shop: Workshop) -> None:
    goal = """\
        - name: {0}
          kind: import_profiles
          files: {{people: {0}/people.csv}}
          identify: {{by: [{{id: people.id}}]}}
        """
    shop.properties("id: {identifier: true}\n")
    shop.goals(goal.format("a"), "one")
    shop.goals(goal.format("b"), "two")
    shop.drop("a/people.csv", "id\n1\n")
    shop.drop("b/people.csv", "id\n2\n")
    shop.build()
    ended = shop.run("undo", "people.csv")
    assert ended.code == 2
    assert "several files are called 'people.csv': one.a: a/people.csv, two.b: b/people" in (
        ended.told
    )
    undo(shop, "people.csv", "--goal", "one")
    assert shop.profiles("id") == [("2",)]


def test_nothing_is_lost_where_a_goal_cannot_be_replayed(orders: Workshop) -> None:
    before = contents(orders)
    orders.goals(GOALS.replace("from: orders.size", "from: orders.height"))
    ended = orders.run("undo", "orders_2.csv")
    assert ended.code == 1
    assert "nothing is published: what shop.houses gave would be lost" in ended.told
    assert contents(orders) == before
    orders.goals(GOALS.split("- name: houses")[0])
    ended = orders.run("undo", "orders_2.csv")
    assert ended.code == 2
    assert "what shop.houses imported would be lost" in ended.told


def test_failing_test_keeps_the_file_in(orders: Workshop) -> None:
    before = contents(orders)
    orders.write("tests/assert_spent.sql", "select 1 where (select sum(spent) from "
                 "{{ ref('profiles') }}) < 100\n")  # fmt: skip
    assert orders.run("undo", "orders_2.csv").code == 1
    assert contents(orders) == before
    assert orders.rows("select count(*) from runner.undone") == [(0,)]


def test_rollback_to_before_the_file_came_leaves_it_out(shop: Workshop) -> None:
    shop.properties("id: {identifier: true}\n")
    shop.goals("""\
        - name: people
          kind: import_profiles
          files: {people: people_*.csv}
          identify: {by: [{id: people.id}]}
        """)  # fmt: skip
    for number in (1, 2):
        shop.drop(f"people_{number}.csv", f"id\n{number}\n")
        shop.build()
    undo(shop, "people_2.csv")
    oldest = shop.run("rollback", "--list").stdout.split()[-1]
    assert shop.run("rollback", oldest).code == 0
    assert "Nothing new" in shop.run("build").stdout
    assert shop.profiles("id") == [("1",)]
