"""A hash of values (R5)."""

import hashlib

from tests.unit.sql.expression import values_of

HASH = "{{ content_hash(['one', 'two']) }}"
PAIRS = [
    "'a', 'b'",
    "'ab', ''",
    "'', 'ab'",
    "null, 'a'",
    "'a', null",
    "'', 'a'",
    "null, null",
    "'', ''",
    """'a","b', ''""",
    "'a,b', null",
    "'null', null",
]


def test_no_two_lists_of_values_have_one_hash() -> None:
    given = " union all ".join(f"select {pair}" for pair in PAIRS)
    hashes = values_of(HASH, f"select * from ({given}) as t(one, two)")
    assert len(set(hashes)) == len(PAIRS)


def test_hash_is_the_same_in_every_release() -> None:
    given = "select 'a' as one, null as two"
    hashed = hashlib.md5(b'["a",null]').digest()
    assert values_of(HASH, given) == [int.from_bytes(hashed, "little")]
