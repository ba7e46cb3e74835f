import pytest


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ann@example.com", "ann@example.com"),
        ("ANN@EXAMPLE.COM", "ann@example.com"),
        ("  Ann.Lee@Example.com ", "ann.lee@example.com"),
        ("ZOË@example.com", "zoë@example.com"),
        ("o'neil@example.com", "o'neil@example.com"),
        ("ann+shop@example.com", "ann+shop@example.com"),
        ("a@b", "a@b"),
    ],
)
def test_all_spellings_of_an_address_become_one(apply_macro, value, expected):
    assert apply_macro("normalize_email", value) == expected


@pytest.mark.parametrize(
    "value", [None, "", "   ", "@", "ann", "n/a", "ann.example.com", "@example.com", "ann@", " @ "]
)
def test_a_value_that_is_no_address_becomes_null(apply_macro, value):
    assert apply_macro("normalize_email", value) is None


def test_normalizing_twice_changes_nothing(apply_macro):
    once = apply_macro("normalize_email", "  ANN@Example.COM ")
    assert apply_macro("normalize_email", once) == once
