"""Builds against servers that fail: nothing half-written is taken, nothing is missing in silence."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.functional.workshop import FIRST_MOMENT, Workshop
from tests.servers.odd_sftp import OddSftp, odd_sftp
from tests.servers.sshd import Sshd

pytestmark = pytest.mark.any_engine

PEOPLE = """
- name: people
  kind: import_profiles
  done_suffix: true
  files: {rows: "people_*.csv"}
  identify: {by: [{id: id}]}
  map: {name: name}
"""
OTHERS = """
- name: others
  kind: import_profiles
  files: {rows: "others.csv"}
  identify: {by: [{id: id}]}
  map: {name: name}
"""
CHAINED = """
- name: people
  kind: import_profiles
  done_suffix: true
  files:
    rows: people_*.csv
    cities: {path: cities.csv, join: {city: rows.city}}
  identify: {by: [{id: id}]}
  map: {name: cities.label}
"""
EXPORT = """
- name: all
  kind: export_profiles
  segment: everyone
  file_name: everyone.csv
  columns: [{header: ID, property: id}, {header: NAME, property: name}]
"""


@contextmanager
def odd_shop(shop: Workshop, directory: Path, goals: str, **oddities: Any) -> Iterator[OddSftp]:
    """Serve the files of a connection from an odd server while the project is built."""
    shop.properties("id: text\nname: text")
    with odd_sftp(directory, **oddities) as odd:
        key = f"{odd.host_key.get_name()} {odd.host_key.get_base64()}"
        shop.goals(
            goals,
            access=f"host: 127.0.0.1\nport: {odd.port}\nusername: acme\n"
            f"authentication: {{password: \"{{{{ env_var('WORD') }}}}\"}}\n"
            f'host_key: "{key}"\nretries: 2\nbackoff: 0.01\n',
        )
        shop.env = {"WORD": odd.password}
        yield odd


def put(root: Path, name: str, text: str, minute: int = 0) -> None:
    (root / name).write_text(text)
    os.utime(root / name, (FIRST_MOMENT + 60 * minute,) * 2)


def put_three(root: Path) -> None:
    for number in (1, 2, 3):
        put(root, f"people_{number}.csv", f"id,name\n{number},Ann {number}\n", number)


def test_file_without_permission_is_reported_and_the_others_go_on_f4(
    shop: Workshop, sftp_directory: Path
) -> None:
    with odd_shop(shop, sftp_directory, PEOPLE + OTHERS, closed=("people_2.csv",)) as odd:
        put_three(odd.root)
        put(odd.root, "others.csv", "id,name\n9,Zoe\n")
        ended = shop.run("build")
        assert ended.code == 4
        assert "a file is left, the others are imported: " in ended.told
        assert "cannot fetch 'people_2.csv'" in ended.told
        assert "permission denied" in ended.told
        assert shop.profiles("id") == [("1",), ("3",), ("9",)]
        names = sorted(path.name for path in odd.root.iterdir())
        assert names == ["others.csv", "people_1.csv.done", "people_2.csv", "people_3.csv.done"]
        scanned = shop.run("scan")
        assert scanned.code == 4
        assert "cannot fetch 'people_2.csv'" in scanned.told
        # Where nothing else came, the goal fails.
        assert shop.run("build").code == 4
        assert shop.results()["shop.people"]["status"] == "error"
        odd.closed = ()
        shop.build()
        assert shop.profiles("id") == [("1",), ("2",), ("3",), ("9",)]


def test_chained_file_without_permission_fails_its_goal_alone(
    shop: Workshop, sftp_directory: Path
) -> None:
    with odd_shop(shop, sftp_directory, CHAINED + OTHERS, closed=("cities.csv",)) as odd:
        put(odd.root, "people_1.csv", "id,city\n1,a\n")
        put(odd.root, "cities.csv", "city,label\na,Aalst\n")
        put(odd.root, "others.csv", "id,name\n9,Zoe\n")
        assert shop.run("build").code == 4
        assert shop.results()["shop.people"]["status"] == "error"
        assert shop.profiles("id") == [("9",)]
        assert (odd.root / "people_1.csv").exists()


def test_changed_goal_keeps_what_a_closed_file_gave(shop: Workshop, sftp_directory: Path) -> None:
    """What a changed goal takes back must come again, also where the file changed meanwhile."""
    with odd_shop(shop, sftp_directory, PEOPLE.replace("true", "false")) as odd:
        put_three(odd.root)
        shop.build()
        put(odd.root, "people_2.csv", "id,name\n2,Bob\n", 9)
        odd.closed = ("people_2.csv",)
        file = shop.folder / "connections/shop.yml"
        file.write_text(file.read_text().replace("name: name", "name: {from: 'upper(rows.name)'}"))
        assert shop.run("build").code == 4
        assert shop.profiles("name") == [("ANN 1",), ("ANN 2",), ("ANN 3",)]
        odd.closed = ()
        shop.build()
        assert shop.profiles("name") == [("ANN 1",), ("ANN 3",), ("BOB",)]


def grow(path: Path) -> None:
    with path.open("a") as stream:
        stream.write("99,Grown\n")


def shrink(path: Path) -> None:
    path.write_text("id,na")


def touch(path: Path) -> None:
    os.utime(path, (FIRST_MOMENT + 9999,) * 2)


def test_files_that_change_while_they_come_are_left_for_the_next_build_f4(
    shop: Workshop, sftp_directory: Path
) -> None:
    changes = {"people_1.csv": grow, "people_2.csv": shrink, "people_4.csv": touch,
               "people_5.csv": Path.unlink}  # fmt: skip
    names = tuple(changes)
    with odd_shop(shop, sftp_directory, PEOPLE + OTHERS) as odd:

        def change(path: Path) -> None:
            changes.pop(path.name, lambda _: None)(path)
            odd.meanwhile = change

        odd.meanwhile = change
        for name in names:
            put(odd.root, name, f"id,name\n{name[7]},Ann\n")
        # Small files come together: the others of the batch are not kept waiting.
        put(odd.root, "people_3.csv", "id,name\n3,Cas\n")
        put(odd.root, "others.csv", "id,name\n9,Zoe\n")
        ended = shop.run("build")
        assert ended.code == 0
        for name in names:
            assert f"{name}: " in ended.told
        assert "since it was listed" in ended.told or "while it was downloaded" in ended.told
        assert shop.profiles("id") == [("3",), ("9",)]
        for name in names:
            put(odd.root, name, f"id,name\n{name[7]},Ann\n{name[7]}b,Bob\n", 5)
        shop.build()
        people = [f"{name[7]}{end}" for name in names for end in ("", "b")]
        assert shop.profiles("id") == [(id,) for id in sorted([*people, "3", "9"])]


def test_main_files_wait_for_a_chained_file_that_changes_while_it_comes(
    shop: Workshop, sftp_directory: Path
) -> None:
    with odd_shop(shop, sftp_directory, CHAINED, meanwhile=grow) as odd:
        put(odd.root, "people_1.csv", "id,city\n1,a\n")
        put(odd.root, "cities.csv", "city,label\na,Aalst\n")
        ended = shop.run("build")
        assert ended.code == 0
        assert "people_1.csv waits for cities.csv of `cities`" in ended.told
        assert (odd.root / "people_1.csv").exists()
        shop.build()
        assert shop.profiles("name") == [("Aalst",)]


def test_connection_cut_in_mid_file_comes_whole(shop: Workshop, sftp_directory: Path) -> None:
    rows = "".join(f"{number},Ann\n" for number in range(100_000))
    with odd_shop(shop, sftp_directory, PEOPLE, files_cut=2, cut_after=300_000) as odd:
        put(odd.root, "people_1.csv", f"id,name\n{rows}")
        shop.build()
        assert shop.outcomes("shop.people") == {"created": 100_000}
        assert odd.files_cut == 0


def test_connection_that_is_always_cut_fails_the_goal_and_nothing_is_applied(
    shop: Workshop, sftp_directory: Path
) -> None:
    with odd_shop(shop, sftp_directory, PEOPLE, files_cut=99) as odd:
        put(odd.root, "people_1.csv", "id,name\n1,Ann\n")
        ended = shop.run("build")
        assert ended.code == 4
        assert "the connection broke" in ended.told
        assert list((shop.folder / "target/staging").rglob("*.part")) == []
        odd.files_cut = 0
        shop.build()
        assert shop.profiles("id") == [("1",)]


def segment(shop: Workshop) -> None:
    shop.write("models/segments/everyone.sql", "select profile_id from {{ ref('profiles') }}\n")


def test_file_that_cannot_be_written_there_leaves_the_old_file_x2(
    shop: Workshop, sftp_directory: Path
) -> None:
    """The server renames over nothing: the new file comes all the same when it is well again."""
    segment(shop)
    with odd_shop(shop, sftp_directory, PEOPLE + EXPORT) as odd:

        def check_left(words: str) -> None:
            odd.words = words.encode()
            ended = shop.run("build")
            assert ended.code == 4
            assert f"the server says: {words}" in ended.told
            assert shop.results()["shop.all"]["status"] == "error"
            assert (odd.root / "everyone.csv").read_text() == old
            assert [path.name for path in odd.root.iterdir() if "part" in path.name] == []

        put_three(odd.root)
        shop.build()
        old = (odd.root / "everyone.csv").read_text()
        assert old.count("\n") == 4
        put(odd.root, "people_4.csv", "id,name\n4,Dee\n", 9)
        most_written, odd.most_written = odd.most_written, 4
        check_left("No space left on device")
        odd.most_written, odd.fails_to_close = most_written, True
        check_left("Quota exceeded")
        odd.fails_to_close = False
        shop.build()
        assert (odd.root / "everyone.csv").read_text().count("\n") == 5


@pytest.mark.parametrize("oddity", [{"most_read": 3}, {"most_sessions": 1}])
def test_slow_answers_and_few_connections_lose_nothing(
    shop: Workshop, sftp_directory: Path, oddity: dict[str, int]
) -> None:
    with odd_shop(shop, sftp_directory, PEOPLE, **oddity) as odd:
        put_three(odd.root)
        shop.build()
        assert shop.outcomes("shop.people") == {"created": 3}


def test_host_key_that_changed_ends_the_build_before_anything_is_sent(
    shop: Workshop, sftp_server: Sshd
) -> None:
    shop.properties("id: text\nname: text")
    put_three(sftp_server.root)
    env = sftp_server.environment()
    access = "\n".join(
        [
            f"host: {env['RUNNER_SFTP_HOST']}",
            f"port: {env['RUNNER_SFTP_PORT']}",
            f"username: {env['RUNNER_SFTP_USER']}",
            f"authentication: {{private_key: {env['RUNNER_SFTP_KEY']}}}",
            f'host_key: "{env["RUNNER_SFTP_HOST_KEY"]}"',
            "",
        ]
    )
    shop.goals(PEOPLE, access=access)
    shop.build()
    before = sftp_server.log_ins()
    sftp_server.new_host_keys()
    sftp_server.restart()
    ended = shop.run("build")
    assert ended.code == 4
    assert "host key" in ended.told
    assert sftp_server.log_ins() == before
    assert shop.profiles("id") == [("1",), ("2",), ("3",)]


def test_names_that_are_odd_are_taken_and_names_that_lead_elsewhere_are_reported_f1(
    shop: Workshop, sftp_directory: Path
) -> None:
    plain = stat.S_IFREG | 0o644
    extra = (("../people_8.csv", plain), ("/people_9.csv", plain), ("people_\n7.csv", plain))
    with odd_shop(shop, sftp_directory, PEOPLE, extra_entries=extra) as odd:
        names = ["people_ a b.csv", "people_'q'.csv", 'people_"d".csv', "people_100%.csv"]
        names += ["people_{x}.csv", "people_é.csv", "people_$(id);.csv", "people_\\.csv"]
        for number, name in enumerate(names):
            put(odd.root, name, f"id,name\n{number},Ann\n", number)
        ended = shop.run("build")
        assert ended.code == 0, ended.told
        assert shop.outcomes("shop.people") == {"created": len(names)}
        assert "the name leads outside the listed directory" in ended.told
        assert "the name has control characters" in ended.told
        assert all((odd.root / f"{name}.done").exists() for name in names)


def test_ten_thousand_files_in_a_directory_are_listed_and_only_those_that_fit_are_taken(
    shop: Workshop, sftp_directory: Path
) -> None:
    with odd_shop(shop, sftp_directory, PEOPLE) as odd:
        for number in range(10_000):
            (odd.root / f"old_{number:05}.csv").write_text("id,name\n")
        put_three(odd.root)
        shop.build()
        assert shop.outcomes("shop.people") == {"created": 3}


@pytest.mark.parametrize("lacks", ["tells_size", "tells_time"])
def test_files_without_a_size_or_a_time_are_compared_by_content(
    shop: Workshop, sftp_directory: Path, lacks: str
) -> None:
    """F5."""
    with odd_shop(
        shop, sftp_directory, CHAINED.replace("  done_suffix: true\n", ""), **{lacks: False}
    ) as odd:
        put(odd.root, "cities.csv", "city,label\nr,Rome\n")
        put(odd.root, "people_1.csv", "id,city\n1,r\n")
        shop.build()
        assert shop.profiles("id, name") == [("1", "Rome")]
        shop.build()
        assert shop.outcomes("shop.people") == {}
        put(odd.root, "cities.csv", "city,label\nr,Roma\n")
        put(odd.root, "people_1.csv", "id,city\n2,r\n")
        shop.build()
        assert shop.profiles("id, name") == [("1", "Rome"), ("2", "Roma")]


def test_content_of_equal_size_and_time_is_compared_where_a_source_asks_for_it(
    shop: Workshop,
) -> None:
    """F5."""
    shop.properties("id: text\nname: text")
    path = '{rows: {path: "people_*.csv", compare: content}}'
    shop.goals(
        PEOPLE.replace("done_suffix: true", "enabled: true").replace('{rows: "people_*.csv"}', path)
    )
    shop.drop("people_1.csv", "id,name\n1,Ann\n", moment=FIRST_MOMENT)
    shop.build()
    shop.drop("people_1.csv", "id,name\n1,Bob\n", moment=FIRST_MOMENT)
    shop.build()
    assert shop.profiles("id, name") == [("1", "Bob")]
    shop.build()
    assert shop.outcomes("shop.people") == {}
