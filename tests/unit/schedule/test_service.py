"""A day of schedules on a clock that a test turns, in a zone with daylight saving."""

from datetime import UTC, datetime, timedelta
from errno import ENOSPC
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from runner.definitions.connection import Connection
from runner.errors import RunnerError, UsageError
from runner.schedule.service import Service

ZONE = ZoneInfo("Europe/Amsterdam")


class Hands:
    """A clock that waits in no time, until an end."""

    def __init__(self, start, end):
        self.moment, self.end = start.astimezone(UTC), end.astimezone(UTC)

    def now(self):
        return self.moment

    def wait(self, seconds):
        self.moment += timedelta(seconds=max(seconds, 0.001))

    def is_stopped(self):
        return self.moment >= self.end


def service(folder, clock, build, **schedules):
    (folder / "runner_project.yml").touch()
    connections = {
        name: Connection(connection=name, schedule=written) for name, written in schedules.items()
    }
    project = SimpleNamespace(
        file=SimpleNamespace(timezone="Europe/Amsterdam"),
        connections=tuple(connections.values()),
        python_files={},
        connection=connections.get,
    )
    workspace = SimpleNamespace(project=project, generated=folder / "target", target_name="local")
    return Service(folder, lambda: workspace, build, clock)


@pytest.mark.parametrize(("day", "halves"), [((2026, 3, 29), 46), ((2026, 10, 25), 50)])
def test_day_of_a_change_runs_what_it_should(tmp_path, monkeypatch, day, halves):
    monkeypatch.setattr("runner.schedule.service.LONGEST_WAIT", 60.0)  # a twelfth of the steps
    start = datetime(*day, tzinfo=ZONE)
    clock = Hands(start - timedelta(seconds=1), datetime(*day[:2], day[2] + 1, tzinfo=ZONE))
    runs = []

    def build(workspace, connection):
        runs.append((connection.connection, clock.now()))
        return 0

    service(
        tmp_path,
        clock,
        build,
        often={"every": "30 minutes"},
        night={"times_per_day": 1, "at": "02:30"},
        monday={"weekdays": ["mon"]},
    ).run()
    assert [name for name, _ in runs].count("often") == halves
    assert [name for name, _ in runs].count("night") == 1
    assert "monday" not in [name for name, _ in runs]


def test_runs_missed_during_a_long_build_and_a_stop_are_made_up_for_once(tmp_path):
    start = datetime(2026, 6, 1, 0, 1, tzinfo=UTC)
    clock = Hands(start, start + timedelta(hours=4))
    runs = []

    def build(workspace, connection):
        runs.append(clock.now())
        clock.moment += timedelta(minutes=100)
        return 0

    service(tmp_path, clock, build, often={"every": "30 minutes"}).run()
    assert [f"{run:%H:%M}" for run in runs] == ["00:30", "02:10", "03:50"]
    clock = Hands(start + timedelta(days=2), start + timedelta(days=2, minutes=1))
    service(tmp_path, clock, build, often={"every": "30 minutes"}).run()
    assert len(runs) == 4


def test_build_that_a_stop_cut_short_is_made_up_for(tmp_path):
    start = datetime(2026, 6, 1, 3, 59, tzinfo=UTC)
    runs = []

    def build(workspace, connection):
        runs.append(clock.now())
        clock.moment += timedelta(minutes=5)
        return 1

    for minutes in (2, 20, 30):
        clock = Hands(start, start + timedelta(minutes=minutes))
        service(tmp_path, clock, build, night={"times_per_day": 1, "at": "06:00"}).run()
        start = clock.now() + timedelta(minutes=10)
    assert [f"{run:%H:%M}" for run in runs] == ["04:00", "04:15"]


class Killed(BaseException):
    """The end of the process."""


def test_build_during_which_the_service_was_killed_is_made_up_for_once(tmp_path, monkeypatch):
    monkeypatch.setattr("runner.schedule.service.LONGEST_WAIT", 60.0)  # a twelfth of the steps
    start = datetime(2026, 6, 1, 3, 59, tzinfo=UTC)
    runs = []

    def build(workspace, connection):
        runs.append(clock.now())
        raise Killed

    for minutes in (0, 10, 20, 24 * 60 + 10):
        clock = Hands(
            start + timedelta(minutes=minutes), start + timedelta(days=1, minutes=minutes)
        )
        under_way = service(tmp_path, clock, build, night={"times_per_day": 1, "at": "06:00"})
        with pytest.raises(Killed):
            under_way.run()
    told = [f"{run:%d %H:%M}" for run in runs]
    assert told == ["01 04:00", "01 04:09", "02 04:00", "02 04:09"]


