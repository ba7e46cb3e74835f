"""A warehouse that is lost is rebuilt from the staged files (B3, P6)."""

import pytest

PROPERTIES = """\
id: {identifier: true}
name: text
spent: decimal(18,2)
tags: {multi: true}
"""
GOAL = """\
- name: people
  kind: import_profiles
  files:
    rows: {path: "people_*.csv"}
    cities: {path: cities.csv, join: {code: rows.code}}
  identify: {by: [{id: rows.id}]}
  done_suffix: true
  map:
    name: cities.city
    spent: {from: rows.spent, strategy: sum}
    tags: {from: rows.tag, strategy: add}
"""


@pytest.fixture(scope="module")
def built_shop(shared_shop):
    """A project of three builds and a definition that changed between them, its files all `.done`."""
    shop = shared_shop
    shop.properties(PROPERTIES)
    shop.goals(GOAL.replace("cities.city", "rows.id"))
    shop.drop("cities.csv", "code,city\n1,Delft\n2,Gouda\n")
    shop.drop("people_1.csv", "id,spent,tag,code\na,1.50,x,1\nb,2,y,2\n")
    shop.build()
    shop.goals(GOAL)
    shop.build()
    shop.drop("people_2.csv", "id,spent,tag,code\na,1.50,z,2\nc,3,,1\n")
    shop.build()
    return shop


@pytest.fixture
def lost(built_shop, tmp_path):
    return built_shop.copied(tmp_path / "lost")


def ruin(shop):
    shop.warehouse.write_bytes(b"this is no database" * 1000)


def restore_older(shop):
    """Put back the warehouse of an earlier build, as from a backup."""
    newest = max((shop.folder / "target/kept").rglob("*.duckdb"))
    shop.warehouse.write_bytes(newest.read_bytes())


@pytest.mark.parametrize(
    "harm",
    [ruin, lambda shop: shop.warehouse.unlink(), restore_older],
    ids=["corrupt", "missing", "older"],
)
def test_lost_warehouse_is_told_and_made_anew_from_the_staged_files(lost, harm):
    before = lost.profiles()
    assert len(before) == 3
    harm(lost)
    refused = lost.run("build")
    assert refused.code == 1
    assert "--full-refresh" in refused.told
    ended = lost.run("build", "--full-refresh")
    assert ended.code == 0, ended.told
    assert "rebuilt" in ended.told
    assert lost.profiles() == before
    lost.build()
    assert lost.profiles() == before
