"""Staged files grow old: compressed without a loss, dropped by `retention`, never silently (P6)."""

import gzip
import io
import os
import time
import zipfile
from pathlib import Path

import pytest

from runner.stage.staging_lock import shared_staging
from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

GOALS = """\
- name: orders
  kind: import_profiles
  files:
    orders: orders_*
    shops: {path: shops.csv, join: {shop: orders.shop}}
  identify: {by: [{id: orders.id}]}
  map: {city: shops.city, spent: {from: orders.amount, strategy: sum}}
- name: notes
  kind: import_profiles
  files: {notes: {path: notes.csv, format: {encoding: utf-16, separator: ";"}}}
  identify: {by: [{id: notes.id}]}
  map: {note: notes.note}
- name: bundle
  kind: import_profiles
  files: {extra: {path: bundle.zip, members: "*.csv"}}
  identify: {by: [{id: extra.id}]}
  map: {extra: extra.extra}
"""
ORDERS = 'id,shop,amount\na,s1,1.50\nb,s1\n\n"c ",s2,"2,000.5"\nid,shop,amount\na,s2,x\n'
TABLES = ("profiles", "runner.identifiers", "runner.rows", "runner.sums")
REJECTS = (
    "select file, line, column_name, reason, value, byte_offset from runner.rejects order by all"
)


def declare(shop: Workshop) -> None:
    """Drop files of all kinds, some with lines that are set aside."""
    shop.properties("id: {identifier: true}\ncity:\nspent: decimal\nnote:\nextra:\n")
    shop.goals(GOALS)
    shop.drop("shops.csv", "shop,city\ns1,Delft\ns2,Breda\n")
    shop.drop("orders_1.csv", ORDERS)
    shop.drop("orders_2.csv.gz", gzip.compress(ORDERS.replace("1.50", "7").encode()))
    shop.drop("orders_3.csv", "id,shop,amount\r\nz,s1,4\r\n")
    shop.drop("notes.csv", 'id;note\na;"two\nlines"\nb;é\n'.encode("utf-16"))
    bundle = io.BytesIO()
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.writestr("one.csv", "id,extra\na,1\n")
    shop.drop("bundle.zip", bundle.getvalue())


@pytest.fixture(scope="module")
def built_shop(shared_shop: Workshop) -> Workshop:
    declare(shared_shop)
    shared_shop.build()
    return shared_shop


@pytest.fixture
def kinds(built_shop: Workshop, tmp_path: Path) -> Workshop:
    """A shop with files of all kinds, built once."""
    return built_shop.copied(tmp_path / "shop")


def setting(shop: Workshop, text: str) -> None:
    project = shop.folder / "runner_project.yml"
    kept = project.read_text(encoding="utf-8").split("retention:")[0].split("compact_after:")[0]
    project.write_text(f"{kept}{text}\n", encoding="utf-8")


def staged(shop: Workshop) -> list[Path]:
    return sorted((shop.folder / "target/staging").glob("??/*"))


def contents(shop: Workshop) -> dict[str, object]:
    found: dict[str, object] = {
        table: shop.rows(f"select * from {table} order by all") for table in TABLES
    }
    books = "select path, line_count, rejected_count, blank_count, header from runner.files"
    return found | {"rejects": shop.rows(REJECTS), "books": shop.rows(f"{books} order by all")}


def age(shop: Workshop, days: float, *names: str) -> None:
    """Make staged files older, all of them or those that came under some names."""
    then = time.time() - 86400 * days
    shas = {
        sha for sha, path in shop.rows("select sha256, path from runner.files") if path in names
    }
    for path in staged(shop):
        if not names or path.name.split(".")[0] in shas:
            os.utime(path, (then, then))


def test_compressed_files_give_the_same_as_the_originals(kinds: Workshop) -> None:
    before = contents(kinds)
    assert before["rejects"]
    # Fresh files stay as they came.
    raw = staged(kinds)
    assert not [path for path in raw if path.suffix == ".packed"]
    age(kinds, 8)
    kinds.build()
    packed = staged(kinds)
    assert {path.name[64:] for path in packed} <= {
        "", ".packed", ".lines.json", ".members.json",
    }  # fmt: skip
    # What came compressed stays as it came; all else is there in its packed form alone.
    alone = [path for path in packed if not path.name[64:]]
    assert {path.read_bytes()[:2] for path in alone} == {b"\x1f\x8b", b"PK"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in packed)
    # F11: one that is damaged then is fetched again.
    damage(kinds, "orders_3.csv", ".packed", is_compacted=True)
    kinds.build("--full-refresh")
    assert contents(kinds) == before
    # A refresh leaves behind what it found.
    assert {path for path in staged(kinds) if path.name.endswith(".packed")} <= {*packed}
    # Another format reads other lines out of the same bytes: they are all there.
    kinds.goals(GOALS.replace("map: {note: notes.note}", "map: {note: upper(notes.note)}"))
    kinds.build()
    assert kinds.rows("select note from profiles where id = 'a'") == [("TWO\nLINES",)]
    (kinds.folder / "drop/orders_3.csv").unlink()
    age(kinds, 8)
    kinds.goals(GOALS.replace("orders.amount,", "orders.amount || '0',"))
    kinds.build()
    assert kinds.rows("select spent::int from profiles where id = 'z'") == [(40,)]


