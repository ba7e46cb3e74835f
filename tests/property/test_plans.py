"""Whatever partners send and whoever edits the definitions: what a plan shows comes true.

A run is as many histories as it has partners: one makes 20 of them.
"""

import hashlib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings

from runner.orchestrate.options import BuildOptions
from runner.orchestrate.plan import Plan, plan_build
from runner.result import BuildResult, NodeResult
from runner.warehouse.comparison import EventChanges, TableChanges
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
  max_change: 2
  columns:
    - {header: ID, property: customer}
    - {header: NOTE, property: note}
    - {header: CHANGE, change: true}
"""
PEOPLE = "select profile_id, profiles from profiles order by profile_id"
MERGED = "select alias_id from runner.aliases where relation = 'main.profiles' order by alias_id"
MEMBERS = "from segments.spenders order by profile_id"
EVENT_TYPES = ("order", "interaction")
EVENTS = [f"select event_id, events from events_{one} as events" for one in EVENT_TYPES]
KEPT = {"profile_id", "created_at", "updated_at"}
"""Columns of profiles that no goal fills."""


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
    before, after = (
        [{row[0]: row[-1] for row in rows} for rows in found] for found in (earlier, later)
    )
    check_profiles(plan.changes.profiles, before[0], after[0])
    merged = before[0].keys() & (after[2].keys() - before[2].keys())
    assert plan.changes.profiles.merged == len(merged)
    assert plan.changes.profiles.removed == len(before[0].keys() - after[0].keys() - merged)
    segments = [(one.entering, one.leaving) for one in plan.changes.segments]
    came, went = after[1].keys() - before[1].keys(), before[1].keys() - after[1].keys()
    assert segments == ([(len(came), len(went))] if before[1] or after[1] else [])
    for events in plan.changes.events:
        if events.type in EVENT_TYPES:
            number = 3 + EVENT_TYPES.index(events.type)
            check_events(events, before[number], after[number])


def check_profiles(
    changes: TableChanges, before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]
) -> None:
    """Compare what a plan says of profiles with their values before and after."""
    assert (changes.earlier_count, changes.later_count) == (len(before), len(after))
    assert changes.created == len(after.keys() - before.keys())
    found: dict[str, Counter[str]] = {}
    changed, cleared = set(), set()
    for one in before.keys() & after.keys():
        for name in before[one].keys() - KEPT:
            old, new = before[one][name], after[one][name]
            if old == new:
                continue
            changed.add(one)
            if new is None:
                cleared.add(one)
            what = "filled" if old is None else "cleared" if new is None else "replaced"
            found.setdefault(name, Counter())[what] += 1
    assert (changes.changed, changes.cleared) == (len(changed), len(cleared))
    columns = {
        one.name: {"filled": one.filled, "replaced": one.replaced, "cleared": one.cleared}
        for one in changes.columns
    }
    assert {name: +Counter(counts) for name, counts in columns.items()} == found


def check_events(
    changes: EventChanges, before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]
) -> None:
    """Compare what a plan says of the events of a type with those before and after."""
    assert changes.created == len(after.keys() - before.keys())
    assert changes.removed == len(before.keys() - after.keys())
    assert changes.changed == sum(before[one] != after[one] for one in before.keys() & after.keys())


@settings(max_examples=8 if IS_THOROUGH else 1, deadline=None)
@given(days(THAT_KEEP_PEOPLE))
def test_plan_comes_true(history: list[Day]) -> None:
    queries = (PEOPLE, MEMBERS, MERGED, *EVENTS)
    with ground(PROPERTIES, GOALS + EXPORTS, {"order": ORDER_TYPE}) as shop:
        shop.segment("spenders", "spent > 1")
        partners = Partners(shop, exports=EXPORTS)
        rows: list[list[Any]] = [[] for _ in queries]
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
