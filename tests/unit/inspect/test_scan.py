"""A scan tells what a build would find, and leaves everything as it is."""

from pathlib import Path

import pytest

from runner.errors import UsageError
from runner.events import Event
from runner.inspect.export_scan import ExportScan
from runner.inspect.import_scan import ImportScan, SourceScan
from runner.inspect.scan import FailedScan, Scan, scan
from tests.unit.inspect.shop import Shop, make_shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return make_shop(tmp_path / "shop")


@pytest.fixture(scope="module")
def built_shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    shop = make_shop(tmp_path_factory.mktemp("built") / "shop")
    shop.build()
    return shop


@pytest.fixture
def built(built_shop: Shop, tmp_path: Path) -> Shop:
    return built_shop.copied(tmp_path / "built")


def look(shop: Shop, *selectors: str, rows: int = 1000) -> Scan:
    return scan(shop.workspace(), selectors, rows)


def orders(shop: Shop, rows: int = 1000) -> ImportScan:
    found = look(shop, "orders", rows=rows).goals[0]
    assert isinstance(found, ImportScan)
    return found


def source(shop: Shop, name: str, rows: int = 1000) -> SourceScan:
    return next(item for item in orders(shop, rows).sources if item.name == name)


def states(found: SourceScan) -> dict[str, tuple[str, str]]:
    return {file.path: (file.state, file.reason) for file in found.files}


def test_new_files_are_told_with_size_time_and_columns(shop: Shop) -> None:
    lines, customers, products = orders(shop).sources
    (file,) = lines.files
    assert (file.path, file.state) == ("out/orders_1.csv", "new")
    assert file.size == (shop.drop / file.path).stat().st_size
    assert f"{file.modified_at:%Y-%m-%d %H:%M %Z}" == "2024-02-01 09:00 UTC"
    assert lines.columns == ("order_id", "customer_id", "sku", "amount", "ordered_at", "status")
    assert (lines.is_main, customers.is_main, products.columns) == (True, False, ("sku", "name"))


def test_files_are_imported_changed_or_new_after_a_build_f5(built: Shop) -> None:
    assert states(source(built, "lines")) == {"out/orders_1.csv": ("imported", "")}
    assert states(source(built, "customers")) == {"out/customers.csv": ("imported", "")}
    built.write("out/orders_1.csv", "order_id;customer_id;sku;amount;ordered_at;status\n")
    built.write("out/orders_2.csv", "order_id;customer_id;sku;amount;ordered_at;status\n")
    assert states(source(built, "lines")) == {
        "out/orders_1.csv": ("changed", ""),
        "out/orders_2.csv": ("new", ""),
    }


def test_imported_files_come_again_when_the_definition_changed_f5(shop: Shop) -> None:
    shop.edit("    process:", "    done_suffix: true\n    process:")
    shop.build()
    assert states(source(shop, "lines")) == {"out/orders_1.csv.done": ("done", "")}
    assert source(shop, "lines").columns[0] == "order_id"
    shop.edit("strategy: sum", "strategy: set")
    told = {"out/orders_1.csv": ("again", "definition changed, from its staged copy")}
    assert states(source(shop, "lines")) == told


def test_chained_file_that_changed_joins_the_main_files_again_f5(built: Shop) -> None:
    built.write("out/products.csv", "sku;name\nA;Pear\n")
    assert states(source(built, "lines")) == {"out/orders_1.csv": ("again", "chained file changed")}
    assert states(source(built, "products")) == {"out/products.csv": ("changed", "")}


def test_ignored_and_refused_files_are_told_with_the_reason_f1_f2(shop: Shop) -> None:
    shop.write("out/orders_2.csv.part", "")
    (shop.drop / "out/odd\x1b.csv").write_text("")
    found = orders(shop)
    assert states(found.sources[0])["out/orders_2.csv.part"] == ("ignored", "in transit")
    assert found.refused == (("'odd\\x1b.csv'", "the name has control characters"),)


def test_links_tell_how_many_keys_find_a_partner(shop: Shop) -> None:
    _, customers, products = orders(shop).sources
    assert customers.link is not None
    assert products.link is not None
    assert (customers.link.status, customers.link.found, customers.link.keys) == (
        "partly linked",
        2,
        3,
    )
    assert (customers.link.missing_keys, customers.link.sampled) == (("C9",), 4)
    shop.write("out/products.csv", "sku;name\nA;Apple\nB;Bread\nZ;Zebra\nA;Avocado\n")
    link = source(shop, "products").link
    assert link is not None
    assert (link.status, link.found, link.keys, link.most_partners) == ("linked", 3, 3, 2)


def test_link_without_any_partner_is_not_linked(shop: Shop) -> None:
    shop.write("out/products.csv", "sku;name\na;Apple\nb;Bread\n")
    link = source(shop, "products").link
    assert link is not None
    assert (link.status, link.found, link.keys) == ("not linked", 0, 3)
    assert (link.missing_keys, link.partner_keys) == (("A", "B", "Z"), ("a", "b"))


def test_blank_keys_are_counted_apart(shop: Shop) -> None:
    text = (shop.drop / "out/orders_1.csv").read_text()
    shop.write("out/orders_1.csv", text.replace("C9;Z", " ;Z"))
    link = source(shop, "customers").link
    assert link is not None
    assert (link.status, link.keys, link.blank) == ("linked", 2, 1)


