"""`runner rollback`: back to an earlier warehouse, with nothing lost (B5)."""

from pathlib import Path

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

GOAL = """\
- name: orders
  kind: import_profiles
  files: {orders: orders_*.csv}
  done_suffix: true
  identify: {by: [{id: orders.customer}]}
  map: {spent: {from: orders.amount, strategy: sum}}
"""


@pytest.fixture(scope="module")
def built_shop(shared_shop: Workshop) -> Workshop:
    shared_shop.properties("id: {identifier: true}\nspent: decimal\n")
    shared_shop.goals(GOAL)
    for number in (1, 2, 3):
        shared_shop.drop(f"orders_{number}.csv", f"number,customer,amount\n{number},x,{number}\n")
        shared_shop.build()
    assert spent(shared_shop) == 6
    return shared_shop


@pytest.fixture
def orders(built_shop: Workshop, tmp_path: Path) -> Workshop:
    return built_shop.copied(tmp_path / "shop")


def spent(shop: Workshop) -> object:
    return shop.rows("select spent from profiles")[0][0]


def kept(shop: Workshop) -> list[str]:
    return shop.run("rollback", "--list").stdout.split()


def test_earlier_warehouse_is_published_and_the_next_build_goes_on(orders: Workshop) -> None:
    newest, _ = kept(orders)
    before = orders.profiles()
    ended = orders.run("rollback")
    assert ended.code == 0, ended.told
    assert f"The warehouse of build {newest} is published." in ended.stdout
    assert "The next build imports 1 file again:\n  shop.orders  orders_3.csv" in ended.stdout
    assert spent(orders) == 3
    # The partner's file has been renamed to .done: it comes from its staged copy.
    orders.build()
    assert orders.profiles() == before
    assert "Nothing new" in orders.run("build").stdout
    orders.build("--full-refresh")
    assert orders.profiles() == before


def test_one_can_return_to_what_was_rolled_back(orders: Workshop) -> None:
    published = orders.rows("select build_id from runner.published")[0][0]
    _, oldest = kept(orders)
    assert "imports 2 files again" in orders.run("rollback", oldest).stdout
    assert spent(orders) == 1
    assert f"runner rollback {oldest}" in orders.run("rollback", published).stdout
    assert spent(orders) == 6
    assert "Nothing new" in orders.run("build").stdout


def test_two_rollbacks_forget_no_file(orders: Workshop) -> None:
    orders.run("rollback")
    _, oldest = kept(orders)
    assert "imports 2 files again" in orders.run("rollback", oldest).stdout
    orders.build()
    assert spent(orders) == 6


def test_undo_after_a_rollback_forgets_no_file(orders: Workshop) -> None:
    orders.run("rollback")
    orders.run("undo", "orders_1.csv")
    assert spent(orders) == 2
    # Gone from the server, renamed to .done: the rollback's mark outlives the undo.
    orders.build()
    assert spent(orders) == 5


def test_build_that_is_not_kept_is_an_error_that_names_those_that_are(orders: Workshop) -> None:
    ended = orders.run("rollback", "20200101T000000000Z")
    assert ended.code == 2
    for build_id in kept(orders):
        assert build_id in ended.told
    assert spent(orders) == 6


def test_nothing_kept(shop: Workshop) -> None:
    assert shop.run("rollback", "--list").stdout == ""
    ended = shop.run("rollback")
    assert (ended.code, "no earlier warehouse is kept" in ended.told) == (2, True)


def test_state_is_that_of_the_warehouse_that_is_published(orders: Workshop) -> None:
    assert orders.run("ls", "--state").stdout == "shop.orders  unchanged\n"
    orders.goals(GOAL.replace("orders.amount,", "orders.number,"))
    orders.build()
    assert orders.run("ls", "--state").stdout == "shop.orders  unchanged\n"
    orders.run("rollback")
    # The definition is younger than the warehouse; what it would change is told again.
    assert orders.run("ls", "--state").stdout == (
        "shop.orders  modified, imported again:\n"
        "  `map.spent` changed (connections/shop.yml:10:18)\n"
    )
    orders.goals(GOAL)
    assert orders.run("ls", "--state").stdout == "shop.orders  unchanged\n"
    orders.run("rollback", kept(orders)[-1])
    told = "shop.orders  unchanged; 1 file that a rollback undid will be imported again\n"
    assert orders.run("ls", "--state").stdout == told
    orders.build()
    assert orders.run("ls", "--state").stdout == "shop.orders  unchanged\n"
    assert spent(orders) == 6
