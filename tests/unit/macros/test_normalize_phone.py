import pytest


@pytest.mark.parametrize(
    "value",
    [
        "+31612345678",
        "+31 6 12345678",
        "+31 (0)6 1234 5678",
        "+31 06 1234 5678",
        "0031612345678",
        "0031 (0)6-12345678",
        "31612345678",
        "0612345678",
        "06-12345678",
        "06 12 34 56 78",
        "(06) 1234.5678",
        "tel. 06-12345678",
        " 06/12345678 ",
        "612345678",
        "06 12345678 ext. 12",
        "06 12345678 EXT 9",
        "06 12345678 #3",
        "06 12345678 x123",
        "06 12345678 toestel 89",
        "06-12345678, doorkiesnr. 12",
        "06 12345678 (werk)",
        "tel:+31-6-12345678",
        "\u202a+31 6 12345678\u202c",
        "\uff0b31\u00a06\u00a012345678",
    ],
)
def test_all_spellings_of_a_number_become_one(apply_macro, value):
    assert apply_macro("normalize_phone", value) == "+31612345678"


@pytest.mark.parametrize(
    ("value", "country_code", "expected"),
    [
        ("07700 900123", "44", "+447700900123"),
        ("+44 (0)7700 900123", "44", "+447700900123"),
        ("(202) 555-0123", "1", "+12025550123"),
        ("1-202-555-0123", "1", "+12025550123"),
        ("0498 12 34 56", "32", "+32498123456"),
        ("020 555 0199", "31", "+31205550199"),
        ("020 123 4567 toestel 89", "31", "+31201234567"),
        ("(555) 555-0100 x123", "1", "+15555550100"),
        ("+44 020 7946 0958", "31", "+442079460958"),
        ("011 44 20 7946 0958", "1", "+442079460958"),
        ("1-800-FLOWERS", "1", "+18003569377"),
        ("8 (495) 123-45-67", "7", "+74951234567"),
        ("06 6982 1234", "39", "+390669821234"),
        ("06 1 234 5678", "36", "+3612345678"),
        ("020 123 4567 poste 12", "33", "+33201234567"),
        ("0612345678", "NL", "+31612345678"),
    ],
)
def test_a_national_number_gets_the_country_code(apply_macro, value, country_code, expected):
    assert apply_macro("normalize_phone", value, country_code=country_code) == expected


@pytest.mark.parametrize("value", ["+44 7700 900123", "00447700900123"])
def test_a_number_that_says_its_country_keeps_it(apply_macro, value):
    assert apply_macro("normalize_phone", value, country_code="31") == "+447700900123"


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "-",
        "0",
        "00",
        "+",
        "onbekend",
        "112",
        "+0612345678",
        "06+12345678",
        "06-12345678 / 020-5550199",
        "0612345678901234",
        "6.12345678E+8",
        "06 12345678, 020 1234567",
    ],
)
def test_a_value_that_is_no_number_becomes_null(apply_macro, value):
    assert apply_macro("normalize_phone", value) is None


def test_normalizing_twice_changes_nothing(apply_macro):
    once = apply_macro("normalize_phone", "06-12345678")
    assert apply_macro("normalize_phone", once) == once


def test_country_that_is_none_is_an_error(apply_macro):
    with pytest.raises(Exception, match="there is no country 'XX'"):
        apply_macro("normalize_phone", "06-12345678", country_code="XX")
