"""`runner scan` shows what a build would find, over SFTP, and changes nothing."""

import json
import shutil
from pathlib import Path

import pytest

from tests.servers.command import LoadedRunner
from tests.servers.sshd import Sshd
from tests.unit.inspect.shop import Shop, make_shop

pytestmark = pytest.mark.any_engine


@pytest.fixture
def shop(tmp_path: Path, sftp_server: Sshd) -> Shop:
    """The small shop, its files on a real server."""
    shop = make_shop(tmp_path)
    shop.edit("type: local\npath: drop\n", ACCESS)
    for path in (shop.drop / "out").iterdir():
        (sftp_server.root / "out").mkdir(exist_ok=True)
        shutil.move(path, sftp_server.root / "out" / path.name)
    return shop


ACCESS = """\
host: "{{ env_var('RUNNER_SFTP_HOST') }}"
port: "{{ env_var('RUNNER_SFTP_PORT') }}"
username: "{{ env_var('RUNNER_SFTP_USER') }}"
authentication: {private_key: "{{ env_var('RUNNER_SFTP_KEY') }}"}
host_key: "{{ env_var('RUNNER_SFTP_HOST_KEY') }}"
"""


def test_files_columns_and_links_are_shown_before_and_after_a_build(
    shop: Shop, sftp_server: Sshd, run_runner: LoadedRunner
) -> None:
    environment = sftp_server.environment()
    first = run_runner(shop.folder, "scan", env=environment)
    assert first.code == 0, first.told
    assert "out/orders_1.csv  " in first.stdout
    assert "  new\n" in first.stdout
    assert "3 columns" not in first.stdout
    assert "2 columns: sku, name" in first.stdout
    assert "partly linked: customer_id = lines.customer_id" in first.stdout
    assert "2 of 3 keys have a partner (66.7 %), in 4 sampled lines" in first.stdout
    assert "To import: 1 main file, " in first.stdout
    assert "3 files, " in first.stdout
    assert "fetched into target/staging" in first.stdout
    names = sorted(path.name for path in (sftp_server.root / "out").iterdir())
    assert names == ["customers.csv", "orders_1.csv", "products.csv"]
    assert not (shop.folder / "target/warehouse.duckdb").exists()
    assert run_runner(shop.folder, "build", env=environment).code == 0
    second = run_runner(shop.folder, "scan", env=environment)
    assert "To import: 0 main files, 0 B (1 imported before)" in second.stdout
    assert "no file had to be fetched" in second.stdout


def test_json_holds_the_same(shop: Shop, sftp_server: Sshd, run_runner: LoadedRunner) -> None:
    shop.edit("{sku: lines.sku}", "{sku: lines.order_id}")
    ended = run_runner(shop.folder, "scan", "--json", env=sftp_server.environment())
    found = json.loads(ended.stdout)
    goal = found["goals"][0]
    assert (found["exit_code"], goal["kind"], goal["name"]) == (0, "import", "shop.orders")
    assert goal["sources"][0]["files"][0]["path"] == "out/orders_1.csv"
    assert goal["sources"][2]["link"]["status"] == "not linked"
    assert ended.stderr == ""


def test_link_that_finds_nothing_is_red_on_a_terminal_and_loud_without(
    shop: Shop, sftp_server: Sshd, run_runner: LoadedRunner
) -> None:
    shop.edit("{sku: lines.sku}", "{sku: lines.order_id}")
    ended = run_runner(shop.folder, "scan", "orders", env=sftp_server.environment())
    assert "NOT LINKED: sku = lines.order_id" in ended.stdout
    assert "keys here: 'A', 'B'" in ended.stdout
    assert "Links: 1 partly linked, 1 not linked" in ended.stdout


def test_mistakes_are_reported_and_the_other_goals_go_on(
    shop: Shop, sftp_server: Sshd, run_runner: LoadedRunner
) -> None:
    shop.edit("{sku: lines.sku}", "{sku: lines.skuu}")
    shop.edit("born: customers.born", "born: customers.bron")
    ended = run_runner(shop.folder, "scan", env=sftp_server.environment())
    assert ended.code == 2
    assert ended.stdout.count("'skuu'. Did you mean 'sku'?") == 1
    assert "connections/shop.yml:" in ended.stdout
    assert "'bron'. Did you mean 'born'?" in ended.stdout
    assert "sends vip.csv to in" in ended.stdout


def test_server_that_is_not_reached_ends_with_4_b6(
    shop: Shop, sftp_server: Sshd, run_runner: LoadedRunner
) -> None:
    shop.edit("host_key:", "retries: 0\nhost_key:")
    environment = {**sftp_server.environment(), "RUNNER_SFTP_HOST_KEY": ""}
    ended = run_runner(shop.folder, "scan", env=environment)
    assert ended.code == 4
    assert ended.stdout.count("is unknown") == 1
    assert "shop.vip  fails as shop.orders does" in ended.stdout


def test_selector_of_nothing_ends_with_2(shop: Shop, run_runner: LoadedRunner) -> None:
    ended = run_runner(shop.folder, "scan", "order")
    assert ended.code == 2
    assert "Did you mean 'orders'?" in ended.stderr
