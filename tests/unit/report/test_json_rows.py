import io
import json
from decimal import Decimal

from runner.report.json_rows import write_json


def written(columns, rows):
    stream = io.StringIO()
    assert write_json(stream, columns, iter(rows)) == len(rows)
    return stream.getvalue()


def test_rows_are_a_list_of_objects_one_a_line():
    text = written(["id", "sum"], [(1, Decimal("1.50")), (2, None)])
    assert text == '[\n {"id": 1, "sum": 1.50},\n {"id": 2, "sum": null}\n]\n'


def test_no_rows_are_an_empty_list():
    assert written(["id"], []) == "[]\n"


def test_columns_of_one_name_are_all_kept():
    text = written(["a", "a", "a_1", "a"], [(1, 2, 3, 4)])
    assert json.loads(text) == [{"a": 1, "a_2": 2, "a_1": 3, "a_3": 4}]
