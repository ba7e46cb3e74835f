"""Consent over several builds (C1, P6): the last thing said counts, and no refusal is lost."""

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
from tests.thorough import examples

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
SAID = {"x": False, "y": True}


class Listener(Partner):
    """Knows what people said last, by the time of the file that it stands in."""

    def __init__(self, shop: Ground) -> None:
        super().__init__(shop)
        self.moments: dict[str, int] = {}
        self.said: dict[str, tuple[int, bool]] = {}

    def drop(self, night: Night) -> None:
        """Drop the files of a night, and remember when."""
        super().drop(night)
        moment = self.ground.moment
        for number, name in enumerate(reversed(night.orders), 1):
            self.moments[name] = moment - 60 * number

    def hear(self) -> None:
        """Take in what the files that a build has to import say."""
        for name, content in self.files.items():
            if self.imported.get(name) == content and self.joined == self.customers:
                continue
            for customer, _, note, *_ in content:
                last = self.said.get(customer, (0, False))
                if customer and note in SAID and self.moments[name] >= last[0]:
                    self.said[customer] = (self.moments[name], SAID[note])
        self.sent()


def people(shop: Ground) -> dict[str, tuple[object, ...]]:
    return {str(row[0]): row for row in shop.rows("select customer, * from profiles")}


@settings(max_examples=examples(10), deadline=None)
@given(nights)
def test_last_statement_counts_and_who_did_not_consent_stays_as_he_was(
    nights: list[Night],
) -> None:
    with ground(PROPERTIES, ASKED, project=OBJECTIVES) as shop:
        partner = Listener(shop)
        before: dict[str, tuple[object, ...]] = {}
        for night in nights:
            partner.drop(night)
            shop.build()
            partner.hear()
            now = people(shop)
            told = dict(
                shop.rows(
                    "select customer, consented from consent join profiles using (profile_id)"
                )
            )
            assert told == {name: partner.said[name][1] for name in now}
            for name, row in now.items():
                assert partner.said[name][1] or row == before.get(name)
            willing = {name for name, (_, is_willing) in partner.said.items() if is_willing}
            assert willing <= now.keys()
            before = now
        everything = profiles(shop), shop.rows(EVERYTHING), shop.rows(HISTORY)
        shop.build()
        assert (profiles(shop), shop.rows(EVERYTHING), shop.rows(HISTORY)) == everything
        shop.build(full_refresh=True)
        assert (profiles(shop), shop.rows(EVERYTHING), shop.rows(HISTORY)) == everything