def test_files_that_another_build_uses_stay_as_they_are(kinds: Workshop) -> None:
    """B4: a refresh, too, keeps written out what it imports after the replay."""
    (kinds.folder / "target").rename(kinds.folder / "earlier")
    setting(kinds, "compact_after: 0")
    folder = kinds.folder / "target/staging"
    with shared_staging(folder):
        kinds.build()
        assert not [path for path in staged(kinds) if path.suffix == ".packed"]
        for command in (["clean", "--staging", "--yes"], ["forget", "id=a", "--yes"]):
            ended = kinds.run(*command)
            assert ended.code == 3
            assert "the staged files are in use by a build of another target" in ended.told
    kinds.build()
    assert [path for path in staged(kinds) if path.suffix == ".packed"]
    kinds.drop("orders_4.csv", "id,shop,amount\nz,s1,4.5\n")
    kinds.build("--full-refresh")
    assert kinds.rows("select spent from profiles where id = 'z'") == [(8.5,)]


def damage(shop: Workshop, name: str, end: str, *, is_compacted: bool = False) -> None:
    """Take the last line from what is staged of a file: as it came, or as `end` says."""
    sha = shop.rows(f"select sha256 from runner.files where path = '{name}'")[0][0]
    ((path),) = (shop.folder / "target/staging" / sha[:2]).glob(f"{sha}{end}")
    if is_compacted:
        path.write_bytes(gzip.compress(b"something else"))
    else:
        path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def test_f11_damaged_staged_files_are_fetched_again_and_made_again(kinds: Workshop) -> None:
    before = contents(kinds)
    damage(kinds, "orders_1.csv", ".[0-9a-f]*[0-9a-f].csv")
    damage(kinds, "orders_2.csv.gz", ".plain")
    damage(kinds, "orders_3.csv", "")
    damage(kinds, "notes.csv", ".[0-9a-f]*[0-9a-f].csv")
    kinds.build("--full-refresh")
    assert contents(kinds) == before


def test_f11_a_damaged_file_that_is_gone_from_its_server_is_reported(kinds: Workshop) -> None:
    before = contents(kinds)
    damage(kinds, "orders_3.csv", "")
    (kinds.folder / "drop/orders_3.csv").unlink()
    lost = "no intact staged copy is left of"
    ended = kinds.run("build", "--full-refresh")
    assert (ended.code, f"{lost} shop.orders: orders_3.csv" in ended.told) == (1, True)
    kinds.goals(GOALS.replace("orders.amount,", "orders.amount || '0',"))
    ended = kinds.run("build")
    assert (ended.code, f"{lost} orders_3.csv" in ended.told) == (1, True)
    assert contents(kinds) == before
    # Users may go on without it.
    kinds.goals(GOALS)
    kinds.build("--full-refresh", "--allow-missing")
    assert kinds.rows("select count(*) from profiles where id = 'z'") == [(0,)]


