"""`runner preview` shows first rows, and changes nothing."""

from pathlib import Path

import pytest

from tests.servers.command import LoadedRunner
from tests.unit.inspect.shop import Shop, make_shop

pytestmark = pytest.mark.any_engine


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return make_shop(tmp_path)


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_files_rows_and_values_are_shown(shop: Shop, run_runner: LoadedRunner) -> None:
    before = shop.content()
    ended = run_runner(shop.folder, "preview", "shop.orders", "--show-pii")
    assert ended.code == 0, ended.told
    told = lines(ended.stdout)
    assert "out/orders_1.csv 4 records" in told
    assert "column line 2 line 3 line 4 line 5" in told
    assert "customers joined joined joined no partner" in told
    assert "set email ann@example.org ann@example.org – –" in told
    assert "row kept kept FILTERED kept" in told
    assert "line 4 is filtered by drop: lines.status = 'test'" in told
    assert "spent decimal(18,2) 1,50 → 1.5 2,25 → 2.25 3,00 → 3" in told
    assert "ordered_at datetime 2024-02-01 09:00:00 UTC 2024-02-02 10:30:00 UTC –" in told
    assert "read from 01-02-2024 10:00 02-02-2024 11:30 31-02-2024 12:00" in told
    assert any(line.startswith("line 5: ordered_at: '31-02-2024 12:00' is no") for line in told)
    assert "'31-02-2024 12:00', first at out/orders_1.csv:5" in told
    assert told[-1] == "Nothing was changed."
    assert shop.content() == before


def test_personal_data_is_masked_and_the_way_out_is_reported(
    shop: Shop, run_runner: LoadedRunner
) -> None:
    ended = run_runner(shop.folder, "preview", "orders")
    assert "example.org" not in ended.told.lower()
    assert "xxx@xxxxxxx.xxx" in ended.stdout
    assert "--show-pii shows it" in ended.stdout


def test_one_part_can_be_shown_alone(shop: Shop, run_runner: LoadedRunner) -> None:
    ended = run_runner(shop.folder, "preview", "orders", "--show", "values", "--rows", "1")
    assert lines(ended.stdout)[1:3] == ["Values", "property line 2"]
    assert "Joined and processed" not in ended.stdout
    assert "records" not in ended.stdout


def test_rows_stand_below_one_another_where_the_terminal_is_narrow(
    shop: Shop, run_runner: LoadedRunner
) -> None:
    ended = run_runner(shop.folder, "preview", "orders", "--show", "rows", env={"COLUMNS": "60"})
    told = ended.stdout.splitlines()
    assert max(map(len, told[:-1])) <= 60
    assert sum("lines.amount" in line for line in told) > 1


def test_lines_that_are_set_aside_are_shown_r2(shop: Shop, run_runner: LoadedRunner) -> None:
    shop.write("out/products.csv", "sku;name\nA;Apple\nB;Bread;too;many\n")
    told = lines(run_runner(shop.folder, "preview", "orders", "--show-pii").stdout)
    assert "1 line set aside, not read:" in told
    assert any(line.endswith("B;Bread;too;many") for line in told)


def test_control_characters_of_a_file_do_not_reach_the_terminal(
    shop: Shop, run_runner: LoadedRunner
) -> None:
    shop.write("out/products.csv", "sku;na\x1b[31mme;name\nA;\x1b[2J;x\n")
    ended = run_runner(shop.folder, "preview", "orders", "--show", "files")
    assert ended.code == 0
    assert "\x1b" not in ended.stdout
    assert "\\x1b[2J" in ended.stdout


def test_export_shows_its_rows_after_a_build(shop: Shop, run_runner: LoadedRunner) -> None:
    early = run_runner(shop.folder, "preview", "vip")
    assert early.code == 2
    assert "run `runner build` first" in early.stderr
    shop.build()
    told = lines(run_runner(shop.folder, "preview", "vip", "--show-pii").stdout)
    assert "1 of 1 member to in/vip.csv" in told
    assert "MAIL ann@example.org" in told
    assert "SPENT 3.75" in told


def test_mistake_is_reported_at_its_line_with_2(shop: Shop, run_runner: LoadedRunner) -> None:
    shop.edit("born: customers.born", "born: customers.bron")
    ended = run_runner(shop.folder, "preview", "orders")
    assert ended.code == 2
    assert "connections/shop.yml:19:13: `customers` has no column 'bron'" in ended.stderr
    assert ended.stdout == ""
