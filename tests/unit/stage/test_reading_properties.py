"""What must hold for any bytes, and for any table that was written well."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from runner.errors import StageError
from runner.stage.readable_file import ReadableFile
from tests.thorough import examples
from tests.unit.stage.readings import read_records, staged

pytestmark = pytest.mark.thorough

ENDS = ("\n", "\r\n", "\r")
SEPARATORS = (",", ";", "\t", "|", "||", " ", "§", "ab")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-32-le")
CUT_MARK = {"separator": ",", "quote": '"', "escape": '"', "encoding": "utf-8-sig"}
MARKS = "a1 ,;|\t\"'\\\r\n\u00e9\u0153b"


@st.composite
def dialects(draw):
    quote = draw(st.sampled_from(('"', "'", "")))
    return {
        "separator": draw(st.sampled_from(SEPARATORS)),
        "quote": quote,
        "escape": draw(st.sampled_from(("\\", quote))),
        "encoding": draw(st.sampled_from(ENCODINGS)),
    }


def written(value, dialect):
    """Write a value as the dialect asks; None when it has no way to."""
    separator, quote, escape = dialect["separator"], dialect["quote"], dialect["escape"]
    if escape == "\\":
        value = value.replace("\\", "\\\\")
    if quote:
        return quote + value.replace(quote, escape + quote) + quote
    if "\n" in value or "\r" in value:
        return None
    if escape == "\\":
        return value.replace(separator, escape + separator)
    return None if separator in value else value


@settings(deadline=None)
@given(st.data())
def test_r1_what_a_writer_wrote_is_read_back_with_its_lines(data):
    dialect = data.draw(dialects())
    columns = data.draw(st.integers(2, 4))
    row = st.lists(st.text(MARKS, max_size=8), min_size=columns, max_size=columns)
    rows = data.draw(st.lists(row, max_size=6))
    text, line, expected = "", 1, []
    for values in rows:
        fields = [written(value, dialect) for value in values]
        assume(None not in fields)
        # Where fields touch, a separator of several characters could be read elsewhere.
        record = dialect["separator"].join(fields)
        assume(dialect["quote"] or len(dialect["separator"]) == 1)
        assume(dialect["quote"] or record.strip(" \t"))
        end = data.draw(st.sampled_from(ENDS))
        text += record + end
        expected.append((line, values))
        line += len(re.findall("\r\n|\r|\n", record + end))
        # A CR and the LF of the next record would be one line end.
        assume(not (end == "\r" and record.startswith("\n")))
    header = [f"c{number}" for number in range(columns)]
    reading = read_records(text.encode(dialect["encoding"]), header=header, **dialect)
    assert reading.rows == expected
    assert reading.rejects == []


lines_of_marks = st.text("a1,;\"' \\\r\n\t\u00e9\0", max_size=60).map(str.encode)
any_bytes = st.one_of(
    lines_of_marks,
    st.binary(max_size=60),
    st.lists(st.sampled_from([b"a,b\n", b'"x"', b",", b"\n", b"\r\n", b'"', b"\xff", b" "])).map(
        b"".join
    ),
)


@settings(deadline=None)
@given(any_bytes, dialects(), st.sampled_from([True, False, ["x", "y"]]), st.integers(0, 2))
@example(b"\xef", CUT_MARK, True, 0)
def test_r7_line_counts_add_up_for_any_bytes(data, dialect, header, skip_lines):
    try:
        reading = read_records(data, header=header, skip_lines=skip_lines, **dialect)
    except StageError:
        return
    book = reading.staged
    assert book.lines == book.data_from + book.record_lines + book.blank + book.rejected
    assert book.records == len(reading.rows)
    assert book.record_count == len(reading.rows)
    decoded = data.decode(dialect["encoding"], "replace").removeprefix("\ufeff")
    ends = re.findall("\r\n|\r|\n", decoded)
    is_open = bool(decoded) and not decoded.endswith(("\r", "\n"))
    assert book.lines == len(ends) + is_open
    assert [line for line, _ in reading.rows] == sorted({line for line, _ in reading.rows})


def read_by_engine(file: ReadableFile, separator: str, quote: str):
    with duckdb.connect() as engine:
        return engine.execute(
            """
            select * from read_csv(
                $path, columns = $columns, auto_detect = false, header = false, skip = $skip,
                delim = $separator, quote = $quote, escape = $quote, compression = 'none',
                store_rejects = true, nullstr = 'no value is written so'
            )
            """,
            {
                "path": str(file.local_path),
                "columns": dict.fromkeys(file.header, "VARCHAR"),
                "skip": file.data_from,
                "separator": separator,
                "quote": quote,
            },
        ).fetchall()


well_formed_bits = st.sampled_from(
    [
        "a",
        "1",
        " ",
        ",",
        ",",
        ",",
        "\n",
        "\n",
        '"',
        '"',
        '""',
        '","',
        '" ',
        ' "',
        "\u00e9",
        "\\",
        "\t",
        ";",
        "'",
    ]
)
texts = st.one_of(
    st.lists(well_formed_bits, max_size=30).map("".join),
    st.lists(
        st.tuples(well_formed_bits, well_formed_bits, well_formed_bits).map(
            lambda bits: bits[0] + "," + bits[1] + bits[2] + "\n"
        ),
        max_size=5,
    ).map("".join),
)


@settings(max_examples=examples(500), deadline=None)
@given(
    st.one_of(texts, texts.map(lambda text: text.replace("\n", "\r\n"))),
    st.sampled_from((",", ";", "\t")),
    st.sampled_from(('"', "'", "")),
    st.integers(1, 3),
)
@example('a,"b" "c"\n', ",", '"', 2)
@example('a, "b" ,\n', ",", '"', 2)
@example('a,  "b"\n', ",", '"', 2)
@example("a,,,\n", ",", '"', 2)
@example("\n", ",", '"', 1)
def test_r2_proved_reading_of_the_engine_is_that_of_the_record_reader(
    text, separator, quote, columns
):
    dialect = {"separator": separator, "quote": quote, "header": [f"c{n}" for n in range(columns)]}
    with TemporaryDirectory() as directory:
        file = staged(text.encode(), Path(directory), **dialect)
        assume(not file.is_clean)
        try:
            by_engine = read_by_engine(file, separator, quote)
        except duckdb.Error:
            return
    if file.record_count == len(by_engine):
        reading = read_records(text.encode(), **dialect)
        assert [tuple(values) for values in reading.values] == by_engine
        assert [line for line, _ in reading.rows] == list(range(1, len(by_engine) + 1))


@settings(max_examples=examples(300), deadline=None)
@given(st.lists(st.lists(st.text(MARKS, min_size=1), min_size=2, max_size=2), max_size=5))
def test_engine_reads_the_clean_form_back(rows):
    text = "".join(
        ",".join('"' + value.replace('"', '""') + '"' for value in values) + "\n" for values in rows
    )
    with TemporaryDirectory() as directory:
        file = staged(text.encode(), Path(directory), by_records=True, header=["first", "second"])
        with duckdb.connect() as engine:
            names = {"line": "BIGINT", "a": "VARCHAR", "b": "VARCHAR"}
            read = engine.execute(
                """
                select a, b from read_csv(
                    $path, columns = $columns, auto_detect = false, header = false,
                    delim = ',', quote = '"', escape = '"', new_line = '\\n'
                )
                """,
                {"path": str(file.local_path), "columns": names},
            ).fetchall()
    assert read == [tuple(values) for values in rows]
    assert file.record_count == len(read)