def test_links_on_several_columns_compare_all_of_them(shop: Shop) -> None:
    shop.edit("{sku: lines.sku}", "{sku: lines.sku, shop: lines.customer_id}")
    shop.write("out/products.csv", "sku;name;shop\nA;Apple;C1\nB;Bread;C2\n")
    link = source(shop, "products").link
    assert link is not None
    assert (link.found, link.keys) == (1, 4)
    assert link.missing_keys == ("A + C2", "B + C1", "Z + C9")


def test_sample_is_spread_over_the_whole_file(shop: Shop) -> None:
    head = "order_id;customer_id;sku;amount;ordered_at;status\n"
    lines = [f"{n};{'C1' if n < 500 else 'C7'};A;1;01-01-2024 00:00;paid\n" for n in range(1000)]
    shop.write("out/orders_1.csv", head + "".join(lines))
    link = source(shop, "customers", rows=10).link
    assert link is not None
    assert (link.sampled, link.found, link.keys) == (10, 1, 2)


def test_dirty_files_are_read_with_care_r2(shop: Shop) -> None:
    shop.write("out/products.csv", 'sku;name\n\nA;"Apple\nB;Bread;too;many\nB;"Bread"\nZ;Z\n')
    link = source(shop, "products").link
    assert link is not None
    assert (link.found, link.keys, link.missing_keys) == (2, 3, ("A",))


def test_keys_that_are_personal_data_are_told_as_their_shape(shop: Shop) -> None:
    shop.edit("{customer_id: lines.customer_id}", "{email: lines.customer_id}")
    link = source(shop, "customers").link
    assert link is not None
    assert link.is_masked
    assert link.partner_keys == ("Xxx@Xxxxxxx.xxx", "xxx@xxxxxxx.xxx")


def test_misspelt_column_of_a_link_is_told_there_with_the_nearest(shop: Shop) -> None:
    shop.edit("{sku: lines.sku}", "{sku: lines.skuu}")
    found = orders(shop)
    link = found.sources[2].link
    assert link is not None
    assert link.status == "not linked"
    assert "`lines` has no column 'skuu'. Did you mean 'sku'?" in link.message
    assert (found.errors, found.exit_code) == ((), 2)


def test_misspelt_column_of_a_mapping_is_told_and_links_are_still_tried(shop: Shop) -> None:
    shop.edit("born: customers.born", "born: customers.bron")
    found = orders(shop)
    assert found.exit_code == 2
    assert "Did you mean 'born'?" in str(found.errors[0])
    link = found.sources[1].link
    assert link is not None
    assert link.status == "partly linked"


def test_pattern_that_nothing_fits_is_told_with_what_is_there(shop: Shop) -> None:
    shop.edit("out/orders_*.csv", "out/order_*.csv")
    lines = source(shop, "lines")
    assert (lines.files, lines.columns) == ((), ())
    assert lines.others == ("customers.csv", "orders_1.csv", "products.csv")
    shop.edit("out/order_*.csv", "out/orders_*.csv")
    shop.edit("out/products.csv", "out/product.csv")
    found = orders(shop)
    assert "no file matches out/product.csv" in str(found.errors[0])
    assert (found.sources[0].files[0].state, found.exit_code) == ("new", 1)


def test_export_tells_which_files_it_would_replace(shop: Shop) -> None:
    (found,) = look(shop, "vip").goals
    assert isinstance(found, ExportScan)
    assert not found.is_there
    shop.write("in/vip.csv", "x")
    shop.write("in/other.csv", "x")
    (found,) = look(shop, "vip").goals
    assert isinstance(found, ExportScan)
    assert [(file.path, file.state) for file in found.files] == [
        ("in/other.csv", "kept"),
        ("in/vip.csv", "replaced"),
    ]


def test_connection_that_fails_does_not_stop_the_others(shop: Shop) -> None:
    (shop.folder / "connections/aaa.yml").write_text(
        "connection: aaa\ntype: local\npath: nowhere\ngoals:\n"
        "  - {name: out, kind: export_profiles, segment: vip, columns: [{header: A, text: b}]}\n"
    )
    found = look(shop)
    assert [type(goal) for goal in found.goals] == [FailedScan, ImportScan, ExportScan]
    assert found.exit_code == 4


def test_scan_changes_nothing_and_brings_files_once_f4(shop: Shop, built: Shop) -> None:
    before = shop.content()
    found = look(shop)
    assert (found.brought_files, found.exit_code) == (3, 0)
    assert shop.content() == before
    assert look(shop).brought_files == 0
    before = built.content()
    look(built)
    assert built.content() == before
    assert not list((built.folder / "target").glob(".scratch*"))


def test_build_finds_what_a_scan_brought(shop: Shop) -> None:
    look(shop)
    heard: list[Event] = []
    assert scan(shop.workspace(), (), 10, heard.append).brought_files == 0
    assert [event for event in heard if event.kind == "progress"] == []
    assert shop.build().exit_code == 0


def test_mistake_in_a_model_does_not_stop_a_scan(shop: Shop) -> None:
    (shop.folder / "models/segments/vip.sql").write_text("select {{ nonsense() }}")
    assert look(shop).exit_code == 0


def test_selector_that_fits_no_goal_is_told_with_the_nearest(shop: Shop) -> None:
    with pytest.raises(UsageError, match="Did you mean 'orders'"):
        look(shop, "order")
