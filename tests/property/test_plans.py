"""Whatever partners send and whoever edits the definitions: what a plan shows comes true.

A run is as many histories as it has partners: one makes 20 of them.
"""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings

from runner.orchestrate.options import BuildOptions
from runner.orchestrate.plan import Plan, plan_build
from runner.result import BuildResult, NodeResult
from runner.workspace.workspace import open_workspace
from tests.property.ground import Ground, ground
from tests.property.histories import (
    GOALS,
    ORDER_TYPE,
    PROPERTIES,
    THAT_KEEP_PEOPLE,
    Day,
    Partners,
    days,
)
from tests.thorough import IS_THOROUGH

EXPORTS = """\
- name: spenders
  kind: export_profiles
  segment: spenders
  directory: sent
  file_name: spenders.csv
  changes: added_changed_removed
  columns:
    - {header: ID, property: customer}
    - {header: NOTE, property: note}
    - {header: CHANGE, change: true}
"""
PEOPLE = "from profiles order by profile_id"
MEMBERS = "from segments.spenders order by profile_id"
EVENTS = "from events_order order by event_id"


def comparable(result: BuildResult) -> dict[str, NodeResult]:
    return {node.name: replace(node, seconds=0.0) for node in result.nodes}


def everything(shop: Ground) -> dict[Path, str]:
    """Return a hash of each file of a project: what was built, and what is on its server."""
    return {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in shop.folder.rglob("*")
        if path.is_file() and not path.name.endswith(".lock")
    }


def check(plan: Plan, earlier: list[list[Any]], later: list[list[Any]]) -> None:
    """Compare a plan with what is in the warehouse before and after the build."""
    (before, members, events), (after, members_after, events_after) = (
        [{row[0]: row for row in rows} for rows in found] for found in (earlier, later)
    )
    profiles = plan.changes.profiles
    assert profiles.later_count == len(after)
    assert profiles.created == len(after.keys() - before.keys())
    assert profiles.merged + profiles.removed == len(before.keys() - after.keys())
    # Behind the id, created_at and updated_at.
    changed = [one for one in before.keys() & after.keys() if before[one][3:] != after[one][3:]]
    assert profiles.changed == len(changed)
    segments = [(one.entering, one.leaving) for one in plan.changes.segments]
    came, went = members_after.keys() - members.keys(), members.keys() - members_after.keys()
    assert segments == ([(len(came), len(went))] if members or members_after else [])
    for one in plan.changes.events:
        if one.type == "order":
            assert one.created == len(events_after.keys() - events.keys())
            assert one.removed == len(events.keys() - events_after.keys())


@settings(max_examples=8 if IS_THOROUGH else 1, deadline=None)
@given(days(THAT_KEEP_PEOPLE))
def test_plan_comes_true(history: list[Day]) -> None:
    queries = (PEOPLE, MEMBERS, EVENTS)
    with ground(PROPERTIES, GOALS + EXPORTS, {"order": ORDER_TYPE}) as shop:
        shop.segment("spenders", "spent > 1")
        partners = Partners(shop, exports=EXPORTS)
        rows: list[list[Any]] = [[], [], []]
        for day in history:
            partners.act(day)
            before = everything(shop)
            plan = plan_build(open_workspace(shop.folder), BuildOptions())
            assert everything(shop) == before
            result = shop.build()
            assert comparable(plan.result) == comparable(result)
            earlier, rows = rows, shop.all_rows(queries)
            check(plan, earlier, rows)
            partners.end(day)
            rows = shop.all_rows(queries)
        if IS_THOROUGH:
            options = BuildOptions(full_refresh=True)
            plan = plan_build(open_workspace(shop.folder), options)
            assert comparable(plan.result) == comparable(shop.build(full_refresh=True))
            check(plan, rows, shop.all_rows(queries))
