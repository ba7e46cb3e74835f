"""Names of a listing: which are taken, and how odd ones are shown (F1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.remote.name import name_fault, printable, shown


@pytest.mark.parametrize(
    "name", ["a.csv", "with space.csv", "quote'\".csv", "café.csv", "..a", "-rf", "*?[]", "a\\b"]
)
def test_plain_names_are_taken_f1(name: str) -> None:
    assert name_fault(name) == ""
    assert name_fault(name.encode()) == ""


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../x", "leads outside"),
        ("/etc/x", "leads outside"),
        ("a/b", "leads outside"),
        (".", "not that of a file"),
        ("..", "not that of a file"),
        ("", "not that of a file"),
        ("a\nb", "control characters"),
        ("a\0", "control characters"),
        ("a\x1b[2J", "control characters"),
        ("a\x85", "control characters"),
        ("a\u2028b", "control characters"),
        (b"caf\xe9", "not valid UTF-8"),
        ("caf\udce9", "not valid UTF-8"),
    ],
)
def test_all_other_names_are_refused_f1(name: str | bytes, reason: str) -> None:
    assert reason in name_fault(name)


@given(st.binary())
def test_any_name_has_an_outcome_and_can_be_shown_f1(name: bytes) -> None:
    text = shown(name)
    assert text.encode()
    assert text.isprintable() or "\xad" in name.decode(errors="ignore") or not name_fault(name)
    if not name_fault(name):
        assert b"/" not in name
        assert b"\n" not in name


def test_odd_names_are_shown_escaped() -> None:
    assert shown("a\nb") == r"'a\nb'"
    assert shown(b"caf\xe9") == r"'caf\xe9'"
    assert shown("caf\udce9") == r"'caf\udce9'"
    assert shown("café") == "'café'"


def test_words_of_a_server_become_one_line() -> None:
    assert printable(" no\r\nway\x1b[31m ") == "no  way [31m"
