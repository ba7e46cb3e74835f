from runner.definitions.format import Format
from runner.remote import RemoteFile
from runner.stage import single_lines
from runner.stage.single_lines import CLEAN, SearchedFile, searched_file
from tests.unit.stage.readings import NOON, blob_of

PEOPLE = b"id,name\n" + b"".join(b"%d,name %d\n" % (number, number) for number in range(2, 2000))


def records(data, folder, numbers, columns=2, **file_format):
    file = RemoteFile("out/people.csv", "people.csv", len(data), NOON)
    form = Format().with_changes(**file_format)
    is_careful = file_format.pop("is_careful", False)
    return searched_file(blob_of(data, folder), file, form, is_careful=is_careful).records(
        numbers, columns
    )


def test_line_is_found_by_its_number_wherever_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(single_lines, "BLOCK", 64)
    found = records(PEOPLE, tmp_path, [2, 3, 700, 1999, 2000, 0])
    assert found == {number: (str(number), f"name {number}") for number in (2, 3, 700, 1999)}


def test_line_is_looked_up_from_the_nearest_position_above_it(tmp_path, monkeypatch):
    monkeypatch.setattr(single_lines, "BLOCK", 64)
    path = tmp_path / "people.csv"
    path.write_bytes(PEOPLE)
    # Where 700 begins there are 3 lines more, as far as the reader is told.
    starts = [(PEOPLE.index(b"500,"), 499), (PEOPLE.index(b"700,"), 702)]
    searched = SearchedFile(path, False, CLEAN, 1, starts)
    found = searched.records([2, 500, 703, 704], 2)
    assert [fields[0] for fields in found.values()] == ["2", "500", "700", "701"]


def test_line_without_an_end_and_one_with_fewer_fields_are_found(tmp_path):
    assert records(b"id,name\r\n1,An\r\n2", tmp_path, [2, 3]) == {2: ("1", "An"), 3: ("2", "")}


def test_line_of_a_clean_form_is_found_by_its_number_in_the_file(tmp_path):
    data = 'id;name\n1;"An\nAnna"\n\n4x;B\n5;\xe9\n'.encode("latin-1")
    form = {"separator": ";", "encoding": "latin-1"}
    found = records(data, tmp_path, [2, 4, 5, 6], **form)
    assert found == {2: ("1", "An\nAnna"), 5: ("4x", "B"), 6: ("5", "\xe9")}


def test_empty_file_has_no_lines(tmp_path):
    assert records(b"", tmp_path, [1, 2]) == {}


def lines_with(data, folder, *texts, **file_format):
    file = RemoteFile("out/people.csv", "people.csv", len(data), NOON)
    form = Format().with_changes(**file_format)
    return searched_file(blob_of(data, folder), file, form).lines_with(texts)


def test_lines_below_the_header_that_hold_a_text_are_found(tmp_path, monkeypatch):
    monkeypatch.setattr(single_lines, "SEARCHED", 64)
    assert lines_with(PEOPLE, tmp_path, "name 700", "1999", "name 19990") == (700, 1999)
    assert lines_with(PEOPLE, tmp_path, "name", "nobody") == tuple(range(2, 2000))
    assert lines_with(b'id\n1\n"a;b"\n1', tmp_path, "1", "a;b", "id") == (2, 3, 4)
    assert lines_with(PEOPLE, tmp_path) == ()
    starts = [(PEOPLE.index(b"500,"), 499), (PEOPLE.index(b"700,"), 702)]
    (tmp_path / "people.csv").write_bytes(PEOPLE)
    searched = SearchedFile(tmp_path / "people.csv", False, CLEAN, 1, starts)
    assert searched.lines_with(["name 499", "name 501", "name 701"]) == (499, 501, 704)


def test_bytes_tell_nothing_where_a_text_may_be_written_otherwise(tmp_path, monkeypatch):
    assert lines_with(PEOPLE, tmp_path, "na\xefve") is None
    assert lines_with(PEOPLE, tmp_path, 'na"me') is None
    assert lines_with(b"id\nK1\n", tmp_path, "K1") == (2,)
    assert lines_with("id\nK1\n\u212a1\n".encode(), tmp_path, "K1") is None
    assert lines_with("id;x\n1;\xe9\n".encode("latin-1"), tmp_path, "1", encoding="latin-1") is None
    monkeypatch.setattr(single_lines, "MOST_FOUND", 99)
    assert lines_with(PEOPLE, tmp_path, "name") is None
    monkeypatch.setattr(single_lines, "MOST_SEARCHED", 99)
    assert lines_with(PEOPLE, tmp_path, "name 700") is None