def test_files_past_their_retention_are_dropped_and_nothing_is_lost_silently(
    kinds: Workshop,
) -> None:
    setting(kinds, "retention: 400 days")
    before = contents(kinds)
    age(kinds, 401, "orders_1.csv", "orders_3.csv", "shops.csv")
    gone = (kinds.folder / "drop/orders_1.csv").rename(kinds.folder / "orders_1.csv")
    kinds.build()
    shas = dict(kinds.rows("select path, sha256 from runner.files"))
    names = {path.name for path in staged(kinds)}
    assert {shas["orders_1.csv"], shas["orders_3.csv"]}.isdisjoint({n[:64] for n in names})
    # What the next build joins to is kept, however old.
    assert any(name.startswith(shas["shops.csv"]) for name in names)
    assert contents(kinds) == before
    for command in (["build", "--full-refresh"], ["undo", "orders_2.csv.gz"]):
        ended = kinds.run(*command)
        assert ended.code == 1
        # orders_3.csv is still on the server, and is brought again.
        assert (
            "what 1 file gave would be lost: no intact staged copy is left of shop.orders: orders_1.csv"
        ) in ended.told
    # A changed definition takes back sums, and could not count them again.
    kinds.goals(GOALS.replace("spent: {from: orders.amount,", "spent: {from: trim(orders.amount),"))
    ended = kinds.run("build")
    assert ended.code == 1
    assert (
        "shop.orders: its definition changed, and no intact staged copy is left of orders_1.csv"
        in ended.told
    )
    assert contents(kinds) == before
    kinds.goals(GOALS)
    gone.rename(kinds.folder / "drop/orders_1.csv")
    kinds.build("--full-refresh")
    assert contents(kinds) == before


def test_connection_has_a_retention_of_its_own(kinds: Workshop) -> None:
    setting(kinds, "retention: 10 days")
    access = "type: local\npath: drop\nretention: 30 days\n"
    kinds.goals(GOALS, access=access)
    age(kinds, 20)
    count = len({path.name[:64] for path in staged(kinds)})
    kinds.build()
    assert len({path.name[:64] for path in staged(kinds)}) == count
    kinds.goals(GOALS, access=access.replace("30", "15"))
    age(kinds, 20)
    kinds.build()
    shas = dict(kinds.rows("select path, sha256 from runner.files"))
    # The zip is on the server, and each build opens it.
    needed = {shas["shops.csv"], shas["bundle.zip/one.csv"]}
    assert {path.name[:64] for path in staged(kinds)} == needed


def test_what_another_target_needs_stays(kinds: Workshop) -> None:
    kinds.write(
        "runner_project.yml",
        """\
        name: shop
        target: local
        targets:
          local: {warehouse: target/warehouse.duckdb, threads: 1}
          other: {warehouse: target/other.duckdb, threads: 1}
        retention: 400 days
        """,
    )
    (kinds.folder / "target").rename(kinds.folder / "earlier")
    kinds.build()
    shops = kinds.rows("select sha256 from runner.files where path = 'shops.csv'")[0][0]
    # The other target never joined the shops as they were then.
    kinds.drop("shops.csv", "shop,city\ns1,Paris\n")
    age(kinds, 401)
    kinds.build("--target", "other")
    assert [path.name[:64] for path in staged(kinds)].count(shops)
    told = kinds.run("clean", "--staging", "--yes", "--target", "other").stdout
    assert told == "Nothing to remove: 2 files stay, the next build needs them.\n"
    assert [path.name[:64] for path in staged(kinds)].count(shops)


def test_clean_shows_what_would_be_lost_before_it_removes(kinds: Workshop) -> None:
    before = contents(kinds)
    age(kinds, 100, "orders_1.csv", "orders_3.csv")
    files = staged(kinds)
    told = kinds.run("clean", "--staging", "--older-than", "90 days").stdout
    assert told.startswith("Would remove 2 staged files, ")
    assert "  shop.orders  2 files, " in told
    assert "whole again from what came after 20" in told
    assert told.endswith("Nothing was removed: --yes does it.\n")
    assert staged(kinds) == files
    assert kinds.run("clean", "--staging", "--older-than", "101 days").stdout == (
        "No staged file is that old: nothing to remove.\n"
    )
    told = kinds.run("clean", "--staging", "--older-than", "90 days", "--yes").stdout
    assert told.startswith("Removed 2 staged files, ")
    told = kinds.run("clean", "--staging", "--yes").stdout
    assert "1 file stays: the next build needs them." in told
    assert contents(kinds) == before
    # The server still has all but what came in a zip, until that is opened again.
    ended = kinds.run("build", "--full-refresh")
    assert "no intact staged copy is left of shop.bundle: bundle.zip/one.csv" in ended.told
    assert "Nothing new" in kinds.run("build").stdout
    kinds.build("--full-refresh")
    assert contents(kinds) == before


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--yes"], "--older-than and --yes work only with --staging"),
        (["--staging", "--all"], "--all removes the staged files too"),
        (["--staging", "--older-than", "long"], "--older-than: found 'long'; expected a duration"),
    ],
)
def test_clean_refuses_what_does_not_fit(kinds: Workshop, options: list[str], told: str) -> None:
    ended = kinds.run("clean", *options)
    assert (ended.code, told in ended.told) == (2, True), ended.told
