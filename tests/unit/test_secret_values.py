"""Secrets are replaced by the call that reads them, however they are written (B7)."""

import json

import pytest

from runner.secret_values import SecretValues

SECRET = 'it\'s "Canary" \\ päss,other-part\nsecond line of it'
CALL = "env_var('X')"


@pytest.fixture
def secrets() -> SecretValues:
    found = SecretValues()
    found.add(SECRET, CALL)
    return found


@pytest.mark.parametrize(
    "written",
    [
        SECRET,
        SECRET.upper(),
        SECRET.replace("'", "''"),
        json.dumps(SECRET, ensure_ascii=False)[1:-1],
        "other-part",
        "second line of it",
    ],
)
def test_secret_is_hidden_in_every_spelling(secrets: SecretValues, written: str) -> None:
    assert secrets.hide(f"a '{written}' b") == f"a '{CALL}' b"


def test_short_values_are_hidden_as_words_and_the_shortest_not_at_all() -> None:
    secrets = SecretValues()
    for value in ("2024", "18", "true", "", "  "):
        secrets.add(value, CALL)
    assert (
        secrets.hide("date '2024-01-01', 12024, 18, true")
        == f"date '{CALL}-01-01', 12024, 18, true"
    )


def test_all_texts_of_a_value_are_hidden(secrets: SecretValues) -> None:
    assert secrets.hide_all({"a": [SECRET, 1, None], "b": (SECRET,)}) == {
        "a": [CALL, 1, None],
        "b": [CALL],
    }
    assert SecretValues().hide(SECRET) == SECRET
