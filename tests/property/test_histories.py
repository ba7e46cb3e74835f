"""Whatever partners send and whoever edits the definitions: a full refresh gives the same (P6).

A run is as many histories as it has partners: 25 runs of 20 make 500. What a full refresh does not
give again when a definition was edited is left out of the comparison, and nothing else: what
`set` and its like wrote, the order of lists, times of profiles, and, where another definition finds
other people, what goals that make no profiles did with these (ARCHITECTURE.md).
"""

from hypothesis import given, settings

from tests.property.ground import ground
from tests.property.histories import (
    ALL,
    ALMOST,
    GIVEN,
    GOALS,
    ORDER_TYPE,
    PROPERTIES,
    THAT_KEEP_PEOPLE,
    WHOLE,
    Day,
    Partners,
    days,
    state,
)
from tests.thorough import drawn, examples


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


@settings(max_examples=examples(12), deadline=None)
@given(drawn(days()))
def test_full_refresh_gives_what_the_builds_led_to(history: list[Day]) -> None:
    check(history, WHOLE)


@settings(max_examples=examples(8), deadline=None)
@given(drawn(days(THAT_KEEP_PEOPLE)))
def test_edited_definitions_lead_to_the_same(history: list[Day]) -> None:
    check(history, GIVEN)


@settings(max_examples=examples(5), deadline=None)
@given(drawn(days(ALL)))
def test_edited_definitions_leave_nothing_of_what_they_gave_before(history: list[Day]) -> None:
    check(history, ALMOST)
