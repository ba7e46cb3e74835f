"""A disk that is full, here and at the partner's: told, nothing half-taken, and mended by room.

The disk is a small filesystem in memory. Where this user may mount none, files have a bound instead
(RLIMIT_FSIZE), which runner meets in the same places.
"""

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.functional.workshop import Workshop, new_workshop
from tests.servers.command import Ended, LoadedRunner, environment
from tests.servers.small_disk import SmallDisk, small_disk
from tests.servers.sshd import sshd
from tests.thorough import IS_THOROUGH

GOALS = """
- name: people
  kind: import_profiles
  files: {rows: {path: "people*.csv"}}
  identify: {by: [{id: id}]}
  map: {name: name, visits: {value: 1, strategy: sum}}
- name: out
  kind: export_profiles
  segment: everybody
  directory: out
  file_name: everybody.csv
  columns: [{header: ID, property: id}, {header: NAME, property: name}]
"""
ROOMS = (0, 4_096, 16_384, 100_000, -100_000, 300_000, 2_000_000, 5_000_000)
ROOMS = ROOMS if IS_THOROUGH else ROOMS[::3]
"""Bytes: from a disk on which nothing can be written to one that has nearly enough."""
FULL = ("No space left on device", "disk I/O error", "database or disk is full", "File too large")


def text(first: int, last: int) -> str:
    return "id,name\n" + "".join(f"{number},Name of {number}\n" for number in range(first, last))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk | None]:
    with small_disk(tmp_path / "disk", 96) as disk:
        yield disk


@pytest.fixture
def people(tmp_path: Path, disk: SmallDisk | None, run_runner: LoadedRunner) -> Workshop:
    shop = new_workshop(tmp_path / "disk/shop", run_runner)
    (shop.folder / "drop").rmdir()
    (tmp_path / "elsewhere").mkdir()
    (shop.folder / "drop").symlink_to(tmp_path / "elsewhere")
    shop.properties("id: text\nname: text\nvisits: decimal")
    shop.write("models/segments/everybody.sql", "select profile_id from {{ ref('profiles') }}\n")
    shop.goals(GOALS)
    return shop


