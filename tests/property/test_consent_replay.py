"""Consent over several builds (C1, P6): it is the same after a full refresh."""

from hypothesis import given, settings

from tests.property.ground import Ground, ground
from tests.property.test_replay import (
    EVERYTHING,
    GOAL,
    PROPERTIES,
    Night,
    Partner,
    nights,
    profiles,
)
from tests.thorough import drawn, examples

OBJECTIVES = "objectives: [mailing]\n"
ASKED = GOAL.replace(
    "  map:\n",
    """  objectives: [mailing]
  map:
    consent.mailing: "case orders.note when 'x' then 'no' when 'y' then 'yes' end"
""",
)
HISTORY = """
    select goal, profile_id::varchar, objective, consented, stated_at, confirmed_at
    from runner.consent
    order by all
"""
TOLD = "select customer, consented from consent join profiles using (profile_id)"


def people(shop: Ground) -> dict[str, tuple[object, ...]]:
    return {str(row[0]): row for row in shop.rows("select customer, * from profiles")}


@settings(max_examples=examples(10), deadline=None)
@given(drawn(nights))
def test_who_did_not_consent_stays_as_they_were_and_a_full_refresh_says_the_same(
    nights: list[Night],
) -> None:
    with ground(PROPERTIES, ASKED, project=OBJECTIVES) as shop:
        partner = Partner(shop)
        before: dict[str, tuple[object, ...]] = {}
        for night in nights:
            partner.drop(night)
            shop.build()
            now, told = people(shop), dict(shop.rows(TOLD))
            assert told.keys() == now.keys()
            for name, row in now.items():
                assert told[name] or row == before.get(name)
            before = now
        everything = profiles(shop), shop.rows(EVERYTHING), shop.rows(HISTORY)
        shop.build()
        assert (profiles(shop), shop.rows(EVERYTHING), shop.rows(HISTORY)) == everything
        shop.build(full_refresh=True)
        assert (profiles(shop), shop.rows(EVERYTHING), shop.rows(HISTORY)) == everything
