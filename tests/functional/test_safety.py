"""A build that fails, is killed, or meets another one leaves good data (B2, B3, B4, B5, P6)."""

import fcntl
import json
import re
import signal
from pathlib import Path

import pytest

from tests.functional.workshop import Workshop
from tests.servers.command import start_runner
from tests.servers.sshd import Sshd
from tests.thorough import some

pytestmark = pytest.mark.any_engine

PROPERTIES = """\
id: {identifier: true}
name: text
spent: decimal(18,2)
tags: {multi: true}
"""
IMPORT = """\
- name: {name}
  kind: import_profiles
  files: {{rows: {{path: "{name}_*.csv"}}}}
  identify: {{by: [{{id: rows.id}}]}}
  done_suffix: true
  map:
    name: rows.name
    spent: {{from: rows.spent, strategy: sum}}
    tags: {{from: rows.tags, strategy: add}}
"""
EXPORT = """\
- name: rich
  kind: export_profiles
  segment: rich
  directory: in
  file_name: rich.csv
  columns:
    - {header: ID, property: id}
    - {header: SPENT, property: spent}
"""
SEGMENT = "select profile_id from {{ ref('profiles') }} where spent >= 2\n"
HEAD = "id,name,spent,tags\n"
MOMENTS = (
    "phase stage",
    "phase import",
    "finished shop.orders",
    "phase model",
    "finished rich",
    "phase export",
    "started shop.rich",
    "finished shop.rich",
)


@pytest.fixture
def rich(shop: Workshop) -> Workshop:
    """Two imports, a segment and an export, with files that were not imported yet."""
    declare(shop)
    return shop


@pytest.fixture(scope="module")
def built_shop(shared_shop: Workshop) -> Workshop:
    declare(shared_shop)
    shared_shop.build()
    return shared_shop


@pytest.fixture
def built(built_shop: Workshop, tmp_path: Path) -> Workshop:
    """The same after a build."""
    return built_shop.copied(tmp_path / "built")


@pytest.fixture(scope="module")
def undisturbed(
    built_shop: Workshop, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, object]:
    """What two builds lead to when nobody disturbs them."""
    shop = built_shop.copied(tmp_path_factory.mktemp("undisturbed") / "shop")
    drop_second(shop)
    shop.build()
    return state(shop)


def declare(shop: Workshop) -> None:
    """Write the project, and drop a file for each import."""
    shop.properties(PROPERTIES)
    shop.goals(IMPORT.format(name="orders") + IMPORT.format(name="gifts") + EXPORT)
    shop.write("models/segments/rich.sql", SEGMENT)
    shop.drop("orders_1.csv", HEAD + "1,Anna,1.00,a\n2,Bert,2.00,b\n1,Anna,1.50,b\n")
    shop.drop("gifts_1.csv", HEAD + "3,Cleo,9.00,c\n2,Bert B.,1.00,d\n")


def drop_second(shop: Workshop) -> None:
    """Drop a later file, with a new profile, a line for one that is there, and a torn line."""
    shop.drop("orders_2.csv", HEAD + "4,Dora,4.00,a\n1,Ann,0.50,z\nx\n")


def state(shop: Workshop) -> dict[str, object]:
    """Return all that must be the same in the end: profiles, books, and what the partner sees."""
    drop = shop.folder / "drop"
    return {
        "profiles": shop.profiles(),
        "segments": shop.rows("from segment_members order by all"),
        "sums": shop.rows("select * exclude (origin) from runner.sums order by all"),
        "rows": shop.rows("select * exclude (origin) from runner.rows order by all"),
        "identifiers": shop.rows("from runner.identifiers order by all"),
        "rejects": shop.rows("select * exclude (build_id) from runner.rejects order by all"),
        "files": {
            str(path.relative_to(drop)): path.read_bytes()
            for path in sorted(drop.rglob("*"))
            if path.is_file()
        },
    }


def killed(shop: Workshop, after: str) -> bool:
    """Start a build and kill it as soon as it tells `after`; tell whether it got so far."""
    with start_runner(shop.folder, "build", "--log-format", "json") as process:
        assert process.stdout is not None
        for line in process.stdout:
            told = json.loads(line)
            if after == f"{told['kind']} {told['name']}":
                process.send_signal(signal.SIGKILL)
                break
        process.stdout.read()
        process.wait()
    return process.returncode == -signal.SIGKILL


@pytest.mark.thorough
@pytest.mark.parametrize("after", some(MOMENTS))
def test_killed_build_leaves_a_state_from_which_the_next_ends_as_if_nothing_happened(
    built: Workshop, undisturbed: dict[str, object], after: str
) -> None:
    """B3, on a second build, so that there is a published warehouse to lose."""
    drop_second(built)
    assert killed(built, after), f"the build never told `{after}`"
    assert [row[0] for row in built.profiles("id")] in (["1", "2", "3"], ["1", "2", "3", "4"])
    built.build()
    assert state(built) == undisturbed
    assert not list((built.folder / "target").glob("*.building*"))


