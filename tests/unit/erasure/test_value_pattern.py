"""Values of persons are found in any text, in every form in which they are sent (C2)."""

import duckdb
import pytest

from runner.definitions.identifier_text import identifier_text
from runner.erasure.value_pattern import ValuePattern

PATTERN = ValuePattern(("ann@x.nl", "jos\u00e9@x.nl", "CARD-4711"))


@pytest.mark.parametrize(
    "text",
    [
        "1,ann@x.nl,2",
        "ANN@X.NL",
        "mailto:Ann@x.nl",
        "Ann <ann@x.nl>",
        "an\u200bn@x.nl",
        "ann@x.nl\ufeff;",
        "\u2066ann@\u2060x.nl\u2069",
        "jos\u00e9@x.nl",
        "jose\u0301@x.nl",
        "JOS\u00c9@x.nl",
        "JOSE\u0301@X.NL",
        "jo\u00adse\u0301@x.nl",
        "\u3000CARD-4711",
    ],
)
def test_value_is_found_in_text_in_bytes_and_by_the_engine(text: str) -> None:
    assert PATTERN.text.search(text)
    assert PATTERN.bytes.search(text.encode())
    assert _found_by_the_engine(text)


@pytest.mark.parametrize("text", ["joann@x.nl", "ann@x.nlx", "jose@x.nl", "CARD-47111"])
def test_value_inside_another_word_is_not_found(text: str) -> None:
    assert not PATTERN.text.search(text)
    assert not PATTERN.bytes.search(text.encode())
    assert not _found_by_the_engine(text)


def test_pattern_of_nobody_finds_nothing() -> None:
    assert not ValuePattern(()).text.search("ann@x.nl")
    assert not ValuePattern(()).bytes.search(b"ann@x.nl")


def _found_by_the_engine(text: str) -> bool:
    query = "select regexp_matches(?, ?)"
    row = duckdb.execute(query, [identifier_text(text), PATTERN.sql]).fetchone()
    assert row is not None
    return bool(row[0])
