"""`manifest.json` is one that tools for dbt read."""

import json
import re

import pytest

from runner.lineage.lineage import project_lineage
from runner.orchestrate.manifest import manifest
from runner.workspace.workspace import open_workspace
from tests.servers.command import REPOSITORY
from tests.unit.test_docs import sections

pytestmark = pytest.mark.any_engine


@pytest.fixture(scope="module")
def written():
    """The manifest of the starter project."""
    workspace = open_workspace(REPOSITORY)
    compiled = workspace.compiled()
    lineage = project_lineage(workspace.project, compiled, workspace.library.environment, {})
    return json.loads(json.dumps(manifest(workspace, compiled, lineage, "a-build"), default=str))


def test_parser_of_dbt_artifacts_reads_it(written):
    # It takes seconds to load: no worker that only collects tests waits for it.
    from dbt_artifacts_parser.parsers.manifest.manifest_v12 import ManifestV12  # noqa: PLC0415

    read = ManifestV12(**written)
    assert read.metadata.dbt_schema_version.endswith("/manifest/v12.json")
    assert read.metadata.project_name == "webshop"
    assert read.nodes["segment.webshop.vip"].columns["profile_id"].description == "The member"
    source = read.sources["file.webshop.webshop.orders.products"]
    assert (source.source_name, source.name) == ("webshop.orders", "products")
    assert read.exposures["export_profiles.webshop.webshop.vip"].owner.name
    assert "macro normalize_email" in read.macros["macro.webshop.normalize_email"].macro_sql
    (unit,) = read.unit_tests.values()
    assert unit.model == "vip"
    test = read.nodes["test.webshop.not_null_vip_profile_id"]
    assert (test.column_name, test.attached_node) == ("profile_id", "segment.webshop.vip")


def test_maps_of_parents_and_children_mirror_each_other(written):
    parents, children = written["parent_map"], written["child_map"]
    assert parents.keys() == children.keys()
    assert {(p, c) for c, all_of in parents.items() for p in all_of} == {
        (p, c) for p, all_of in children.items() for c in all_of
    }
    goals = {
        "import_profiles.webshop.webshop.orders",
        "import_profiles.webshop.webshop.subscribers",
    }
    assert set(parents["table.webshop.profiles"]) == goals, "through the properties"
    known = {*written["nodes"], *written["sources"], *written["exposures"], *written["unit_tests"]}
    assert parents.keys() == known


def test_column_says_which_goal_fills_it_from_what(written):
    column = written["nodes"]["table.webshop.profiles"]["columns"]["total_spend"]
    (filled,) = column["meta"]["filled"]
    assert (filled["from"], filled["strategy"]) == ("order_lines.amount", "sum")


def test_page_of_artifacts_has_each_key(written):
    page = sections(REPOSITORY / "docs" / "artifacts.md")["manifestjson"]
    assert {key for key in written if f"`{key}`" not in page} == set()
    empty = page.partition("`docs`")[2]
    assert {key for key, held in written.items() if not held} <= set(
        re.findall(r"`(\w+)`", f"`docs`{empty}")
    )
    assert {"kind", "title", "connection", "line"} <= written["nodes"]["segment.webshop.vip"][
        "meta"
    ].keys()