def test_failing_goal_fails_alone(rich: Workshop) -> None:
    """B2: it is rolled back, told, and the others go on; its files are not marked done.

    Exports below it wait for it (X6).
    """
    rich.drop("orders_1.csv", "id,naam,spent,tags\n1,Anna,1.00,a\n")
    ended = rich.run("build")
    assert ended.code == 1
    assert "no column 'name'" in ended.stdout
    assert rich.profiles("id") == [("2",), ("3",)]
    names = sorted(path.name for path in (rich.folder / "drop").iterdir() if path.is_file())
    assert names == ["gifts_1.csv.done", "orders_1.csv"]
    assert not (rich.folder / "drop/in/rich.csv").exists()
    rich.drop("orders_1.csv", HEAD + "1,Anna,3.00,a\n")
    rich.build()
    assert rich.profiles("id, spent::varchar")[0] == ("1", "3.00")


def test_failing_test_keeps_the_build_from_being_published(built: Workshop) -> None:
    sent = (built.folder / "drop/in/rich.csv").read_bytes()
    before = state(built)
    built.write(
        "tests/nobody_is_called_eve.sql", "select 1 from {{ ref('profiles') }} where name = 'Eve'\n"
    )
    built.drop("orders_2.csv", HEAD + "5,Eve,50.00,a\n")
    ended = built.run("build")
    assert ended.code == 1
    assert "NOT published" in ended.stdout
    assert (built.folder / "drop/in/rich.csv").read_bytes() == sent
    assert state(built) == before | {"files": state(built)["files"]}
    assert (built.folder / "drop/orders_2.csv").exists()
    built.write(
        "tests/nobody_is_called_eve.sql",
        "{{ config(severity='warn') }}\nselect 1 from {{ ref('profiles') }} where name = 'Eve'\n",
    )
    built.build()
    assert ("5",) in built.profiles("id")


def test_full_refresh_gives_the_same_warehouse(built: Workshop) -> None:
    """P6, from staged copies alone, after several builds and a line that was sent again."""
    built.drop("orders_2.csv", HEAD + "1,Ann,0.50,z\n2,Bert,2.00,b\nx\n")
    built.build()
    built.drop("gifts_2.csv", HEAD + "4,Dora,4.00,\n1,Anna,1.50,y\n")
    built.drop("orders_3.csv", HEAD + "1,Anna,1.00,a\n1,Ann,0.50,z\n")
    built.build()
    before = state(built)
    for path in (built.folder / "drop").glob("*.done"):
        path.unlink()
    built.build("--full-refresh")
    after = state(built)
    assert {key: after[key] for key in after if key != "files"} == {
        key: before[key] for key in before if key != "files"
    }


def test_previous_warehouses_are_kept_and_no_more_than_asked_for(built: Workshop) -> None:
    """B5"""
    for number in range(3):
        built.drop(f"orders_{number + 5}.csv", HEAD + f"{number + 5},N,1.00,a\n")
        built.build()
    kept = sorted((built.folder / "target/kept/local").iterdir())
    assert len(kept) == 2
    assert kept[0].stat().st_ino != kept[1].stat().st_ino


def test_second_build_says_who_builds_since_when_or_waits(
    rich: Workshop, sftp_server: Sshd
) -> None:
    """B4: one build at a time per warehouse."""
    server = sftp_server
    access = (
        f"type: sftp\nhost: {server.host}\nport: {server.port}\nusername: {server.username}\n"
        f"authentication: {{private_key: {server.private_key}}}\nhost_key: {server.host_key}\n"
    )
    rich.goals(IMPORT.format(name="orders"), access=access)
    (rich.folder / "models/segments/rich.sql").unlink()
    (server.root / "orders_1.csv").write_text(HEAD + "1,Anna,1.00,a\n")
    server.pause()
    with start_runner(rich.folder, "build", "--log-format", "json") as first:
        assert first.stdout is not None
        while json.loads(first.stdout.readline())["kind"] != "phase":
            pass
        second = rich.run("build")
        with start_runner(rich.folder, "build", "--wait") as waiting:
            server.resume()
            first.communicate(timeout=60)
            told, _ = waiting.communicate(timeout=60)
    assert second.code == 3
    message = (
        r"is being built by `runner build` \(process (\d+) on .+\) since \d{4}-\d\d-\d\d \d\d:"
    )
    found = re.search(message, second.stderr)
    assert found, second.told
    assert int(found[1]) == first.pid
    assert "--wait" in second.stderr
    assert (first.returncode, waiting.returncode) == (0, 0)
    assert "Nothing new to import" in told
    assert rich.profiles("id, spent::varchar") == [("1", "1.00")]


def test_commands_that_only_look_do_not_wait_for_a_build(built: Workshop) -> None:
    with (built.folder / "target/warehouse.duckdb.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert built.run("build").code == 3
        ended = built.run("query", "select count(*) as profiles from profiles", "-o", "csv")
        assert (ended.code, ended.stdout.split()) == (0, ["profiles", "3"])
