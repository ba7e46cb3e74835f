"""A value of any type counts as it is written, and is a number all the same."""

import pytest

from runner.definitions.document import read_variables
from runner.errors import UsageError


@pytest.mark.parametrize(
    ("text", "value"),
    [("0456", 456), ("1.50", 1.5), ("007", 7), ("+1", 1), ("1e3", 1000.0), ("12", 12)],
)
def test_number_is_shown_as_it_is_written(text, value):
    found = read_variables(f"{{code: {text}, list: [{text}]}}")
    assert found["code"] == value
    assert (str(found["code"]), str(found["list"][0])) == (text, text)


def test_other_words_are_those_of_yaml_1_2():
    found = read_variables("{a: yes, b: true, c: 2026-01-02, d: null, e: 12:30, f: '0456'}")
    expected = {"a": "yes", "b": True, "c": "2026-01-02", "d": None, "e": "12:30", "f": "0456"}
    assert found == expected


@pytest.mark.parametrize("text", ["[1]", "{a: [}", "{a: 1, a: 2}", "a"])
def test_what_is_no_mapping_is_a_mistake_of_the_command_line(text):
    with pytest.raises(UsageError, match="--vars"):
        read_variables(text)
