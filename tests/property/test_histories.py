"""Whatever partners send and whoever edits the definitions: a full refresh gives the same (P6).

A run is as many histories as it has partners: 50 runs of 10 make 500. What a full refresh cannot
give again when a definition was edited is left out of the comparison, and nothing else: what
`set` and its like wrote, the order of lists, and times of profiles (ARCHITECTURE.md).
"""

from hypothesis import given, settings

from tests.property.ground import ground
from tests.property.histories import (
    GIVEN,
    GOALS,
    ORDER_TYPE,
    PROPERTIES,
    WHOLE,
    Day,
    Partners,
    days,
    state,
)


def check(history: list[Day], queries: tuple[str, ...]) -> None:
    with ground(PROPERTIES, GOALS, {"order": ORDER_TYPE}) as shop:
        partners = Partners(shop)
        for day in history:
            partners.live(day)
        shop.build()
        before = state(shop, queries)
        again = shop.build()
        assert {node.status for node in again.nodes if node.kind == "import_profiles"} == {
            "unchanged"
        }
        shop.build(full_refresh=True)
        after = state(shop, queries)
        for query in queries:
            assert after[query] == before[query], query


@settings(max_examples=30, deadline=None)
@given(days(with_edits=False))
def test_full_refresh_gives_what_the_builds_led_to(history: list[Day]) -> None:
    check(history, WHOLE)


@settings(max_examples=20, deadline=None)
@given(days(with_edits=True))
def test_edited_definitions_leave_nothing_of_what_they_gave_before(history: list[Day]) -> None:
    check(history, GIVEN)
