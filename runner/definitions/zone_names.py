"""Zones that times name by an abbreviation, and their offsets from UTC."""

import re
from typing import Annotated

from pydantic import AfterValidator

OFFSET = re.compile(r"([-+])(0[0-9]|1[0-4]):?([0-5][0-9])")

ZONE_OFFSETS = {
    **dict.fromkeys(("UTC", "GMT", "UT", "Z", "WET"), "+00:00"),
    **dict.fromkeys(("CET", "MET", "WEST", "WAT"), "+01:00"),
    **dict.fromkeys(("CEST", "MEST", "EET", "CAT", "SAST"), "+02:00"),
    **dict.fromkeys(("EEST", "EAT", "MSK", "TRT"), "+03:00"),
    **dict.fromkeys(("PKT",), "+05:00"),
    **dict.fromkeys(("WIB",), "+07:00"),
    **dict.fromkeys(("AWST", "HKT", "SGT", "WITA"), "+08:00"),
    **dict.fromkeys(("JST", "KST", "WIT"), "+09:00"),
    **dict.fromkeys(("ACST",), "+09:30"),
    **dict.fromkeys(("AEST",), "+10:00"),
    **dict.fromkeys(("ACDT",), "+10:30"),
    **dict.fromkeys(("AEDT",), "+11:00"),
    **dict.fromkeys(("NZST",), "+12:00"),
    **dict.fromkeys(("NZDT",), "+13:00"),
    **dict.fromkeys(("BRT",), "-03:00"),
    **dict.fromkeys(("EDT",), "-04:00"),
    **dict.fromkeys(("EST",), "-05:00"),
    **dict.fromkeys(("MDT",), "-06:00"),
    **dict.fromkeys(("MST", "PDT"), "-07:00"),
    **dict.fromkeys(("PST", "AKDT"), "-08:00"),
    **dict.fromkeys(("AKST",), "-09:00"),
    **dict.fromkeys(("HST",), "-10:00"),
}
"""Abbreviations that one zone has, or that RFC 5322 defines; the table of docs/import.md.

Those that several zones use, such as BST, CST and IST, are not read unless the format states them.
"""


def minutes_of(offset: str) -> int:
    """Return an offset such as `+05:30` in minutes."""
    found = OFFSET.fullmatch(offset)
    assert found
    minutes = int(found[2]) * 60 + int(found[3])
    return -minutes if found[1] == "-" else minutes


def _offset(value: str) -> str:
    if not OFFSET.fullmatch(value):
        raise ValueError(f"found '{value}'; expected an offset from UTC such as \"+05:30\"")
    return value


ZoneOffset = Annotated[str, AfterValidator(_offset)]
