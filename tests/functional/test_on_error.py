"""What a build does after a failure: goes on, or skips what comes after it and says why (B2)."""

import json

import pytest

pytestmark = pytest.mark.any_engine

GOALS = """\
- name: first
  kind: import_profiles
  files: {people: first.csv}
  identify: {by: [{email: email}]}
- name: second
  kind: import_profiles
  on_error: ON_ERROR
  done_suffix: true
  max_rejects: 0
  files: {people: "second_*.csv"}
  identify: {by: [{email: email}]}
  map: {age: age}
- name: third
  kind: import_profiles
  done_suffix: true
  files: {people: third.csv}
  identify: {by: [{email: email}]}
"""
EXPORT = """\
- name: everyone
  kind: export_profiles
  segment: everyone
  file_name: everyone.csv
  columns: [{header: E, property: email}]
"""
GOALS += EXPORT
WHY = "shop.second failed, and its `on_error: stop` ends the build there"


@pytest.fixture
def failing(shop):
    """A project whose second import fails."""
    shop.properties("email: {identifier: true}\nage: integer\n")
    shop.write("models/segments/everyone.sql", "select profile_id from {{ ref('profiles') }}\n")
    shop.drop("first.csv", "email\na@x.example\n")
    shop.drop("second_1.csv", "email,age\nb@x.example,old\n")
    shop.drop("third.csv", "email\nc@x.example\n")
    return shop


def statuses(shop):
    return {name: node["status"] for name, node in shop.results().items()}


def test_stop_skips_what_comes_after_it_with_the_reason_and_retry_does_it(failing):
    failing.goals(GOALS.replace("ON_ERROR", "stop"))
    ended = failing.run("build")
    assert ended.code == 1
    assert ended.stdout.count(WHY) == 1
    assert "SKIP=3" in ended.stdout
    assert statuses(failing) == {
        "shop.first": "success",
        "shop.second": "error",
        "shop.third": "skipped",
        "everyone": "skipped",
        "shop.everyone": "skipped",
    }
    assert failing.profiles("email") == [("a@x.example",)]
    assert not (failing.folder / "drop/everyone.csv").exists()
    assert (failing.folder / "drop/third.csv").exists()
    told = json.loads(failing.run("history", "--json").stdout)[0]["build_id"]
    nodes = json.loads(failing.run("history", told, "--json").stdout)["nodes"]
    assert [node["message"] for node in nodes if node["status"] == "skipped"] == [WHY] * 3
    failing.drop("second_1.csv", "email,age\nb@x.example,40\n")
    assert failing.run("retry").code == 0
    emails = "a@x.example\nb@x.example\nc@x.example\n"
    sent = (failing.folder / "drop/everyone.csv").read_text().splitlines()[1:]
    assert sorted(sent) == emails.split()
    assert (failing.folder / "drop/third.csv.done").exists()


def test_export_below_a_failed_import_is_skipped_and_retry_sends_it(failing):
    """X6: and a goal with `on_upstream_error: send` is sent all the same."""
    failing.goals(GOALS.replace("ON_ERROR", "continue"))
    failing.goals(
        EXPORT.replace("everyone.csv", "all_the_same.csv") + "  on_upstream_error: send\n",
        connection="partner",
    )
    assert failing.run("build").code == 1
    # The rest is done.
    assert statuses(failing)["shop.third"] == "success"
    assert statuses(failing)["everyone"] == "success"
    assert len(failing.profiles()) == 2
    sent = failing.folder / "drop/everyone.csv"
    assert not sent.exists()
    assert (failing.folder / "drop/all_the_same.csv").exists()
    skipped = failing.results()["shop.everyone"]
    assert skipped["status"] == "skipped"
    assert "shop.second failed: nothing is sent, `runner retry`" in skipped["message"]
    failing.drop("second_1.csv", "email,age\nb@x.example,40\n")
    assert failing.run("retry").code == 0
    assert len(sent.read_text().splitlines()) == 4


def test_export_of_a_build_that_is_not_published_is_skipped_and_retry_sends_it(failing):
    """X6: the test that failed is the reason."""
    failing.goals(GOALS.replace("ON_ERROR", "continue"))
    failing.drop("second_1.csv", "email,age\nb@x.example,40\n")
    failing.write("tests/nobody.sql", "select * from {{ ref('profiles') }}\n")
    assert failing.run("build").code == 1
    skipped = failing.results()["shop.everyone"]
    assert skipped["message"] == "nothing is sent: nobody failed, so the build is not published"
    failing.write("tests/nobody.sql", "select * from {{ ref('profiles') }} where email is null\n")
    assert failing.run("retry").code == 0
    assert len((failing.folder / "drop/everyone.csv").read_text().splitlines()) == 4


def test_export_of_a_failed_model_above_its_segment_is_skipped(failing):
    """X6: also where the build leaves out what stands between, and however imports are treated."""
    goals = GOALS.replace("ON_ERROR", "continue").replace("segment: everyone", "segment: members")
    failing.goals(goals + "  on_upstream_error: send\n")
    failing.drop("second_1.csv", "email,age\nb@x.example,40\n")
    model, segment = "models/marts/people.sql", "models/segments/members.sql"
    failing.write(model, "select profile_id from {{ ref('profiles') }}\n")
    failing.write(segment, "select profile_id from {{ ref('people') }}\n")
    failing.build()
    (failing.folder / "drop/everyone.csv").unlink()
    failing.write(model, "select nothing from {{ ref('profiles') }}\n")
    assert failing.run("build", "--exclude", "members").code == 1
    assert statuses(failing)["shop.everyone"] == "skipped"
    assert not (failing.folder / "drop/everyone.csv").exists()


def test_fail_fast_tells_what_it_skipped(failing):
    failing.goals(GOALS.replace("ON_ERROR", "continue"))
    ended = failing.run("build", "--fail-fast")
    assert ended.code == 1
    assert ended.stdout.count("shop.second failed, and --fail-fast ends the build there") == 1
    assert "SKIP=3" in ended.stdout
    assert list(statuses(failing).values()).count("skipped") == 3


def test_server_that_is_closed_stops_before_anything_is_imported(failing):
    failing.goals(GOALS.replace("ON_ERROR", "continue"))
    failing.goals(
        """\
        - name: people
          kind: import_profiles
          on_error: stop
          files: {people: people.csv}
          identify: {by: [{email: email}]}
        """,
        connection="away",
        access="type: sftp\nhost: 127.0.0.1\nport: 1\nusername: someone\nretries: 0\n"
        "authentication: {password: \"{{ env_var('SECRET') }}\"}\n"
        'host_key: "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8"\n',
    )
    failing.env = {"SECRET": "canary"}
    assert failing.run("build").code == 4
    assert set(statuses(failing).values()) == {"error", "skipped"}
    assert failing.profiles() == []


def test_full_refresh_that_lacks_a_goal_is_not_published(failing):
    failing.goals(GOALS.replace("ON_ERROR", "stop"))
    failing.drop("second_1.csv", "email,age\nb@x.example,40\n")
    failing.build()
    before = failing.profiles()
    failing.drop("second_2.csv", "email,age\nd@x.example,young\n")
    for stop in ("stop", "continue"):
        failing.goals(GOALS.replace("ON_ERROR", stop))
        ended = failing.run("build", "--full-refresh")
        assert ended.code == 1
        assert "nothing is published: what shop.second" in ended.told
        assert failing.profiles() == before
    (failing.folder / "drop/second_2.csv").unlink()
    failing.build("--full-refresh")
    assert failing.profiles() == before
