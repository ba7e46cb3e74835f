"""A preview shows what a build would make of the first rows, and leaves everything as it is."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from runner.errors import DefinitionError, ExecutionError, StageError, UsageError
from runner.inspect.export_preview import ExportPreview
from runner.inspect.file_preview import FilePreview
from runner.inspect.import_preview import ImportPreview
from runner.inspect.personal import shape
from runner.inspect.preview import preview
from runner.inspect.property_preview import PropertyCheck, PropertyPreview
from tests.unit.inspect.shop import PROJECT, Shop, make_shop


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


def look(shop: Shop, **options: Any) -> ImportPreview:
    found = preview(shop.workspace(), "orders", **{"show_pii": True, **options})
    assert isinstance(found, ImportPreview)
    return found


def file(shop: Shop, source: str, **options: Any) -> FilePreview:
    return next(item for item in look(shop, **options).files if item.source == source)


def column(found: ImportPreview, name: str) -> tuple[str | None, ...]:
    return next(item.texts for item in found.joined.columns if item.name == name)


def item(found: ImportPreview, name: str) -> PropertyPreview:
    return next(item for item in found.joined.properties if item.name == name)


def check(found: ImportPreview, name: str) -> PropertyCheck:
    return next(item for item in found.joined.checks if item.name == name)


def test_first_lines_of_each_file_are_shown_as_columns(shop: Shop) -> None:
    lines, customers, products = look(shop, rows=2).files
    assert (lines.path, lines.lines, lines.record_count) == ("out/orders_1.csv", (2, 3), 4)
    assert lines.rows[0] == ("1", "C1", "A", "1,50", "01-02-2024 10:00", "paid")
    assert customers.columns == ("customer_id", "email", "name", "born")
    assert products.rows == (("A", "Apple"), ("B", "Bread"))


def test_joined_row_shows_columns_that_set_made_and_partners(shop: Shop) -> None:
    found = look(shop)
    assert found.joined.lines == (2, 3, 4, 5)
    assert column(found, "customers.email")[:2] == ("Ann@Example.org", "Ann@Example.org")
    assert column(found, "email") == ("ann@example.org", "ann@example.org", None, None)
    assert found.joined.partners == {
        "customers": (True, True, True, False),
        "products": (True, True, True, False),
    }
    assert found.joined.identifiers["email"][:1] == ("ann@example.org",)


def test_filtered_rows_name_their_step_r4(shop: Shop) -> None:
    found = look(shop)
    assert found.joined.filtered == ("", "", "drop: lines.status = 'test'", "")
    assert (found.joined.sampled_count, found.joined.filtered_count) == (4, 1)


def test_first_of_several_filters_is_the_one_that_is_told(shop: Shop) -> None:
    shop.edit("    identify:", "      - keep: \"lines.customer_id = 'C1'\"\n    identify:")
    shop.edit("{sku: lines.sku}", "{sku: lines.sku}, required: true")
    assert look(shop).joined.filtered == (
        "",
        "",
        "drop: lines.status = 'test'",
        "no partner in products, which is required",
    )


def test_values_stand_beside_their_text_read_by_the_stated_formats(shop: Shop) -> None:
    found = look(shop)
    spent, born, at = item(found, "spent"), item(found, "born"), item(found, "ordered_at")
    assert (spent.texts[:2], spent.values[:2]) == (("1,50", "2,25"), ("1.5", "2.25"))
    assert (born.type, born.origin, born.values[0]) == ("date", "customers.born", "1980-12-31")
    # One hour behind Amsterdam in winter.
    assert at.values[0] == "2024-02-01 09:00:00 UTC"


def test_value_that_does_not_parse_says_why_r6(shop: Shop) -> None:
    at = item(look(shop), "ordered_at")
    assert at.texts[3] == "31-02-2024 12:00"
    assert at.values[3] is None
    assert at.problems[3].startswith("is no datetime as %d-%m-%Y %H:%M")
    assert at.problems[:3] == ("", "", "")


def test_each_word_of_consent_is_shown_with_what_it_is_read_as_c1(shop: Shop) -> None:
    (shop.folder / "runner_project.yml").write_text(PROJECT + "objectives: [mail]\n")
    shop.edit("    format: {", "    format: {true_values: [a], false_values: [b], ")
    shop.edit("      born: customers.born\n", "      consent.mail: lines.sku\n")
    found = check(look(shop), "consent.mail")
    assert found.words == (("A", "true", 1), ("B", "false", 1), ("Z", "refusal", 1))
    assert found.expected == "a as true, b as false"
    assert item(look(shop), "consent.mail").problems[-1].endswith("false: a refusal")


def test_formats_are_tried_on_more_rows_than_are_shown(shop: Shop) -> None:
    found = look(shop, rows=1)
    assert found.joined.lines == (2,)
    at = check(found, "ordered_at")
    assert (at.read, at.empty, at.rejected) == (2, 0, 1)
    assert at.examples == (("out/orders_1.csv:5", "31-02-2024 12:00"),)
    born = check(found, "born")
    assert (born.read, born.empty, born.rejected, born.expected) == (2, 1, 0, "%d-%m-%Y")


def test_value_that_does_not_parse_stands_in_the_file_that_was_joined_r6(shop: Shop) -> None:
    text = (shop.drop / "out/orders_1.csv").read_text()
    shop.write("out/orders_1.csv", text.replace("3;C2;A;99,00;02-02-2024 12:00;test", "3;C2;A;;;"))
    born = check(look(shop), "born")
    assert (born.read, born.rejected) == (2, 1)
    assert born.examples == (("out/customers.csv:3", "1980-12-31"),)
    shop.write("out/customers.csv", (shop.drop / "out/customers.csv").read_text() + "\n\nx\n")
    assert check(look(shop), "born").examples == born.examples


def test_lines_keep_their_numbers_however_many_are_read(shop: Shop) -> None:
    head = "order_id;customer_id;sku;amount;ordered_at;status\n"
    lines = [f"{n};C1;A;1;01-01-2024 00:00;paid\n" for n in range(1500)]
    lines[998] = "998;C1;A;x;01-01-2024 00:00;paid\n"
    shop.write("out/orders_1.csv", head + "".join(lines))
    assert check(look(shop, rows=1), "spent").examples == (("out/orders_1.csv:1000", "x"),)
    shop.write("out/orders_1.csv", head + "\n\n" + "".join(lines))
    found = look(shop, rows=1)
    assert found.files[0].lines == (4,)
    assert found.joined.lines == (4,)
    assert found.joined.sampled_count == 1000
    assert check(found, "spent").examples == (("out/orders_1.csv:1002", "x"),)


def test_lines_that_are_set_aside_are_told_r2(shop: Shop) -> None:
    shop.write("out/products.csv", "sku;name\nA;Apple\nB;Bread;too;many\n")
    products = file(shop, "products")
    assert (products.rejected_count, products.record_count) == (1, 1)
    assert [(line.line, line.raw) for line in products.rejected] == [(3, "B;Bread;too;many")]


def test_personal_data_is_shown_as_its_shape_unless_asked_for(shop: Shop) -> None:
    found = look(shop, show_pii=False)
    assert column(found, "email")[0] == "xxx@xxxxxxx.xxx"
    assert column(found, "customers.email")[0] == "Xxx@Xxxxxxx.xxx"
    assert column(found, "lines.amount")[0] == "1,50"
    assert item(found, "born").values[0] == "9999-99-99"
    assert found.joined.identifiers["email"][0] == "xxx@xxxxxxx.xxx"
    assert found.files[1].rows[0] == ("C1", "Xxx@Xxxxxxx.xxx", "Ann", "99-99-9999")
    assert "Ann@Example.org" not in repr(found)
    assert "ann@example.org" in repr(look(shop))


def test_lines_that_are_set_aside_are_personal_too(shop: Shop) -> None:
    shop.write("out/customers.csv", "customer_id;email;name;born\nC1;a@b.nl;Ann;1;2\n")
    (line,) = file(shop, "customers", show_pii=False).rejected
    assert line.raw == "X9;x@x.xx;Xxx;9;9"


def test_shape_keeps_length_case_and_punctuation() -> None:
    assert shape("Éva 06-12 ß") == "Xxx 99-99 x"


def test_properties_of_map_rest_are_shown(shop: Shop) -> None:
    shop.edit("  - name: vip", "    map_rest: {prefix: shop_}\n  - name: vip")
    assert item(look(shop), "shop_order_id").values[:2] == ("1", "2")


def test_file_can_be_chosen_and_a_wrong_name_is_told(shop: Shop) -> None:
    shop.write("out/orders_2.csv", "order_id;customer_id;sku;amount;ordered_at;status\n9;;;;;\n")
    assert look(shop).files[0].other_files == 1
    assert look(shop, file="*_2.csv").files[0].rows[0][0] == "9"
    with pytest.raises(UsageError, match=r"Did you mean 'orders_2.csv'"):
        look(shop, file="order_2.csv")


def test_file_that_waits_comes_before_those_imported(built: Shop) -> None:
    assert look(built).files[0].path == "out/orders_1.csv"
    built.write("out/orders_2.csv", "order_id;customer_id;sku;amount;ordered_at;status\n")
    assert look(built).files[0].path == "out/orders_2.csv"


def test_file_that_was_renamed_to_done_is_shown_from_its_staged_copy(shop: Shop) -> None:
    shop.edit("    process:", "    done_suffix: true\n    process:")
    shop.build()
    assert not (shop.drop / "out/orders_1.csv").exists()
    found = look(shop)
    assert found.files[0].note == "imported before, from its staged copy"
    assert found.joined.lines == (2, 3, 4, 5)


def test_preview_shows_what_the_build_then_applies(shop: Shop) -> None:
    found = look(shop)
    shop.build()
    with duckdb.connect(str(shop.folder / "target/warehouse.duckdb"), read_only=True) as warehouse:
        ann = warehouse.execute(
            "select email, born, product, ordered_at, spent from profiles"
        ).fetchall()
    assert [str(value) for value in ann[0]] == [
        found.joined.identifiers["email"][0],
        item(found, "born").values[0],
        item(found, "product").values[1],
        str(item(found, "ordered_at").values[1]).removesuffix(" UTC"),
        "3.75",
    ]


def test_preview_changes_nothing(shop: Shop) -> None:
    before = shop.content()
    look(shop)
    preview(shop.workspace(), "orders")
    assert shop.content() == before
    assert not (shop.folder / "target/warehouse.duckdb").exists()
    assert not list((shop.folder / "target").glob(".scratch*"))


def test_unknown_column_is_told_at_its_line(shop: Shop) -> None:
    shop.edit("born: customers.born", "born: customers.bron")
    with pytest.raises(DefinitionError, match=r"shop.yml:19:\d+: .*Did you mean 'born'"):
        look(shop)


def test_expression_that_the_engine_refuses_is_told_at_its_line(shop: Shop) -> None:
    shop.edit("lower(customers.email)", "lowr(customers.email)")
    with pytest.raises(ExecutionError) as told:
        look(shop)
    assert "lowr" in str(told.value)
    assert str(told.value.location).startswith("connections/shop.yml:15")
    assert (shop.folder / "target/compiled/shop/orders/rows.sql").exists()


def test_source_without_a_file_is_told(shop: Shop) -> None:
    (shop.drop / "out/products.csv").unlink()
    with pytest.raises(StageError, match=r"no file fits out/products.csv"):
        look(shop)
    shop.edit("{sku: lines.sku}", "{sku: lines.sku}, optional: true")
    found = look(shop)
    assert found.joined.partners["products"] == (False, False, False, False)
    assert [item.source for item in found.files] == ["lines", "customers"]


def test_goal_is_found_by_its_short_name_where_it_is_the_only_one(shop: Shop) -> None:
    text = (shop.folder / "connections/shop.yml").read_text()
    (shop.folder / "connections/more.yml").write_text(text.replace("shop", "more", 1))
    with pytest.raises(UsageError, match=r"write one of more.orders, shop.orders"):
        look(shop)
    assert preview(shop.workspace(), "shop.orders").name == "shop.orders"
    with pytest.raises(UsageError, match=r"Did you mean 'shop.orders'"):
        preview(shop.workspace(), "shop.order")


def test_export_shows_the_first_rows_of_the_last_build(shop: Shop, built: Shop) -> None:
    with pytest.raises(UsageError, match="no warehouse yet"):
        preview(shop.workspace(), "vip")
    found = preview(built.workspace(), "vip", show_pii=True)
    assert isinstance(found, ExportPreview)
    assert (found.path, found.members, found.exported) == ("in/vip.csv", 1, 1)
    assert (built.drop / "in/vip.csv").read_text().splitlines() == [
        ",".join(found.headers),
        ",".join(str(value) for value in found.rows[0]),
    ]
    masked = preview(built.workspace(), "vip")
    assert isinstance(masked, ExportPreview)
    assert masked.rows[0] == ("xxx@xxxxxxx.xxx", "Ann", found.rows[0][2])


def test_expressions_of_a_goal_read_no_files(shop: Shop) -> None:
    """B8."""
    shop.edit("name: customers.name", "name: (select content from read_text('/etc/hostname'))")
    with pytest.raises(ExecutionError, match="disabled by configuration"):
        look(shop)
