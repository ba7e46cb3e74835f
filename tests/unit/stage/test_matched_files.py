from datetime import timedelta

import pytest

from runner.definitions.file_source import FileSource
from runner.errors import DefinitionError
from runner.stage.matched_files import directory_of, match_files
from tests.unit.stage.readings import NOON, remote_file


def names(listed, **source):
    files = [remote_file(f"out/{name}") for name in listed]
    return [file.name for file in match_files(files, FileSource(**source)).files]


def test_f1_glob_matches_whole_names_and_case():
    listed = ["orders_1.csv", "orders_1.csv.gz", "Orders_2.csv", "x_orders_1.csv", "orders_.csv"]
    assert names(listed, path="out/orders_*.csv") == ["orders_.csv", "orders_1.csv"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("out/day_?.csv", ["day_1.csv", "day_a.csv"]),
        ("out/day_[0-9].csv", ["day_1.csv"]),
        ("out/day_[!0-9].csv", ["day_a.csv"]),
        ("out/day_1.csv", ["day_1.csv"]),
        ("out/(day).csv", []),
    ],
)
def test_f1_glob_knows_question_marks_and_brackets(path, expected):
    assert names(["day_1.csv", "day_a.csv", "day_10.csv"], path=path) == expected


def test_f1_regular_expression_matches_the_whole_name():
    listed = ["orders_2024.csv", "orders_2024.csv.bak", "old_orders_2024.csv"]
    assert names(listed, directory="out", regex=r"orders_\d{4}\.csv") == ["orders_2024.csv"]


def test_f2_done_dot_files_and_names_in_transit_are_ignored_with_the_reason():
    left = ["a.csv.done", ".a.csv", "a.csv.part", "a.tmp", "b.csv.crdownload", "c.csv.filepart"]
    listed = [remote_file(f"out/{name}") for name in [*left, "a.csv", "d.csv.partial"]]
    matched = match_files(listed, FileSource(path="out/*"))
    assert [file.name for file in matched.files] == ["a.csv"]
    assert {file.name: reason for file, reason in matched.ignored} == {
        ".a.csv": "a dot file",
        "a.csv.done": "done",
        "a.csv.part": "in transit",
        "a.tmp": "in transit",
        "b.csv.crdownload": "in transit",
        "c.csv.filepart": "in transit",
        "d.csv.partial": "in transit",
    }


def test_f2_ignored_files_are_listed_when_their_name_without_the_suffix_fits():
    listed = [remote_file("out/a.csv.done"), remote_file("out/b.txt.done")]
    matched = match_files(listed, FileSource(path="out/*.csv"))
    assert [file.name for file, _ in matched.ignored] == ["a.csv.done"]


def listed_over_time():
    later = NOON + timedelta(hours=1)
    return [remote_file("a", 1, later), remote_file("c", 1, NOON), remote_file("b", 1, NOON)]


def test_f3_files_are_ordered_by_time_then_name():
    matched = match_files(listed_over_time(), FileSource(path="*"))
    assert [file.name for file in matched.files] == ["b", "c", "a"]


def test_f3_order_by_name_disregards_time():
    matched = match_files(listed_over_time(), FileSource(path="*", order_by="name"))
    assert [file.name for file in matched.files] == ["a", "b", "c"]


def test_pick_latest_takes_the_last_in_order_and_lists_the_others_as_ignored():
    matched = match_files(listed_over_time(), FileSource(path="*", pick="latest"))
    assert [file.name for file in matched.files] == ["a"]
    assert [(file.name, why) for file, why in matched.ignored] == [
        ("b", "not the latest"),
        ("c", "not the latest"),
    ]


@pytest.mark.parametrize(
    ("source", "directory"),
    [
        ({"path": "out/daily/x_*.csv"}, "out/daily"),
        ({"path": "x_*.csv"}, ""),
        ({"path": "/x.csv"}, "/"),
        ({"directory": "out", "regex": "x"}, "out"),
        ({"regex": "x"}, ""),
    ],
)
def test_directory_to_list(source, directory):
    assert directory_of(FileSource(**source)) == directory


def test_glob_in_the_directory_is_a_fault():
    with pytest.raises(DefinitionError, match=r"found 'out/\*/x.csv'; .* in the file name alone"):
        match_files([], FileSource(path="out/*/x.csv"))
