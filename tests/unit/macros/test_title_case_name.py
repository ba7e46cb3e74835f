import pytest


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("JANSEN", "Jansen"),
        ("jansen", "Jansen"),
        ("jANSEN", "Jansen"),
        ("Jansen", "Jansen"),
        ("ZOË", "Zoë"),
        ("élodie", "Élodie"),
        ("ANNE-MARIE", "Anne-Marie"),
        ("o'neil", "O'Neil"),
        ("O’NEIL", "O’Neil"),
        ("d'arc", "D'Arc"),
        ("j.p.", "J.P."),
        ("VAN DER BERG", "van der Berg"),
        ("van den heuvel-de wit", "van den Heuvel-de Wit"),
        ("'T HOF", "'t Hof"),
        ("'s-hertogenbosch", "'s-Hertogenbosch"),
        ("  de   wit ", "de Wit"),
        ("de\twit", "de Wit"),
        ("x", "X"),
        ("李", "李"),
        ("3M", "3m"),
        ("\ufb01ona", "\ufb01ona"),
        ("İPEK ΟΔΟΣ", "İpek Οδοσ"),
    ],
)
def test_a_name_gets_its_capitals(apply_macro, value, expected):
    assert apply_macro("title_case_name", value) == expected


@pytest.mark.parametrize("value", ["McDonald", "Van Damme", "De la Cruz", "LeBron", "Jan-Willem"])
def test_a_name_written_with_care_stays_as_it_is(apply_macro, value):
    assert apply_macro("title_case_name", value) == value


@pytest.mark.parametrize(
    ("value", "particles", "expected"),
    [
        ("VAN", [], "Van"),
        ("DE LA CRUZ", [], "De La Cruz"),
        ("ZU GUTTENBERG", ["zu"], "zu Guttenberg"),
    ],
)
def test_the_small_words_can_be_chosen(apply_macro, value, particles, expected):
    assert apply_macro("title_case_name", value, particles=particles) == expected


@pytest.mark.parametrize("value", [None, "", "   "])
def test_no_name_becomes_null(apply_macro, value):
    assert apply_macro("title_case_name", value) is None


@pytest.mark.parametrize("value", ["VAN DER BERG", "o'neil", "ANNE-MARIE", "McDonald"])
def test_a_second_time_changes_nothing(apply_macro, value):
    once = apply_macro("title_case_name", value)
    assert apply_macro("title_case_name", once) == once
