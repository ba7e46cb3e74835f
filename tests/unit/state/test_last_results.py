"""`result:` selects by how nodes ended in a run."""

import json

import pytest

from runner.compile.graph import Graph, Node
from runner.errors import UsageError
from runner.state.last_results import with_last_results
from tests.unit.sql.expression import empty_workspace

GRAPH = Graph({"shop.a": Node("shop.a", "import_profiles", ()), "b": Node("b", "model", ())})


def test_nodes_know_how_they_ended(tmp_path):
    results = [
        {"unique_id": "import_profiles.shop.shop.a", "status": "error"},
        {"unique_id": "model.shop.b", "status": "success"},
        {"unique_id": "model.shop.gone", "status": "success"},
    ]
    (tmp_path / "run_results.json").write_text(json.dumps({"results": results}))
    found = with_last_results(empty_workspace(), GRAPH, tmp_path)
    assert {name: node.result for name, node in found.nodes.items()} == {
        "shop.a": "error", "b": "success",
    }  # fmt: skip


@pytest.mark.parametrize("text", [None, "", "{}", '{"results": [{}]}', '{"results": 1}'])
def test_file_that_is_missing_or_damaged_is_an_error(tmp_path, text):
    if text is not None:
        (tmp_path / "run_results.json").write_text(text)
    with pytest.raises(UsageError, match=r"there is no whole .*/run_results\.json"):
        with_last_results(empty_workspace(), GRAPH, tmp_path)
