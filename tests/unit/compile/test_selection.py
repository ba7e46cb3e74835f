"""Which nodes a command runs, in which order."""

import pytest

from runner.compile.graph import Graph, Node
from runner.compile.selection import asks_for, or_default, select_nodes
from runner.definitions.selector import Selection
from runner.errors import UsageError

NODES = (
    Node("shop.people", "import_profiles", (), ("daily",), "connections/shop.yml", "shop"),
    Node("names", "model", ("shop.people",), (), "models/marts/names.sql", state="modified"),
    Node(
        *("vip", "segment", ("names",), (), "models/segments/vip.sql"),
        config={"materialized": "segment", "unique_key": ("id", "day")},
        result="error",
    ),
    Node("names_unique", "test", ("names",), (), "models/marts/names.yml"),
    Node("names_unit", "unit_test", (), (), "models/marts/names.yml", tested="names"),
    Node("shop.vip", "export_profiles", ("vip",), ("daily",), "connections/shop.yml", "shop"),
    Node(
        "shop.off", "export_profiles", ("vip",), (), "connections/shop.yml", "shop", enabled=False
    ),
)
MINE = Selection(
    "union",
    parts=(Selection("text", "connection:shop"), Selection("text", "selector:vips")),
    excluded=(Selection("text", "vip"),),
)
SELECTORS = {"mine": MINE, "vips": Selection("text", "result:error")}
GRAPH = Graph({node.name: node for node in NODES}, SELECTORS, "mine")


def selected(*select: str, exclude: tuple[str, ...] = ()) -> list[str]:
    return [node.name for node in select_nodes(GRAPH, select, exclude)]


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("vip", ["vip", "shop.vip"]),
        ("segment:vip", ["vip"]),
        ("goal:vip", ["shop.vip"]),
        ("shop.*", ["shop.people", "shop.vip"]),
        ("connection:shop", ["shop.people", "shop.vip"]),
        ("tag:daily", ["shop.people", "shop.vip"]),
        ("names", ["names", "names_unique", "names_unit"]),
        ("path:models/marts", ["names", "names_unique", "names_unit"]),
        ("+names", ["shop.people", "names", "names_unique", "names_unit"]),
        ("segment:vip+", ["vip", "shop.vip"]),
        ("+segment:vip", ["shop.people", "names", "vip", "names_unique", "names_unit"]),
        ("1+vip", ["names", "vip", "names_unique", "names_unit", "shop.vip"]),
        ("1+segment:vip", ["names", "vip", "names_unique", "names_unit"]),
        ("2+segment:vip", ["shop.people", "names", "vip", "names_unique", "names_unit"]),
        ("shop.people+1", ["shop.people", "names", "names_unique", "names_unit"]),
        ("@segment:vip", ["shop.people", "names", "vip", "names_unique", "names_unit", "shop.vip"]),
        ("tag:daily,goal:people", ["shop.people"]),
        ("config.materialized:segment", ["vip"]),
        ("config.unique_key:day+", ["vip", "shop.vip"]),
        ("result:error", ["vip"]),
        ("1+result:error", ["names", "vip", "names_unique", "names_unit"]),
        ("result:fail", []),
        ("fqn:names", ["names", "names_unique", "names_unit"]),
        ("selector:mine", ["shop.people"]),
        (
            "selector:mine+",
            ["shop.people", "names", "vip", "names_unique", "names_unit", "shop.vip"],
        ),
        ("state:modified", ["names", "names_unique", "names_unit"]),
        ("state:new", []),
        ("resource_type:export", ["shop.vip"]),
        ("names segment:vip", ["names", "vip", "names_unique", "names_unit"]),
    ],
)
def test_selector_finds_nodes_in_the_order_in_which_they_run(
    selector: str, expected: list[str]
) -> None:
    assert selected(selector) == expected


def test_all_nodes_run_but_those_that_are_off_or_excluded() -> None:
    assert selected(exclude=("tag:daily", "names_unit")) == ["names", "vip", "names_unique"]


@pytest.mark.parametrize(
    ("selector", "message"),
    [
        ("path:models/mart", "nothing is selected by 'path:models/mart'"),
        ("vpi", r"nothing is selected by 'vpi'\. Did you mean 'vip'\?"),
        ("tga:daily", r"unknown selection method 'tga'\. Did you mean 'tag'\?"),
    ],
)
def test_selector_that_fits_nothing_is_reported_with_the_nearest(
    selector: str, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        selected(selector)


def test_default_selector_counts_where_nothing_is_selected():
    assert or_default(GRAPH, ()) == ("selector:mine",)
    assert or_default(GRAPH, ("vip",)) == ("vip",)
    assert or_default(GRAPH, (), ("vip",)) == ()
    assert asks_for(GRAPH, "result", or_default(GRAPH, ()))
    assert not asks_for(GRAPH, "state", ("selector:mine", "tag:x"))


def test_methods_of_dbt_without_a_meaning_say_what_to_do_instead():
    with pytest.raises(UsageError, match="source_status` of dbt has no meaning here: a goal"):
        selected("source_status:fresher+")
    with pytest.raises(UsageError, match=r"there is no selector 'mein'\. Did you mean 'mine'"):
        selected("selector:mein")
