"""What a build leaves below `target/` is its owner's alone, whatever the umask (B7)."""

from pathlib import Path

from tests.functional.workshop import Workshop

GOALS = """\
- name: people
  kind: import_profiles
  files: {people: "people_*.csv"}
  identify: {by: [{id: id}]}
  map: {name: name}
- name: all
  kind: export_profiles
  segment: all
  directory: in/new
  file_name: all.csv
  changes: changed
  columns: [{header: ID, property: id}, {header: NAME, property: name}]
"""


def open_to_others(folder: Path, *left_out: str) -> dict[str, str]:
    """Return what others may use, with its permissions."""
    return {
        str(path.relative_to(folder)): oct(path.stat().st_mode)
        for path in [folder, *folder.rglob("*")]
        if path.stat().st_mode & 0o077 and path.name not in left_out
    }


def test_files_of_builds_are_private_and_files_for_others_are_as_the_umask_says(
    shop: Workshop,
) -> None:
    def run(*words: str) -> None:
        ended = shop.runner(shop.folder, *words, umask=0)
        assert ended.code == 0, ended.told

    shop.write(
        "runner_project.yml",
        "name: shop\ntargets:\n"
        "  local: {warehouse: target/warehouse.duckdb}\n"
        "  away: {warehouse: away/people.duckdb}\n",
    )
    shop.properties("id: {identifier: true}\nname: text\n")
    shop.goals(GOALS)
    shop.write("models/segments/all.sql", "select profile_id from {{ ref('profiles') }}\n")
    shop.drop("people_1.csv", 'id,name\n1,Ann\n2\n3,"B\nC"\n')
    for folder in (shop.folder, shop.folder / "drop"):
        folder.chmod(0o755)
    target, away = shop.folder / "target", shop.folder / "away"
    run("build", "--log-file", "own.jsonl")
    assert open_to_others(target) == {}
    for path in [target, *target.rglob("*")]:
        path.chmod(0o777 if path.is_dir() else 0o666)
    shop.drop("people_2.csv", "id,name\n4,Dora\n")
    run("build")
    assert list((target / "kept/local").iterdir())
    assert open_to_others(target) == {}
    target.chmod(0o755)
    (target / "history.db").chmod(0o644)
    run("query", "select 1", "--output-file", "rows.csv", "-o", "csv")
    run("query", "select 1", "--output-file", "rows.parquet", "-o", "parquet")
    assert open_to_others(target) == {}
    run("build", "--target", "away", "--replace-files")
    assert open_to_others(away) == {}
    shared = ("rows.csv", "rows.parquet", "drop/in/new/all.csv")
    assert {(shop.folder / path).stat().st_mode & 0o777 for path in shared} == {0o644}
    assert (shop.folder / "drop/in/new").stat().st_mode & 0o777 == 0o755
