"""Files inside zips are files like others (F7)."""

import io
import stat
import zipfile

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

GOAL = """
- name: people
  kind: import_profiles
  done_suffix: {done}
  files: {{rows: {{path: "*.zip", members: "people*.csv"}}}}
  identify: {{by: [{{id: id}}]}}
  map: {{name: name, visits: {{value: 1, strategy: sum}}}}
"""
CHAINED = """
- name: people
  kind: import_profiles
  files:
    rows: {path: "*.zip", members: "people*.csv"}
    cities: {path: "*.zip", members: cities.csv, join: {city: rows.city}}
  identify: {by: [{id: id}]}
  map: {name: cities.label}
"""


def zipped(**files: str) -> bytes:
    return zip_of({name.replace("__", "/") + ".csv": text for name, text in files.items()})


def zip_of(files: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


@pytest.fixture
def people(shop: Workshop) -> Workshop:
    shop.properties("id: text\nname: text\nvisits: decimal")
    shop.goals(GOAL.format(done="false"))
    return shop


def test_f7_each_member_is_accounted_as_a_file_and_imported_once(people: Workshop) -> None:
    one, two = "id,name\n1,Ann\n", "id,name\n2,Bob\n3,Cas\n"
    people.drop("bundle.zip", zipped(people_1=one, deep__people_2=two, other="x"))
    results = people.build()
    books = [(book["path"], book["lines"]) for book in results["shop.people"]["files"]]
    assert books == [("bundle.zip/deep/people_2.csv", 3), ("bundle.zip/people_1.csv", 2)]
    assert people.profiles("id, visits") == [("1", 1), ("2", 1), ("3", 1)]
    assert "Nothing new" in people.run("build").told
    assert "2 imported before" in people.run("scan").stdout
    assert people.profiles("id, visits") == [("1", 1), ("2", 1), ("3", 1)]
    people.drop("bundle.zip", zipped(people_1=one, deep__people_2=two + "4,Dee\n"))
    people.build()
    assert people.profiles("id, visits") == [("1", 1), ("2", 1), ("3", 1), ("4", 1)]
    before = people.profiles()
    people.build("--full-refresh")
    assert people.profiles() == before


def test_f6_archive_is_done_once_its_members_are_imported(people: Workshop) -> None:
    people.goals(GOAL.format(done="true"))
    people.drop("bundle.zip", zipped(people_1="id,name\n1,Ann\n", people_2="id,name\n2,Bob\n"))
    people.build()
    assert [path.name for path in (people.folder / "drop").iterdir()] == ["bundle.zip.done"]
    people.goals(GOAL.format(done="true").replace("name: name", "name: {value: Eve}"))
    people.build()
    assert people.profiles("id, name, visits") == [("1", "Eve", 1), ("2", "Eve", 1)]


def test_f7_several_sources_take_from_one_zip(people: Workshop) -> None:
    people.goals(CHAINED)
    people.drop("a.zip", zipped(people="id,city\n1,a\n", cities="city,label\na,Aalst\n"))
    people.build()
    assert people.profiles("name") == [("Aalst",)]
    ended = people.run("preview", "people", "--show-pii")
    assert ended.code == 0, ended.told
    assert "Aalst" in ended.stdout


def test_f7_names_that_climb_out_are_refused_and_reported_and_the_others_taken(
    people: Workshop,
) -> None:
    names = ["../people_1.csv", "/people_2.csv", "a/../../people_3.csv", "C:\\people_4.csv"]
    names += ["people_\n5.csv", "people_6.csv"]
    people.drop("bundle.zip", zip_of({name: f"id,name\n{name[-5]},x\n" for name in names}))
    ended = people.run("build")
    assert ended.code == 0, ended.told
    assert ended.told.count("the name leads out of the archive") == 4
    assert "the name has control characters" in ended.told
    assert people.profiles("id") == [("6",)]


def test_f7_link_in_a_zip_is_refused(people: Workshop) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("people_1.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    people.drop("bundle.zip", stream.getvalue())
    ended = people.run("build")
    assert "it is not a regular file" in ended.told
    assert "bundle.zip holds no file that fits people*.csv" in ended.told


def twice_named() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("people_1.csv", "id,name\n1,Ann\n")
        archive.writestr("people_1.csv", "id,name\n2,Bob\n")
    return stream.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_f7_archive_beyond_the_bounds_fails_its_goal(people: Workshop) -> None:
    bomb = zip_of({"people_1.csv": "0" * 70_000_000})
    many = zip_of({f"other_{number}": "" for number in range(10_001)})
    wrong = {
        "ratio": (bomb, "which looks like a bomb"),
        "count": (many, "the zip has 10001 entries, more than 10,000"),
        "damaged": (
            zipped(people_1="id,name\n1,Ann\n")[:-30],
            "the zip is damaged or cut short",
        ),
        "plain": (b"id,name\n1,Ann\n", "`members` needs a zip, and this is not one"),
        "twice": (twice_named(), "the zip has two files of the name 'people_1.csv'"),
    }
    goal = GOAL.format(done="false")
    people.goals(
        "".join(
            goal.replace("name: people", f"name: {name}").replace("*.zip", f"{name}.zip")
            for name in wrong
        )
    )
    for name, (content, _) in wrong.items():
        people.drop(f"{name}.zip", content)
    assert people.run("build").code == 1
    results = people.results()
    for name, (_, told) in wrong.items():
        assert results[f"shop.{name}"]["status"] == "error", name
        assert told in results[f"shop.{name}"]["message"], name
    assert people.profiles() == []
    assert list((people.folder / "target/staging").rglob("*.part")) == []
