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
        ("mailto:Ann@example.com", "ann@example.com"),
        ("mailto:ann@example.com?subject=hi", "ann@example.com"),
        ("<ann@example.com>", "ann@example.com"),
        ("Ann Lee <ann@example.com>", "ann@example.com"),
        ('"Lee, Ann" <ann@example.com> (home)', "ann@example.com"),
        ("'ann@example.com'", "ann@example.com"),
        ("ann@example.com;", "ann@example.com"),
        ("ann@example.com.", "ann@example.com"),
        ("ann@\u200bexample.com", "ann@example.com"),
        ("\ufeffann@example.com\u00a0", "ann@example.com"),
        ("\u3000ann@example.com\r\n", "ann@example.com"),
        ("\u202aann@example.com\u202c", "ann@example.com"),
        ("jose\u0301@example.com", "jos\u00e9@example.com"),
        ("JOSE\u0301@example.com", "jos\u00e9@example.com"),
    ],
)
def test_all_spellings_of_an_address_become_one(apply_macro, value, expected):
    assert apply_macro("normalize_email", value) == expected


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "   ",
        "@",
        "ann",
        "n/a",
        "ann.example.com",
        "@example.com",
        "ann@",
        " @ ",
        "a@x;b@x",
        "a@x, b@x",
        "a@x b@x",
        "a@@x",
        "ann lee@x.nl",
        "a@x/b@x",
        "a@.",
        "<a@x><b@x>",
    ],
)
def test_a_value_that_is_no_address_becomes_null(apply_macro, value):
    assert apply_macro("normalize_email", value) is None


def test_normalizing_twice_changes_nothing(apply_macro):
    once = apply_macro("normalize_email", "  ANN@Example.COM ")
    assert apply_macro("normalize_email", once) == once
