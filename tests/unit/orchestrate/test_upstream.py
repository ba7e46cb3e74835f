"""What failed above an export skips it (X6)."""

from types import SimpleNamespace

import pytest

from runner.compile.graph import Graph, Node
from runner.orchestrate.upstream import skip_export
from runner.result import NodeResult

NODES = (
    Node("shop.people", "import_profiles", ()),
    Node("everyone", "segment", ("shop.people",)),
    Node("shop.send", "export_profiles", ("everyone",)),
)


def reason(results, is_published=True, on_upstream_error="skip"):
    """Return why the export is skipped; empty where it is not."""
    skipped = {}
    build = SimpleNamespace(
        graph=Graph({node.name: node for node in NODES}),
        results={result.name: result for result in results},
        broken=(),
        is_published=is_published,
        unpublished="a test failed",
        skip=lambda node, reason, blocked_by="": skipped.update({node.name: (reason, blocked_by)}),
    )
    goal = SimpleNamespace(on_upstream_error=on_upstream_error)
    assert skip_export(build, goal, NODES[-1]) is bool(skipped)
    return skipped.get("shop.send", ("", ""))


def people(status, exit_code=0):
    return NodeResult("shop.people", "import_profiles", status, exit_code=exit_code)


@pytest.mark.parametrize(
    ("result", "word"),
    [
        (people("error", 1), "failed"),
        (people("success", 4), "is incomplete"),
        (people("skipped"), "is incomplete"),
        (people("success"), ""),
        (people("unchanged"), ""),
    ],
)
def test_import_that_failed_or_lacks_a_file_is_the_reason(result, word):
    segment = NodeResult("everyone", "segment", "success")
    assert word in reason([result, segment])[0]
    assert reason([result, segment])[1] == ("shop.people" if word else "")
    assert reason([result, segment], on_upstream_error="send") == ("", "")


def test_first_failure_is_named_and_not_what_it_skipped():
    results = [people("success"), NodeResult("everyone", "segment", "error", exit_code=1)]
    assert reason(results, on_upstream_error="send")[1] == "everyone"
    assert reason([people("error", 1), NodeResult("everyone", "segment", "skipped")])[1] == (
        "shop.people"
    )


def test_nothing_above_it_that_did_not_run_is_a_reason():
    assert reason([]) == ("", "")
    assert reason([], is_published=False)[0] == "nothing is sent: a test failed"