def test_clock_that_was_set_back_does_not_hold_up_a_connection(tmp_path):
    start = datetime(2026, 6, 1, 0, 1, tzinfo=UTC)
    (tmp_path / "target").mkdir()
    memory = tmp_path / "target/schedule_local.json"
    memory.write_text(
        '{"often": {"last": "2036-06-01T00:00:00+00:00", "is_running": false}}', "utf-8"
    )
    clock = Hands(start, start + timedelta(hours=1))
    runs = []
    build = lambda *_: runs.append(clock.now()) or 0  # noqa: E731
    service(tmp_path, clock, build, often={"every": "30 minutes"}).run()
    assert len(runs) == 2


@pytest.mark.parametrize(
    "text", ["[]", '{"often": 5}', '{"often": {}}', '{"often": {"last": "soon"}}', "no JSON"]
)
def test_memory_in_another_form_is_a_warning(tmp_path, text):
    start = datetime(2026, 6, 1, 0, 1, tzinfo=UTC)
    (tmp_path / "target").mkdir()
    (tmp_path / "target/schedule_local.json").write_text(text, "utf-8")
    under_way = service(tmp_path, Hands(start, start + timedelta(hours=1)), lambda *_: 0)
    told = []
    under_way.listener = told.append
    under_way.run()
    assert [event.kind for event in told] == ["warning"]


def test_connection_that_was_disabled_missed_no_run(tmp_path):
    start = datetime(2026, 6, 1, 11, 58, tzinfo=UTC)
    clock = Hands(start, start + timedelta(minutes=10))
    runs = []
    build = lambda *_: runs.append(clock.now()) or 0  # noqa: E731
    under_way = service(tmp_path, clock, build, noon={"times_per_day": 1, "at": "14:00"})
    project = under_way.open_workspace().project
    noon = project.connections

    def enable(_):
        is_off = timedelta(minutes=1) < clock.now() - start < timedelta(minutes=4)
        project.connections = () if is_off else noon

    under_way.show_health = enable
    under_way.run()
    assert runs == []


def test_failing_build_and_wrong_definitions_do_not_end_it(tmp_path):
    start = datetime(2026, 6, 1, 0, 1, tzinfo=UTC)
    clock = Hands(start, start + timedelta(hours=1))

    def build(workspace, connection):
        if under_way.open_workspace is not wrong:
            (tmp_path / "runner_project.yml").write_text("changed")
        under_way.open_workspace = wrong
        raise RunnerError("no")

    def wrong():
        raise UsageError("wrong")

    under_way = service(tmp_path, clock, build, often={"every": "30 minutes"})
    told = []
    under_way.listener = told.append
    under_way.run()
    warnings = [event.message for event in told if event.kind == "warning"]
    assert warnings == ["no", "the earlier definitions stay: wrong", "no"]


def test_disk_that_is_full_does_not_end_it(tmp_path):
    start = datetime(2026, 6, 1, 0, 1, tzinfo=UTC)
    clock = Hands(start, start + timedelta(hours=1))

    def build(workspace, connection):
        raise OSError(ENOSPC, "No space left on device", "target/x")

    under_way = service(tmp_path, clock, build, often={"every": "30 minutes"})
    told = []
    under_way.listener = told.append
    under_way.run()
    warnings = [event.message for event in told if event.kind == "warning"]
    assert warnings == ["[Errno 28] No space left on device: 'target/x'"] * 2
    assert under_way.codes == {"often": 1}


@pytest.mark.parametrize("path", ["steps.py", "models/identity/decisions.csv", "macros/a.sql"])
def test_each_kind_of_file_that_defines_something_is_read_again(tmp_path, path):
    start = datetime(2026, 6, 1, tzinfo=UTC)
    clock = Hands(start, start + timedelta(seconds=30))
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    under_way = service(tmp_path, clock, lambda *_: 0, night={"times_per_day": 1, "at": "02:30"})
    told = []
    under_way.listener = told.append
    under_way.show_health = lambda _: file.exists() or file.touch()
    under_way.run()
    assert [event.kind for event in told] == ["note"]
