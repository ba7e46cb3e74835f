from datetime import UTC, datetime

from runner.history.records import BuildRecord, NodeRecord
from runner.web.build_plots import build_plots, outcomes_of


def build(name, seconds, status="success"):
    at = datetime(2026, 1, 2, tzinfo=UTC)
    return BuildRecord(name, "local", "runner build", at, seconds=seconds, status=status)


def test_builds_are_bars_the_oldest_at_the_left_and_the_longest_is_highest():
    builds = [build("3", 0, "running"), build("2", 4.0), build("1", 1.0)]
    seconds, rows = build_plots(builds, {"2": {"created": 30, "updated": 10}, "1": {}})
    assert [(bar.build_id, bar.parts) for bar in seconds.bars] == [
        ("1", (("seconds", 0.0, 25.0),)),
        ("2", (("seconds", 0.0, 100.0),)),
    ]
    assert rows.bars[1].parts == (("created", 0.0, 75.0), ("updated", 75.0, 25.0))
    assert rows.bars[1].title == "2: 30 created, 10 updated"
    assert (rows.bars[0].parts, rows.bars[0].title) == ((), "1: no rows")


def test_one_build_has_no_plot():
    assert build_plots([build("1", 1.0)], {}) == []


def test_outcomes_are_added_over_goals():
    nodes = [
        NodeRecord("1", name, "import_profiles", "success", outcomes={"created": 2, "updated": 0})
        for name in ("a", "b")
    ]
    assert outcomes_of(nodes) == {"created": 4}
