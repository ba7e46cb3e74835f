"""Minutes from UTC of a zone that a text names."""

import pytest

from runner.definitions.format import Format
from tests.unit.sql.expression import value_of

SUMMER, WINTER = "timestamp '2024-07-01 12:00'", "timestamp '2024-01-01 12:00'"


def offset(zone: str, moment: str = SUMMER, **zones: str) -> object:
    template = "{{ zone_offset('value', moment, zones) }}"
    known = Format(zones=zones).zone_minutes
    return value_of(template, zone, moment=moment, zones=known)


@pytest.mark.parametrize(
    ("zone", "minutes"),
    [
        ("Z", 0), ("z", 0), ("UTC", 0), ("GMT", 0), ("+00:00", 0), ("-00:30", -30),
        ("+02:00", 120), ("+0200", 120), ("+02", 120), ("+2", 120), ("+530", 330),
        ("-03:30", -210), ("\u22122:00", -120), ("+14:00", 840),
        ("GMT+2", 120), ("UTC-05:30", -330), ("utc+1", 60),
        ("CET", 60), ("cest", 120), ("EST", -300), ("EDT", -240), ("PDT", -420), ("JST", 540),
        ("Europe/Paris", 120), ("europe/paris", 120), ("America/New_York", -240),
        ("Etc/GMT+2", -120), ("Asia/Kathmandu", 345),
    ],
)  # fmt: skip
def test_zone_is_read_as_what_it_is(zone: str, minutes: int) -> None:
    assert offset(zone) == minutes


@pytest.mark.parametrize(
    "zone",
    ["BST", "IST", "CST", "CDT", "AST", "NST", "AET", "XYZ", "Foo/Bar", "Europe/Parijs", "A",
     "+02:99", "+25:00", "+15:00", "GMT+99", "+", "CET+1"],
)  # fmt: skip
def test_zone_of_several_or_no_places_is_none(zone: str) -> None:
    assert offset(zone) is None


def test_abbreviation_has_its_own_offset_in_any_season_and_a_region_that_of_the_day() -> None:
    assert offset("CET", SUMMER) == offset("CET", WINTER) == 60
    assert offset("Europe/Paris", WINTER) == 60


def test_format_states_what_an_abbreviation_is() -> None:
    assert offset("CST", CST="-06:00") == -360
    assert offset("ist", IST="+05:30") == 330
    assert offset("MET", MET="-00:30") == -30
