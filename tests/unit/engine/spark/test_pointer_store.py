"""Versions of a warehouse as pointer files: published, kept, drafts, collected (B1, B2, B3, B5)."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from runner.engine.spark.collection import GRACE
from runner.engine.spark.folder_storage import FolderStorage
from runner.engine.spark.storage import ChangedError
from runner.engine.spark.store import FolderDraft, PointerStore, copy_at, storage_at
from runner.engine.spark.version import Column, Table, Version, View
from runner.engine.store import PUBLISHED
from runner.errors import ExecutionError, RunnerError, UsageError

NUMBERS = "main.numbers"
COLUMNS = (Column("number", "bigint"),)
NOW = datetime.now(UTC)


@pytest.fixture
def store(tmp_path: Path) -> PointerStore:
    return PointerStore(FolderStorage(tmp_path / "warehouse"))


def written(store: PointerStore, draft: FolderDraft, *numbers: int) -> str:
    """Write a folder of a draft; returns its name."""
    earlier = draft.version.tables.get(NUMBERS, Table(COLUMNS))
    folder = f"{NUMBERS}/{draft.token}-{len(earlier.folders)}"
    for number in numbers:
        store.storage.write(f"{folder}/{number}.parquet", b"rows")
    draft.keep(draft.version.with_table(NUMBERS, earlier.with_folder(folder)))
    return folder


def built(store: PointerStore, number: int, previous: str = "", keep: int | None = None) -> None:
    draft = store.begin()
    written(store, draft, number)
    store.publish(draft, previous_build=previous, keep=keep)
    store.discard(draft)


def numbers(store: PointerStore, version: Version) -> list[int]:
    """Return what is in the files that a version names."""
    root = Path(store.storage.root)
    found = [path for folder in version.folders for path in (root / folder).glob("*.parquet")]
    return sorted(int(path.stem) for path in found)


def published(store: PointerStore, version: str = PUBLISHED) -> list[int]:
    return numbers(store, store.version(version))


def files(store: PointerStore) -> list[str]:
    root = Path(store.storage.root)
    return sorted(
        str(path.relative_to(root))
        for path in root.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    )


def test_draft_is_read_by_nobody_until_it_is_published(store: PointerStore) -> None:
    assert not store.is_published
    assert (store.size, store.versions(), published(store)) == (0, (), [])
    built(store, 1)
    draft = store.begin()
    written(store, draft, 2)
    assert numbers(store, draft.version) == [1, 2]
    assert published(store) == [1]
    store.publish(draft)
    assert published(store) == [1, 2]
    assert store.size == 2 * len(b"rows")


def test_discarded_draft_leaves_nothing(store: PointerStore) -> None:
    built(store, 1)
    before = files(store)
    draft = store.begin()
    written(store, draft, 2)
    store.discard(draft)
    assert files(store) == before
    assert published(store) == [1]


def test_folders_that_a_published_draft_replaced_itself_are_removed_with_it(
    store: PointerStore,
) -> None:
    draft = store.begin()
    first = written(store, draft, 1)
    second = written(store, draft, 2)
    draft.keep(Version({NUMBERS: Table(COLUMNS, (second,))}))
    store.publish(draft)
    store.discard(draft)
    assert published(store) == [2]
    assert not (Path(store.storage.root) / first).exists()


def test_newest_versions_are_kept_and_begun_with_again(store: PointerStore) -> None:
    for number, previous in enumerate(("", "build_1", "build_2", "build_3")):
        built(store, number, previous, keep=2)
    assert store.versions() == ("build_2", "build_3")
    assert published(store, "build_2") == [0, 1]
    draft = store.begin("build_2")
    store.publish(draft, previous_build="build_4")
    assert published(store) == [0, 1]
    assert published(store, "build_4") == [0, 1, 2, 3]
    store.remove("build_2")
    assert store.versions() == ("build_3", "build_4")


def test_without_kept_builds_only_the_published_version_is_there(store: PointerStore) -> None:
    built(store, 1)
    built(store, 2, "build_1", keep=0)
    assert (store.versions(), published(store)) == ((), [1, 2])


def test_kept_version_is_replaced_by_its_draft_alone(store: PointerStore) -> None:
    built(store, 1)
    built(store, 2, "build_1")
    draft = store.begin("build_1", replaces="build_1")
    draft.keep(Version({NUMBERS: Table(COLUMNS)}))
    store.publish(draft)
    assert (published(store, "build_1"), published(store)) == ([], [1, 2])


def test_begun_with_nothing_where_nothing_is_asked_for_or_there(store: PointerStore) -> None:
    assert store.begin("build_9").version == Version()
    built(store, 1)
    assert store.begin(None).version == Version()


def test_second_of_two_builds_at_a_time_is_not_published(store: PointerStore) -> None:
    """Locks are of one machine: two may build one warehouse at the same time (B4)."""
    built(store, 1)
    slow, quick = store.begin(), store.begin()
    written(store, slow, 2)
    written(store, quick, 3)
    store.publish(quick)
    with pytest.raises(RunnerError, match="another build was published since this one began"):
        store.publish(slow, previous_build="build_1")
    store.discard(slow)
    assert published(store) == [1, 3]
    first, second = PointerStore(store.storage).begin(None), store.begin(None)
    store.publish(first)
    with pytest.raises(RunnerError):
        store.publish(second)


def test_first_of_all_publications_is_refused_where_another_one_was_first(
    store: PointerStore,
) -> None:
    slow, quick = store.begin(), store.begin()
    store.publish(quick)
    with pytest.raises(RunnerError):
        store.publish(slow)


def test_folder_without_a_name_is_removed_after_the_time_of_grace(store: PointerStore) -> None:
    built(store, 1)
    reader = store.version()
    draft = store.begin(None)
    written(store, draft, 2)
    store.publish(draft)
    # The folder is old; that nothing names it is new: a reader may have opened it a moment ago.
    for path in Path(store.storage.root).rglob("*"):
        os.utime(path, (0, 0))
    assert store.collect(NOW) == []
    assert store.collect(NOW + GRACE - timedelta(minutes=1)) == []
    assert numbers(store, reader) == [1]
    assert store.collect(datetime.now(UTC) + GRACE) == [*reader.folders]
    assert (published(store), numbers(store, reader)) == ([2], [])
    assert store.collect(datetime.now(UTC) + 2 * GRACE) == []


def test_time_of_grace_begins_anew_when_a_folder_had_its_name_again(store: PointerStore) -> None:
    built(store, 1)
    earlier = store.version()
    store.publish(store.begin(None))
    store.collect(NOW)
    again = store.begin()
    again.keep(earlier)
    store.publish(again)
    store.publish(store.begin(None))
    assert store.collect(NOW + GRACE) == []
    assert numbers(store, earlier) == [1]


def test_folders_of_kept_versions_are_not_collected(store: PointerStore) -> None:
    built(store, 1)
    store.publish(store.begin(None), previous_build="build_1")
    store.collect(NOW)
    assert store.collect(NOW + 10 * GRACE) == []
    assert published(store, "build_1") == [1]


def test_what_a_killed_build_left_is_collected(store: PointerStore) -> None:
    draft = store.begin()
    folder = written(store, draft, 1)
    store.collect(NOW)
    assert store.collect(NOW + GRACE) == [folder]
    assert store.storage.folders() == []


def test_nothing_is_removed_while_a_pointer_cannot_be_read(store: PointerStore) -> None:
    built(store, 1)
    store.publish(store.begin(None))
    store.storage.write("kept/build_0.json", b"half of i")
    assert store.collect(NOW) == []
    assert store.collect(NOW + 10 * GRACE) == []
    draft = store.begin(None)
    folder = written(store, draft, 2)
    store.discard(draft)
    assert folder in store.storage.folders()


def test_folders_without_a_name_are_removed_at_once_when_persons_are_erased(
    store: PointerStore,
) -> None:
    built(store, 1)
    reader = store.version()
    store.publish(store.begin(None), previous_build="build_1")
    draft = store.begin()
    written(store, draft, 2)
    store.remove_unnamed()
    assert numbers(store, reader) == [1]
    assert sorted(store.storage.folders()) == sorted(reader.folders)
    store.remove("build_1")
    store.remove_unnamed()
    assert store.storage.folders() == []
    store.storage.write("kept/build_2.json", b"{")
    with pytest.raises(ExecutionError, match="pointer of a version cannot be read"):
        store.remove_unnamed()


def test_damaged_note_of_the_collection_starts_the_time_of_grace_anew(store: PointerStore) -> None:
    draft = store.begin()
    written(store, draft, 1)
    store.storage.write("unnamed.json", b'["half')
    assert store.collect(NOW) == []
    assert store.collect(NOW + GRACE - timedelta(minutes=1)) == []
    assert len(store.collect(NOW + GRACE)) == 1


@pytest.mark.parametrize(
    "data", [b"", b"half of i", b"[]", b"{}", b'{"format": 1}', b'{"format": 1, "tables": 1}']
)
def test_pointer_that_is_damaged_is_no_empty_warehouse(store: PointerStore, data: bytes) -> None:
    store.storage.write("pointer.json", data)
    with pytest.raises(ExecutionError, match=r"pointer\.json: it does not describe a warehouse"):
        store.version()
    with pytest.raises(ExecutionError):
        store.begin()
    store.publish(store.begin(None))
    assert store.version() == Version()


def test_pointer_of_a_newer_runner_is_refused(store: PointerStore) -> None:
    store.storage.write("pointer.json", b'{"format": 2}')
    with pytest.raises(ExecutionError, match="a newer runner wrote it, in format 2"):
        store.version()


def test_version_is_stored_as_it_is(store: PointerStore) -> None:
    table = Table((Column("a b", "decimal(38,10)", 'Sum "x"'),), ('main.a"b/t-1',), "Names, ü")
    version = Version({'main.a"b': table}, {"segments.vip": View("select 1", "V")})
    draft = store.begin()
    draft.keep(version)
    store.publish(draft)
    assert store.version() == version


def test_column_is_added_once_whatever_its_case() -> None:
    table = Table(COLUMNS).with_column(Column("City", "string")).with_column(Column("city", "int"))
    assert table.columns == (*COLUMNS, Column("city", "int"))


def test_view_takes_the_name_of_a_table_and_the_other_way_round() -> None:
    version = Version().with_table("main.a", Table(COLUMNS)).with_view("main.a", View("select 1"))
    assert (version.tables, version.views) == ({}, {"main.a": View("select 1")})
    version = version.with_table("main.a", Table(COLUMNS))
    assert (set(version.tables), version.views) == ({"main.a"}, {})
    assert version.without("main.a") == Version()


def test_pointer_is_shared_with_a_second_place(store: PointerStore, tmp_path: Path) -> None:
    built(store, 1)
    before, folders = store.version(), store.storage.folders()
    store.share(tmp_path / "plan")
    root, copied = copy_at(str(tmp_path / "plan"))
    copy = PointerStore(storage_at(root), copy=copied)
    assert (copy.version(), published(copy)) == (before, [1])
    draft = copy.begin()
    written(copy, draft, 2)
    copy.publish(draft, previous_build="build_1", keep=0)
    assert published(copy) == [1, 2]
    assert copy.collect(NOW + 10 * GRACE) == []
    assert (store.version(), published(store)) == (before, [1])
    copy.remove_written()
    store.remove_written()
    assert store.storage.folders() == folders


def test_copy_of_a_warehouse_that_was_never_published_writes_beside_it(
    store: PointerStore, tmp_path: Path
) -> None:
    store.share(tmp_path / "plan")
    root, copied = copy_at(str(tmp_path / "plan"))
    copy = PointerStore(storage_at(root), copy=copied)
    assert (root, copy.is_published) == (store.storage.root, False)
    copy.share(tmp_path / "again")
    again = copy_at(str(tmp_path / "again"))[1]
    assert copied is not None
    assert again is not None
    assert again.token == copied.token


def test_swap_that_fails_leaves_the_file_and_nothing_beside_it(
    store: PointerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(store, 1)
    draft = store.begin()
    written(store, draft, 2)

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device", str(self))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        with pytest.raises(OSError, match="No space"):
            store.publish(draft)
    store.discard(draft)
    assert published(store) == [1]
    assert not [name for name in files(store) if name.endswith(".part")]


def test_one_of_many_writers_at_a_time_wins(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    storage.swap("pointer.json", b"0", None)
    found = storage.read("pointer.json")
    assert found is not None
    won: list[int] = []

    def swap(number: int) -> None:
        try:
            FolderStorage(tmp_path).swap("pointer.json", b"%d" % number, found.tag)
            won.append(number)
        except ChangedError:
            return

    threads = [threading.Thread(target=swap, args=(number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert storage.read("pointer.json").data == b"%d" % won[0]  # type: ignore[union-attr]
    assert len(won) == 1


def test_readers_never_see_half_a_build(store: PointerStore) -> None:
    """Each build replaces three tables at once; every reader sees the three of one build."""
    names = [f"main.t{number}" for number in range(3)]

    def build(number: int) -> None:
        draft = store.begin()
        tables = {}
        for name in names:
            folder = f"{name}/{draft.token}-0"
            store.storage.write(f"{folder}/{number}.parquet", b"")
            tables[name] = Table(COLUMNS, (folder,))
        draft.keep(Version(tables))
        store.publish(draft, previous_build=f"build_{number:03}", keep=2)
        store.discard(draft)

    build(0)
    ended, seen = threading.Event(), set()

    def read() -> None:
        while not ended.is_set():
            version = store.version()
            found = numbers(store, version)
            seen.add((len(set(found)), len(found)))

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(1, 12):
        build(number)
    ended.set()
    for thread in threads:
        thread.join()
    assert seen == {(1, 3)}


BUILDING = """
import sys
from pathlib import Path
from runner.engine.spark.folder_storage import FolderStorage
from runner.engine.spark.store import PointerStore
from runner.engine.spark.version import Column, Table
store = PointerStore(FolderStorage(Path(sys.argv[1])))
number = int(sys.argv[2])
print("begun", flush=True)
while True:
    draft = store.begin()
    table = draft.version.tables.get("main.numbers", Table((Column("number", "bigint"),)))
    folder = f"main.numbers/{draft.token}-0"
    store.storage.write(f"{folder}/{number}.parquet", b"rows")
    draft.keep(draft.version.with_table("main.numbers", table.with_folder(folder)))
    store.publish(draft, previous_build=f"build_{number:05}", keep=2)
    store.discard(draft)
    number += 1
