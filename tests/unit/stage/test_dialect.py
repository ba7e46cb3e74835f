import pytest
from pydantic import ValidationError

from runner.definitions.format import Format
from runner.errors import StageError
from runner.stage.dialect import dialect_of


@pytest.mark.parametrize(
    "stated",
    [
        {},
        {"separator": ";"},
        {"separator": "\t"},
        {"quote": "'"},
        {"quote": ""},
        {"encoding": "utf-8-sig"},
        {"header": ["a", "b"], "skip_lines": 3},
    ],
)
def test_engine_reads_what_it_reads_right(stated):
    assert dialect_of(Format(**stated)).is_direct


@pytest.mark.parametrize(
    "stated",
    [
        {"separator": "||"},
        {"separator": " "},
        {"separator": "§"},
        {"separator": "\x01"},
        {"escape": "\\"},
        {"escape": ""},
        {"encoding": "windows-1252"},
        {"encoding": "ascii"},
        {"encoding": "utf-16"},
    ],
)
def test_other_dialects_are_read_with_care(stated):
    assert not dialect_of(Format(**stated)).is_direct


def test_quote_character_as_escape_means_doubled_quotes():
    assert dialect_of(Format(quote="'")).escape == "'"


@pytest.mark.parametrize(
    "stated", [{"separator": '"'}, {"separator": "a\n"}, {"separator": "\\", "escape": "\\"}]
)
def test_separator_that_cannot_be_told_apart_is_refused(stated):
    with pytest.raises(StageError, match="could not be told apart"):
        dialect_of(Format(**stated))


def test_codec_that_makes_no_text_is_refused():
    with pytest.raises(ValidationError, match="'base64'; expected an encoding"):
        Format(encoding="base64")


def test_digest_differs_with_what_changes_the_reading():
    plain = dialect_of(Format()).digest
    others = [{"separator": ";"}, {"encoding": "cp1252"}, {"header": False}, {"skip_lines": 1}]
    assert len({plain, *(dialect_of(Format(**stated)).digest for stated in others)}) == 5
    assert dialect_of(Format(decimal=",", trim=False)).digest == plain
