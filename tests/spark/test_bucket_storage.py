"""Pointers in a bucket, by conditional writes of a real server (B1, B4)."""

from datetime import UTC, datetime

import pytest

from runner.engine.spark.collection import GRACE
from runner.engine.spark.storage import ChangedError, Storage
from runner.engine.spark.store import PointerStore, storage_at
from runner.engine.spark.version import Column, Table
from runner.errors import RunnerError

NUMBERS = "main.numbers"


@pytest.fixture
def storage(bucket: str) -> Storage:
    return storage_at(f"{bucket}/warehouse")


def test_object_is_written_where_nobody_wrote_it_since(storage: Storage) -> None:
    assert storage.read("pointer.json") is None
    storage.swap("pointer.json", b"1", None)
    first = storage.read("pointer.json")
    assert first is not None
    for tag in (None, '"of another content"'):
        with pytest.raises(ChangedError):
            storage.swap("pointer.json", b"2", tag)
    storage.swap("pointer.json", b"2", first.tag)
    with pytest.raises(ChangedError):
        storage.swap("pointer.json", b"3", first.tag)
    found = storage.read("pointer.json")
    assert found is not None
    assert found.data == b"2"


def test_folders_are_found_and_removed(storage: Storage) -> None:
    for name in ("main.a/x-1/p.parquet", "main.a/x-2/p.parquet", "kept/build_1.json"):
        storage.write(name, b"12345")
    assert storage.folders() == ["main.a/x-1", "main.a/x-2"]
    assert storage.files("kept") == ["build_1.json"]
    assert storage.size(["main.a/x-1", "main.a/x-2"]) == 10
    for name in ("main.a/x-1", "main.b/x-1"):
        storage.remove_folder(name)
    for name in ("kept/build_1.json", "kept/build_2.json"):
        storage.remove(name)
    assert storage.folders() == ["main.a/x-2"]
    assert storage.files("kept") == []


def test_versions_are_published_kept_and_collected(storage: Storage) -> None:
    store = PointerStore(storage)
    assert not store.is_published
    for number in range(3):
        draft = store.begin()
        folder = f"{NUMBERS}/{draft.token}-{number}"
        storage.write(f"{folder}/part.parquet", b"rows")
        draft.keep(draft.version.with_table(NUMBERS, Table((Column("n", "int"),), (folder,))))
        store.publish(draft, previous_build=f"build_{number}" if number else "", keep=1)
        store.discard(draft)
    assert store.versions() == ("build_2",)
    assert len(storage.folders()) == 3
    store.collect(datetime.now(UTC) + GRACE)
    named = store.version().folders | store.version("build_2").folders
    assert set(storage.folders()) == named
    slow, quick = store.begin(), store.begin()
    store.publish(quick.__class__("", quick.token, quick.tag, [store.version("build_2")]))
    with pytest.raises(RunnerError, match="another build was published"):
        store.publish(slow)
