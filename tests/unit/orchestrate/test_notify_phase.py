"""One notice per outage, and one when it has passed: what counts as the same outage."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from runner.definitions.notify import Notify
from runner.orchestrate import notify_phase
from runner.orchestrate.notice import Notice
from runner.result import BuildResult, NodeResult

NODES = ("shop.people", "shop.orders", "vip")
START = datetime(2026, 1, 1, tzinfo=UTC)


def goal(status="success", name="shop.people", **changes):
    return NodeResult(name, "import_profiles", status, **changes)


@pytest.fixture
def events(tmp_path, monkeypatch):
    """A function that ends a build with results, and returns the event that was sent."""
    sent = []
    monkeypatch.setattr(notify_phase, "_send", lambda *given: sent.append(given[2].event) or [])

    def ended(*nodes, is_outdated=False):
        workspace = SimpleNamespace(
            target_name="local", history=tmp_path / "history.db", is_outdated=is_outdated
        )
        result = BuildResult("b1", "local", START, 1.0, nodes, True)
        failures = tuple(node for node in nodes if node.is_error)
        notice = Notice(None, "shop", "success", result, nodes, failures)
        sent.clear()
        notify_phase._Outage(workspace, Notify(on_error=("a@b.c",)), notice).send(NODES)
        return "".join(sent)

    return ended


def test_outage_is_told_once_however_its_words_change(events):
    assert events(goal()) == "success"
    assert events(goal("error", exit_code=4, message="timed out")) == "error"
    assert events(goal("error", exit_code=4, message="refused")) == ""
    assert events(goal()) == "recovered"
    assert events(goal()) == "success"


def test_another_goal_exit_code_or_file_is_news(events):
    orders = goal("error", "shop.orders", exit_code=1)
    assert events(goal("error", exit_code=4)) == "error"
    assert events(goal("error", exit_code=1)) == "error"
    assert events(goal("error", exit_code=1), orders) == "error"
    assert events(goal(exit_code=1, left=("a.csv",)), orders) == "error"
    assert events(goal("error", exit_code=1), orders) == ""
    assert events(goal(exit_code=1, left=("a.csv",)), orders) == ""
    assert events(goal(), orders) == ""
    assert events(goal(), goal(name="shop.orders")) == "recovered"


def test_what_did_not_run_has_not_passed(events):
    broken, others = goal("error", "shop.orders", exit_code=1), goal()
    assert events(others, broken) == "error"
    assert events(others) == ""
    assert events(others, goal("skipped", "shop.orders")) == ""
    assert events(goal(name="shop.orders")) == "recovered"


def test_what_is_no_longer_declared_has_passed(events):
    assert events(goal("error", "shop.old", exit_code=1)) == "error"
    assert events(goal()) == "recovered"


def test_builds_by_earlier_definitions_do_not_end_a_mistake_in_them(events):
    assert events(NodeResult("build", "build", "error", exit_code=2)) == "error"
    assert events(goal(), is_outdated=True) == ""
    assert events(goal()) == "recovered"
