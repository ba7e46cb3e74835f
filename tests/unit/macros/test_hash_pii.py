import hashlib

import pytest


@pytest.mark.parametrize(
    "value",
    [
        "ann@example.com",
        " ANN@example.com ",
        "Ann@Example.Com",
        "\u00a0ann@example.com\r\n",
        "\ufeffann@example.com\u200b",
    ],
)
def test_all_spellings_give_the_sha_256_of_the_normal_one(apply_macro, value):
    expected = hashlib.sha256(b"ann@example.com").hexdigest()
    assert apply_macro("hash_pii", value) == expected


def test_letters_outside_ascii_are_hashed_as_utf_8(apply_macro):
    expected = hashlib.sha256("zoë".encode()).hexdigest()
    assert apply_macro("hash_pii", "ZOË") == expected
    assert apply_macro("hash_pii", "zoe\u0308") == expected


@pytest.mark.parametrize("value", [None, "", "  "])
def test_no_value_has_no_hash(apply_macro, value):
    assert apply_macro("hash_pii", value) is None
