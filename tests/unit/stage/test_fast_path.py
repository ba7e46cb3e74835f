import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.definitions.format import Format
from runner.stage.dialect import dialect_of
from runner.stage.fast_path import FastPath
from runner.stage.record import RecordParser


def fast_path(line, columns, **stated):
    return FastPath(dialect_of(Format(**stated)), columns).clean(line)


@pytest.mark.parametrize(
    ("line", "stated", "clean"),
    [
        ("1,2,3", {}, "1,2,3"),
        ("1;2;3", {"separator": ";"}, "1,2,3"),
        ("1;2,0;3", {"separator": ";"}, '"1","2,0","3"'),
        ('1;2;"3', {"separator": ";", "quote": ""}, '"1","2","""3"'),
        ('"1","2,x","3"', {}, '"1","2,x","3"'),
        ("'1';'\"';'3'", {"separator": ";", "quote": "'"}, '"1","""","3"'),
        ('1,"2,""x",3', {}, '1,"2,""x",3'),
        ('1;"2;x";3', {"separator": ";"}, '1,"2;x",3'),
    ],
)
def test_usual_lines_need_no_parser(line, stated, clean):
    assert fast_path(line, 3, **stated) == clean


@pytest.mark.parametrize(
    "line",
    ["", "1,2", '1,"2', '1,"2"x,3', '1, "2",3', '1,2"x"y,3', "1,2,3,", '"1","2"', '"1""2","3"'],
)
def test_other_lines_are_left_to_the_parser(line):
    assert fast_path(line, 3) is None


def test_comma_outside_of_quotes_is_left_to_the_parser_where_it_separates_nothing():
    assert fast_path('1,0;"x";3', 3, separator=";") is None


@given(
    st.lists(st.sampled_from(["a", ",", ";", '"', '""', "'", "\\", " ", "|", '","']), max_size=14),
    st.sampled_from([",", ";", "|", "||", " "]),
    st.sampled_from(['"', "'", ""]),
    st.sampled_from(['"', "\\", ""]),
    st.integers(1, 4),
)
def test_shortcut_gives_what_the_parser_finds(bits, separator, quote, escape, columns):
    line = "".join(bits)
    dialect = dialect_of(Format(separator=separator, quote=quote, escape=escape))
    clean = FastPath(dialect, columns).clean(line)
    if clean is not None:
        record = RecordParser(dialect).parse(line, 0, columns)
        assert (next(csv.reader([clean], strict=True)), len(line), "") == record[:3]
