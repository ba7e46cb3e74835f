"""A UUID made from text (P3, RFC 9562)."""

import hashlib
from uuid import RFC_4122, UUID

from tests.unit.sql.expression import values_of


def test_uuid_is_the_same_on_every_machine_and_says_its_version() -> None:
    made = values_of(
        "{{ stable_uuid('value') }}", "select unnest(['email:ann', 'email:bob', null]) as value"
    )
    hashed = hashlib.md5(b"email:ann").hexdigest()
    ann, bob, none = made
    assert ann == UUID(f"{hashed[:12]}8{hashed[13:16]}8{hashed[17:]}")
    assert ann != bob
    assert none is None
    assert (ann.version, ann.variant) == (8, RFC_4122)
