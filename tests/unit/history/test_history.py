import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from runner.errors import RunnerError
from runner.history import BuildRecord, ExportRecord, FileRecord, History, NodeRecord

NOON = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)
BUILD = BuildRecord("b1", "local", "runner build", NOON)
NODE = NodeRecord(
    "b1",
    "webshop.orders",
    "import_profiles",
    "error",
    seconds=0.42,
    message="too many rejects",
    location="connections/webshop.yml:12:5",
    rows=9880,
    outcomes={"updated": 8198, "created": 1682},
    profiles_created=1682,
    profiles_updated=300,
    profiles_unchanged=7,
    rejects=3,
    members=2,
    fingerprint="ef",
    exit_code=4,
)
FILE = FileRecord("b1", "webshop.orders", "order_lines", "out/o.csv", "ab", 10, NOON, 9, 6, 1, 1, 1)
EXPORT = ExportRecord("b1", "webshop.vip", "in/vip.csv", 12, 480, "cd")


@pytest.fixture
def history(tmp_path):
    with History(tmp_path / "target" / "history.db") as opened:
        yield opened


def test_everything_of_a_build_comes_back_as_it_was_added(history):
    history.begin(BUILD)
    segment = replace(NODE, name="vip", kind="segment", outcomes={}, location="", fingerprint="")
    history.add_nodes([NODE, segment])
    history.add_files([FILE, replace(FILE, source="customers")])
    history.add_exports([EXPORT])
    history.finish("b1", NOON + timedelta(seconds=9), "error", 9.25, 2010, True)
    found = history.build("b1")
    assert found.build == replace(
        BUILD,
        finished_at=NOON + timedelta(seconds=9),
        status="error",
        seconds=9.25,
        profiles=2010,
        published=True,
    )
    assert found.nodes == (NODE, segment)
    assert list(found.nodes[0].outcomes) == ["updated", "created"]
    assert found.files == (FILE, replace(FILE, source="customers"))
    assert found.exports == (EXPORT,)


def test_history_of_an_earlier_version_is_kept_and_goes_on(history):
    history.begin(BUILD)
    history.add_files([FILE])
    history.finish("b1", NOON, "success", 1, 1, True)
    history._connection.executescript(
        "drop table definitions; alter table nodes rename column location to place;"
        " alter table nodes drop column exit_code;"
        " alter table builds drop column warehouse; alter table builds drop column reason;"
        " drop table outages;"
        " pragma user_version = 2"
    )
    with History(history.path) as later:
        later.begin(replace(BUILD, build_id="b2"))
        later.add_nodes([replace(NODE, build_id="b2")])
        assert later.imported_files("local") == (FILE,)
        assert later.fingerprints("local") == {("b2", "webshop.orders"): "ef"}


def test_builds_are_told_newest_first_up_to_a_limit(history):
    assert history.last_build() is None
    # The clock goes back before the last of them (B10).
    for minute, name in ((1, "b1"), (3, "b2"), (2, "b3")):
        history.begin(replace(BUILD, build_id=name, started_at=NOON + timedelta(minutes=minute)))
    assert [build.build_id for build in history.builds()] == ["b3", "b2", "b1"]
    assert [build.build_id for build in history.builds(limit=2)] == ["b3", "b2"]
    assert history.last_build().build_id == "b3"


def test_an_unknown_build_is_none(history):
    assert history.build("b9") is None


def test_parts_of_other_builds_are_left_out(history):
    history.begin(BUILD)
    history.begin(replace(BUILD, build_id="b2"))
    history.add_nodes([NODE])
    history.add_files([FILE])
    history.add_exports([EXPORT])
    other = history.build("b2")
    assert (other.nodes, other.files, other.exports) == ((), (), ())


def test_b3_a_killed_build_counts_as_an_error_when_the_next_of_its_target_begins(history):
    history.begin(BUILD)
    history.begin(replace(BUILD, build_id="other", target="prod"))
    history.begin(replace(BUILD, build_id="b2"))
    statuses = {build.build_id: (build.status, build.finished_at) for build in history.builds()}
    assert statuses == {
        "b1": ("error", None),
        "other": ("running", None),
        "b2": ("running", None),
    }


def test_times_are_kept_as_iso_text_in_utc(history):
    amsterdam = timezone(timedelta(hours=1))
    history.begin(replace(BUILD, started_at=datetime(2026, 11, 24, 13, 0, 0, 5, amsterdam)))
    history.add_files([FILE])
    with sqlite3.connect(history.path) as reader:
        assert reader.execute("select started_at from builds").fetchone() == (
            "2026-11-24T12:00:00.000005Z",
        )
        assert reader.execute("select modified_at from files").fetchone() == (
            "2026-11-24T12:00:00.000000Z",
        )
    reader.close()


def test_a_time_without_a_zone_is_refused_and_nothing_is_kept(history):
    history.begin(BUILD)
    naive = replace(FILE, modified_at=NOON.replace(tzinfo=None))
    with pytest.raises(ValueError, match="without a zone"):
        history.add_files([FILE, naive])
    assert history.build("b1").files == ()


def test_a_name_that_is_not_unicode_is_kept_readably(history):
    history.begin(BUILD)
    history.add_files([replace(FILE, path="out/caf\udce9.csv")])
    assert history.build("b1").files[0].path == "out/caf\\udce9.csv"


def test_another_process_reads_while_a_build_writes(history):
    history.begin(BUILD)
    with history._transaction():
        history._run("builds.end_killed", {"target": "local", "reason": ""})
        code = (
            "import sys, pathlib; from runner.history import History;"
            "sys.stdout.write(History(pathlib.Path(sys.argv[1])).last_build().status)"
        )
        read = subprocess.run(
            [sys.executable, "-W", "ignore::ResourceWarning", "-c", code, str(history.path)],
            capture_output=True,
            text=True,
            timeout=5,
            check=True,
        )
    assert read.stdout == "running"


def test_a_build_never_waits_for_one_who_reads(history):
    history.begin(BUILD)
    reader = sqlite3.connect(history.path, isolation_level=None)
    reader.execute("begin")
    reader.execute("select * from builds").fetchall()
    history._connection.execute("pragma busy_timeout = 0")
    history.finish("b1", NOON, "success", 1.0, 5, True)
    assert reader.execute("select status from builds").fetchone() == ("running",)
    reader.close()
    assert history.last_build().status == "success"


def test_two_that_open_a_new_file_at_once_both_succeed(tmp_path):
    def open_and_begin(number):
        with History(tmp_path / str(number // 2) / "history.db") as opened:
            opened.begin(replace(BUILD, build_id=f"b{number}", target=str(number)))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(open_and_begin, range(80)))
    for folder in range(40):
        with History(tmp_path / str(folder) / "history.db") as opened:
            assert len(opened.builds()) == 2


def test_a_file_that_is_no_history_is_told_with_what_to_do(tmp_path):
    (tmp_path / "history.db").write_text("not a database " * 100)
    with pytest.raises(RunnerError, match=r"history\.db: the history of builds cannot") as told:
        History(tmp_path / "history.db")
    assert "move it away" in told.value.hint


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "target").write_text("")
    with pytest.raises(RunnerError, match="cannot be used"):
        History(tmp_path / "target" / "history.db")


def test_a_history_of_a_newer_version_is_left_alone(history):
    history._connection.execute("pragma user_version = 999")
    with pytest.raises(RunnerError, match="newer runner"):
        History(history.path)
