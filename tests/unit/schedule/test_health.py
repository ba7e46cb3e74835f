"""A hung service is told from one that waits, and from one whose build takes long."""

import json
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from runner import events
from runner.events import Event
from runner.schedule.health import Health

WAITING = {"status": "waiting", "connection": ""}
BUILDING = {"status": "building", "connection": "shop"}


class Seconds:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def seconds():
    return Seconds()


@pytest.mark.parametrize(("state", "limit"), [(WAITING, 60), (BUILDING, 600)])
def test_silence_for_too_long_is_unhealthy(seconds, state, limit):
    health = Health(patience=600, clock=seconds)
    health(state)
    seconds.now = limit
    assert health.is_healthy
    seconds.now = limit + 1
    assert not health.is_healthy
    told = json.loads(health.text)
    assert (told["healthy"], told["silent_seconds"]) == (False, limit + 1)
    health.hear(Event("progress", "orders.csv"))
    assert health.is_healthy


def test_unhealthy_answers_503_and_other_paths_404(seconds):
    health = Health(patience=600, clock=seconds)
    health(BUILDING)
    port = health.serve(0)
    try:
        with urlopen(f"http://127.0.0.1:{port}/health") as answer:
            assert json.load(answer)["connection"] == "shop"
        seconds.now = 601
        with pytest.raises(HTTPError, match="503") as refused:
            urlopen(f"http://127.0.0.1:{port}/health")
        assert json.load(refused.value)["healthy"] is False
        with pytest.raises(HTTPError, match="404"):
            urlopen(f"http://127.0.0.1:{port}/")
    finally:
        health.close()


def test_since_tells_when_a_state_began(seconds):
    health = Health(clock=seconds)
    health(WAITING)
    since = health._since
    health._since = "before"
    health(dict(WAITING))
    assert json.loads(health.text)["since"] == "before"
    health(BUILDING)
    assert json.loads(health.text)["since"] >= since


def test_file_that_cannot_be_written_is_told_once_and_written_later(seconds, tmp_path):
    told = []
    file = tmp_path / "health.json"
    file.mkdir()
    health = Health(file, clock=seconds, warn=told.append)
    health(WAITING)
    health.write()
    assert told == [f"{file}: cannot be written: Is a directory"]
    file.rmdir()
    health.write()
    assert json.loads(file.read_text("utf-8"))["status"] == "waiting"


def test_build_that_waits_for_a_lock_is_waiting_and_must_give_signs_of_life():
    moment = [0.0]
    health = Health(clock=lambda: moment[0])
    health({"status": "building", "connection": "shop"})
    health.hear(Event("note", "lock", "waiting: built by another", status=events.WAITING))
    for _ in range(200):
        moment[0] += 30
        health.live()
    told = json.loads(health.text)
    assert (told["status"], told["healthy"]) == ("waiting", True)
    assert told["waits_for"] == "waiting: built by another"
    moment[0] += 61
    assert not health.is_healthy
    health.hear(Event("phase", "import"))
    moment[0] += 61
    assert health.is_healthy
    assert json.loads(health.text)["status"] == "building"
