import io
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from runner.errors import DefinitionError, Fault, Location, RemoteError
from runner.events import Event
from runner.report.json_log import JsonLog
from tests.unit.report.samples import FAILED, NOON, ORDERS, PASSED, build


@pytest.fixture
def stream():
    return io.StringIO()


@pytest.fixture
def log(stream):
    return JsonLog(stream, "b1", clock=lambda: NOON)


def lines(stream):
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_each_event_is_one_line_with_its_fields(stream, log):
    log(Event("started", "webshop.orders", "x\ny", 1, 6, fields={"files": 3}))
    assert lines(stream) == [
        {
            "ts": "2026-11-24T12:00:00Z",
            "level": "info",
            "kind": "started",
            "name": "webshop.orders",
            "message": "x\ny",
            "build_id": "b1",
            "done": 1,
            "total": 6,
            "files": 3,
        }
    ]


def test_a_field_never_hides_a_part_of_the_line(stream, log):
    log(Event("started", "vip", fields={"kind": "segment", "name": "x"}))
    (line,) = lines(stream)
    assert (line["kind"], line["field_kind"], line["field_name"]) == ("started", "segment", "x")


def test_a_build_id_among_the_fields_holds_from_then_on(stream):
    log = JsonLog(stream)
    log(Event("phase", "lock"))
    log(Event("phase", "stage", fields={"build_id": "b2"}))
    log(Event("phase", "import"))
    assert [line["build_id"] for line in lines(stream)] == ["", "b2", "b2"]


@pytest.mark.parametrize(
    ("event", "level"),
    [
        (Event("warning", "x"), "warning"),
        (Event("progress", "x"), "debug"),
        (Event("finished", "x", status="success"), "info"),
        (Event("finished", "x", status="warn"), "warning"),
        (Event("finished", "x", status="fail"), "error"),
        (Event("finished", "x", fields={"result": FAILED}), "error"),
    ],
)
def test_the_level_follows_what_happened(stream, log, event, level):
    log(event)
    assert lines(stream)[0]["level"] == level


def test_a_result_is_an_object_with_its_books(stream, log):
    log(Event("finished", ORDERS.name, fields={"result": ORDERS}))
    (line,) = lines(stream)
    assert line["result"]["outcomes"]["updated"] == 8198
    assert line["result"]["files"][0]["modified_at"] == "2026-11-24T12:00:00+00:00"


def test_progress_is_written_once_a_second_and_when_it_is_complete(stream, log):
    for done in range(1, 101):
        log(Event("progress", "a.csv", done=done, total=100))
    log(Event("progress", "b.csv", done=1, total=100))
    assert lines(stream)[0]["unit"] == "bytes"
    told = [(line["name"], line["done"]) for line in lines(stream)]
    assert told == [("a.csv", 1), ("a.csv", 100), ("b.csv", 1)]


def test_errors_are_lines_with_their_place_and_hint(stream, log):
    log.error(RemoteError("no server", Location("c.yml", 3, 4), "check the port"))
    log.error(DefinitionError([Fault(Location("c.yml", 2), "b"), Fault(Location("c.yml", 1), "a")]))
    first, second, third = lines(stream)
    assert first | {"ts": ""} == {
        "ts": "",
        "level": "error",
        "kind": "error",
        "name": "",
        "message": "no server",
        "build_id": "b1",
        "location": "c.yml:3:4",
        "hint": "check the port",
        "exit_code": 4,
    }
    assert [line["location"] for line in (second, third)] == ["c.yml:1:1", "c.yml:2:1"]


def test_the_summary_is_a_line_per_node_and_one_for_the_whole(stream, log):
    log.summary(build(PASSED, FAILED, warnings=("w",)))
    passed, failed, whole = lines(stream)
    assert (passed["kind"], passed["level"], failed["level"]) == ("result", "info", "error")
    assert failed["result"]["location"] == {
        "file": "connections/webshop.yml",
        "line": 71,
        "column": 5,
    }
    assert (whole["kind"], whole["exit_code"], whole["published"]) == ("done", 1, True)
    assert whole["build_id"] == "20261124T120000000Z"


def test_threads_never_mix_lines(stream, log):
    with ThreadPoolExecutor(8) as pool:
        for _ in range(400):
            pool.submit(log, Event("note", "x", "m" * 200))
    assert len(lines(stream)) == 400
