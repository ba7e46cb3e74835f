"""The hash of an identifier of a person who refused (C1)."""

import hashlib

from tests.unit.sql.expression import value_of


def test_hash_is_of_the_identifier_and_its_value() -> None:
    expected = hashlib.sha256(b"email|ann@example.org").hexdigest()
    assert value_of("{{ identifier_hash(\"'email'\", 'value') }}", "ann@example.org") == expected