"""


def test_killed_process_leaves_the_last_version_and_the_next_build_goes_on(
    store: PointerStore,
) -> None:
    """`kill -9` at random moments: what is published is always a whole build."""
    chance = random.Random(7)
    for _ in range(4):
        command = [sys.executable, "-c", BUILDING, store.storage.root, str(len(published(store)))]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout
            assert process.stdout.readline() == b"begun\n"
            time.sleep(chance.uniform(0.0, 0.08))
            process.send_signal(signal.SIGKILL)
        found = published(store)
        assert found == [*range(len(found))]
        for version in store.versions():
            kept = published(store, version)
            assert kept == [*range(len(kept))]
    before = len(published(store))
    built(store, before, "last", keep=2)
    assert published(store) == [*range(before + 1)]
    store.collect(datetime.now(UTC) + GRACE)
    named = {folder for name in ("", *store.versions()) for folder in store.version(name).folders}
    assert set(store.storage.folders()) == named


def test_pointer_is_text_that_other_tools_read(store: PointerStore) -> None:
    built(store, 1)
    found = json.loads((Path(store.storage.root) / "pointer.json").read_text())
    assert found["tables"][NUMBERS]["columns"] == [["number", "bigint", ""]]


def test_places_without_conditional_writes_are_refused() -> None:
    with pytest.raises(UsageError, match=r"cannot be at ftp://; allowed: a folder, file://, s3://"):
        storage_at("ftp://acme.example/warehouse")
    assert storage_at("file:///var/lib/w").root == "/var/lib/w"