def build_with(shop: Workshop, disk: SmallDisk | None, room: int) -> Ended:
    """Build with so many bytes left on the disk; or, without one, as the most that a file has."""
    if disk is not None:
        disk.fill(room)
        ended = shop.run("build")
        disk.empty()
        return ended
    bound = (resource.RLIMIT_FSIZE, (room, room))
    done = subprocess.run(
        [sys.executable, "-m", "runner", "build"],
        cwd=shop.folder,
        env=environment(),
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(*bound),
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.mark.thorough
def test_full_disk_here_is_told_at_whatever_point_and_the_next_build_ends_right(
    people: Workshop, disk: SmallDisk | None, tmp_path: Path
) -> None:
    people.drop("people_1.csv", text(0, 20_000))
    people.build()
    count = 20_000
    failed = 0
    for room in ROOMS:
        size = people.warehouse.stat().st_size
        wanted = room if 0 <= room <= 100_000 else size + room
        people.drop(f"people_{count}.csv", text(count, count + 5_000))
        ended = build_with(people, disk, wanted)
        assert "Traceback" not in ended.told
        found = people.rows("select count(*), min(visits), max(visits) from profiles")
        if ended.code:
            assert any(words in ended.told for words in FULL), ended.told
            failed += 1
        else:
            assert found == [(count + 5_000, 1, 1)]
        # All of a file is in the warehouse, or nothing of it is.
        assert found in ([(count, 1, 1)], [(count + 5_000, 1, 1)])
        assert list(tmp_path.rglob("*.part")) == []
        people.build()
        count += 5_000
        assert people.rows("select count(*), min(visits), max(visits) from profiles") == [
            (count, 1, 1)
        ]
        exported = tmp_path / "elsewhere/out/everybody.csv"
        assert exported.read_text().count("\n") == count + 1
    assert failed > len(ROOMS) // 2


def test_previous_warehouses_are_kept_also_on_another_disk(
    disk: SmallDisk | None, tmp_path: Path, run_runner: LoadedRunner
) -> None:
    shop = new_workshop(tmp_path / "shop", run_runner)
    shop.properties("id: text\nname: text\nvisits: decimal")
    shop.write("models/segments/everybody.sql", "select profile_id from {{ ref('profiles') }}\n")
    shop.goals(GOALS)
    shop.database = "../disk/warehouse.duckdb"
    project = (shop.folder / "runner_project.yml").read_text()
    shop.write("runner_project.yml", project.replace("target/warehouse.duckdb", shop.database))
    shop.drop("people_1.csv", text(0, 10))
    shop.build()
    shop.drop("people_2.csv", text(10, 20))
    shop.build()
    assert shop.rows("select count(*) from profiles") == [(20,)]
    assert shop.run("rollback").code == 0
    assert shop.rows("select count(*) from profiles") == [(10,)]


@pytest.mark.any_engine
def test_full_disk_there_leaves_the_old_file_and_the_next_build_sends_the_new_one_x2(
    disk: SmallDisk | None, tmp_path: Path, run_runner: LoadedRunner, sftp_directory: Path
) -> None:
    root = tmp_path / "disk/served"
    with sshd(sftp_directory, root=root) as server:
        shop = new_workshop(tmp_path / "shop", run_runner)
        shop.properties("id: text\nname: text\nvisits: decimal")
        shop.write(
            "models/segments/everybody.sql", "select profile_id from {{ ref('profiles') }}\n"
        )
        access = (
            f"host: {server.host}\nport: {server.port}\nusername: {server.username}\n"
            f"host_key: {server.host_key}\nretries: 0\n"
            f"authentication: {{private_key: {server.private_key}}}\n"
        )
        shop.goals(GOALS, access=access)
        (root / "people_1.csv").write_text(text(0, 20_000))
        shop.build()
        old = (root / "out/everybody.csv").read_bytes()
        (root / "people_2.csv").write_text(text(20_000, 40_000))
        if disk is not None:
            disk.fill(100_000)
        else:
            server.bound_files(100_000)
        ended = shop.run("build")
        if disk is not None:
            disk.empty()
        else:
            server.bound_files(resource.RLIM_INFINITY)
        assert ended.code == 4, ended.told
        assert "cannot send 'out/everybody.csv." in ended.told
        assert (root / "out/everybody.csv").read_bytes() == old
        assert [path.name for path in (root / "out").iterdir()] == ["everybody.csv"]
        shop.build()
        assert (root / "out/everybody.csv").read_text().count("\n") == 40_001


@pytest.mark.any_engine
@pytest.mark.parametrize("path", ["warehouse.duckdb.building", "manifest.json"])
def test_folder_where_a_file_goes_is_a_message(shop: Workshop, path: str) -> None:
    (shop.folder / "target" / path / "inside").mkdir(parents=True)
    shop.properties("id: {identifier: true}\nname: text\nvisits: integer\n")
    shop.goals(GOALS.split("- name: out")[0])
    ended = shop.run("build")
    assert ended.code == 1
    assert f"target/{path}: cannot be used: Is a directory" in ended.told
    assert "Traceback" not in ended.told


@pytest.mark.any_engine
def test_folder_where_an_export_has_its_record_fails_that_export_alone(shop: Workshop) -> None:
    shop.properties("id: {identifier: true}\nname: text\nvisits: integer\n")
    shop.write("models/segments/everybody.sql", "select profile_id from {{ ref('profiles') }}\n")
    shop.goals(GOALS + GOALS[GOALS.index("- name: out") :].replace("out", "other"))
    (shop.folder / "target/sent/local/shop.out.files").mkdir(parents=True)
    shop.drop("people.csv", "id,name\n1,Ann\n")
    assert shop.run("build").code == 1
    statuses = {name: node["status"] for name, node in shop.results().items()}
    assert (statuses["shop.out"], statuses["shop.other"]) == ("error", "success")
