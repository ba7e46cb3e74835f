import pytest

from runner.errors import StageError
from runner.stage.header import unique_names
from runner.stage.text_window import BLOCK
from tests.unit.stage.readings import read_records, staged


@pytest.mark.parametrize(
    ("names", "unique"),
    [
        (["a", "b"], ["a", "b"]),
        (["id", "ID", "id"], ["id", "ID_2", "id_3"]),
        (["id", "id_2", "id"], ["id", "id_2", "id_3"]),
        (["id", "id", "id_2"], ["id", "id_3", "id_2"]),
        (["", " a ", ""], ["column_1", "a", "column_3"]),
        (["column_2", ""], ["column_2", "column_2_2"]),
    ],
)
def test_names_are_unique_also_when_case_is_ignored(names, unique):
    assert unique_names(names) == tuple(unique)


@pytest.mark.parametrize("by_records", [False, True])
@pytest.mark.parametrize(
    ("data", "stated", "header", "data_from"),
    [
        (b"id,name\n1,An\n", {}, ("id", "name"), 1),
        (b"x\ny\nid,name\n1,An\n", {"skip_lines": 2}, ("id", "name"), 3),
        (b"x\n\n \nid,name\n1,An\n", {"skip_lines": 1}, ("id", "name"), 4),
        (b'"id" , "first, last"\n1,An\n', {}, ("id", "first, last"), 1),
        (b"1,An\n", {"header": ["id", "name"]}, ("id", "name"), 0),
        (b"x\n1,An\n", {"header": ["id", "name"], "skip_lines": 1}, ("id", "name"), 1),
        (b"1,An\n", {"header": False}, ("column_1", "column_2"), 0),
        (
            b'x\n\n"1",An,\n',
            {"header": False, "skip_lines": 1},
            ("column_1", "column_2", "column_3"),
            1,
        ),
        (b"\xef\xbb\xbfid,name\n1,An\n", {}, ("id", "name"), 1),
        (b'\xef\xbb\xbf"id",name\n1,An\n', {}, ("id", "name"), 1),
        (b"id,name", {}, ("id", "name"), 1),
        (b"", {}, (), 0),
        (b"", {"header": False}, (), 0),
        (b"", {"header": ["id"]}, ("id",), 0),
        (b"x\ny\n", {"skip_lines": 5}, (), 2),
        (b"\n\n", {}, (), 2),
        (b"\n\n", {"header": False}, (), 0),
    ],
)
def test_where_the_names_come_from(tmp_path, data, stated, header, data_from, by_records):
    file = staged(data, tmp_path, by_records=by_records, **stated)
    assert (file.header, file.data_from) == (header, data_from)


def test_crlf_across_two_blocks_ends_one_skipped_line():
    data = b"x" * (BLOCK - 1) + b"\r\nid\n1\n"
    file = read_records(data, skip_lines=1).staged
    assert (file.header, file.data_from, file.lines) == (("id",), 2, 3)


def test_header_on_two_lines_is_read_with_care(tmp_path):
    file = staged(b'id,"first\nname"\n1,An\n', tmp_path)
    assert file.is_clean
    assert (file.header, file.data_from, file.records) == (("id", "first\nname"), 2, 1)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"id,na\xefve\n1,2\n", "has bytes that are not utf-8"),
        ("id,name\n".encode("utf-16"), "has a NUL"),
        (b"i\0d\n", "has a NUL"),
    ],
)
def test_header_that_is_not_in_the_encoding_is_reported(data, fault):
    message = rf"out/people\.csv: line 1, which names the columns, {fault}"
    with pytest.raises(StageError, match=message):
        read_records(data)


def test_header_with_a_broken_quote_is_reported_with_its_line():
    with pytest.raises(StageError, match=r"line 2, which names the columns, .* text after quote"):
        read_records(b'x\n"id"s,name\n1,2\n', skip_lines=1)
