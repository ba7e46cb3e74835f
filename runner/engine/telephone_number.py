"""Telephone numbers as E.164, by the rules of their country, which a library knows.

The engine calls it for each value. In this process the library is asked once for each distinct
one; a cluster gets the function as its code, without what this process knows.
"""

import re
from functools import lru_cache

from phonenumbers import (
    COUNTRY_CODE_TO_REGION_CODE,
    SUPPORTED_REGIONS,
    NumberParseException,
    PhoneNumber,
    is_possible_number,
    national_significant_number,
    parse,
)

EXTENSION = re.compile(r"(?<=[0-9)])[\s,;]*[^\W\d_]{2,}[.:]?\s*[0-9]{1,7}\s*$")
"""A word of any language and an extension behind it: `toestel 89`."""
NOTE = re.compile(r"(?<=[0-9])[\s(,;-]*[^\W\d_][^\d]*$")
"""Words behind a number: `(work)`."""
EXPONENT = re.compile(r"\s*[-+]?[0-9]+([.,][0-9]*)?[eE][-+]?[0-9]{1,3}\s*")
"""What a spreadsheet makes of a long number."""
INVISIBLE = re.compile("[\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")

MOST_KNOWN = 250_000
"""Values of which the answer is kept, some 300 bytes each."""


def e164(text: str | None, country: str) -> str | None:
    """Return a number as E.164, such as `+31612345678`; None where it cannot be one.

    `country` is the calling code (`31`) or the region (`NL`) of numbers that do not state theirs.
    An extension is left out. Raises ValueError where there is no such country.
    """
    if text is None:
        return None
    region = _region(country)
    plain = EXTENSION.sub("", INVISIBLE.sub("", text))
    if EXPONENT.fullmatch(plain):
        return None
    number = _parsed(plain, region) or _parsed(NOTE.sub("", plain), region)
    if number is None:
        return None
    return f"+{number.country_code}{national_significant_number(number)}"


telephone_number = lru_cache(maxsize=MOST_KNOWN)(e164)
"""The same, of which the last answers are kept."""


def _parsed(text: str, region: str) -> PhoneNumber | None:
    try:
        number = parse(text, region)
    except NumberParseException:
        return None
    return number if is_possible_number(number) else None


def _region(country: str) -> str:
    code = country.strip().lstrip("+")
    regions = (
        COUNTRY_CODE_TO_REGION_CODE.get(int(code), ()) if code.isdecimal() else (code.upper(),)
    )
    if not regions or regions[0] not in SUPPORTED_REGIONS:
        raise ValueError(
            f"telephone_number: there is no country '{country}'; expected a calling code such as"
            " 31, or a region such as NL"
        )
    return regions[0]
