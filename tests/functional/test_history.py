"""`runner history`: past builds, the one that runs, and the logs that are kept."""

import json
import sqlite3

import pytest
from click.testing import CliRunner

from runner.cli.main import main
from runner.history.history import History
from tests.functional.test_stopping import SLOW, declare, until
from tests.servers.command import start_runner

pytestmark = pytest.mark.any_engine


@pytest.fixture(scope="module")
def built_shop(shared_shop):
    """A project of two builds."""
    declare(shared_shop)
    shared_shop.build()
    shared_shop.drop("people.csv", "email\nc@x.example\n")
    shared_shop.build()
    return shared_shop


def ids(shop, *arguments):
    told = shop.run("history", "--json", *arguments).stdout
    return [build["build_id"] for build in json.loads(told)]


def test_builds_are_listed_the_newest_first_and_told_one_by_one(built_shop):
    shop = built_shop
    newest, oldest = ids(shop)
    assert newest > oldest
    told = json.loads(shop.run("history", newest, "--json").stdout)
    assert told["nodes"][0]["outcomes"]["created"] == 1
    assert [file["lines"] for file in told["files"]] == [2]
    assert "1 created" in shop.run("history", newest).stdout
    assert ids(shop, "--target", "local") == [newest, oldest]
    assert ids(shop, "--target", "other") == []
    assert shop.run("history").stdout.index(newest) < shop.run("history").stdout.index(oldest)


def test_build_that_does_not_exist_is_a_mistake(shop, built_shop):
    assert shop.run("history").code == 2
    assert built_shop.run("history", "1999").code == 2
    assert built_shop.run("history", ids(built_shop)[0][:17]).code == 0


def test_history_needs_no_definitions_without_mistakes(built_shop, tmp_path):
    shop = built_shop.copied(tmp_path / "wrong")
    shop.write("connections/shop.yml", "nonsense: 1\n")
    assert shop.run("history").code == 0


def test_list_has_the_options_of_a_build_and_why_it_failed(shop):
    declare(shop)
    shop.drop("people.csv", "mail\nc@x.example\n")
    assert shop.run("build", "--select", "shop.people", "--vars", "{}", "--full-refresh").code == 1
    first, second, *_ = shop.run("history").stdout.splitlines()
    assert first.split("  ")[-1] == (
        "local: runner build --select shop.people --vars *** --full-refresh"
    )
    assert second.startswith("  shop.people: there is no column 'email'. Did you mean 'mail'?")


def test_build_that_runs_tells_what_it_does_now(shop):
    declare(shop)
    shop.write("models/marts/a_slow.sql", SLOW)
    with start_runner(shop.folder, "build"):
        until((shop.folder / "target/history.db").exists)
        until(lambda: "now: model" in shop.run("history").stdout)
        told = json.loads(shop.run("history", "--json").stdout)[0]
        assert told["status"] == "running"
        assert told["progress"]["phase"] == "model"
        # The model began within a second of its phase, and takes longer.
        until(lambda: "now: model a_slow" in shop.run("history").stdout)
    killed = json.loads(shop.run("history", "--json").stdout)[0]
    assert (killed["status"], killed["progress"]) == ("error", None)
    assert " error\n" in shop.run("history", killed["build_id"]).stdout
    assert "it was killed before it ended" in shop.run("history").stdout
    shop.write("models/marts/a_slow.sql", "select 1 as one\n")
    shop.build()
    statuses = [build["status"] for build in json.loads(shop.run("history", "--json").stdout)]
    assert statuses == ["success", "error"]
    assert "now:" not in shop.run("history").stdout


def test_log_of_each_build_is_kept_and_old_ones_go(shop):
    declare(shop)
    logs = shop.folder / "target/logs"
    logs.mkdir(parents=True)
    for number in range(205):
        (logs / f"20200101T{number:09}Z.jsonl").touch()
    shop.build("--log-file", "all.jsonl")
    shop.build("--log-file", "all.jsonl")
    build_id = ids(shop)[0]
    lines = [json.loads(line) for line in (logs / f"{build_id}.jsonl").read_text().splitlines()]
    assert {line["build_id"] for line in lines} == {build_id}
    assert lines[-1]["kind"] == "done"
    assert len(list(logs.iterdir())) == 200
    both = (shop.folder / "all.jsonl").read_text().splitlines()
    assert {json.loads(line)["build_id"] for line in both} == set(ids(shop))


def test_log_tells_the_error_that_ended_a_build(shop):
    declare(shop)
    shop.write("target/warehouse.duckdb", "this is no database")
    assert shop.run("build", "--log-file", "all.jsonl").code == 1
    last = json.loads((shop.folder / "all.jsonl").read_text().splitlines()[-1])
    assert (last["level"], last["kind"]) == ("error", "error")


def test_each_line_of_the_log_names_its_build_goal_and_file(shop):
    declare(shop)
    shop.write("models/segments/all.sql", "select profile_id from {{ ref('profiles') }}\n")
    shop.goals(
        """\
        - name: everyone
          kind: export_profiles
          segment: all
          directory: in
          file_name: all.csv
          columns: [{header: E, property: email}]
        """,
        connection="partner",
    )
    told = shop.run("build", "--log-format", "json").stdout.splitlines()
    lines = [json.loads(line) for line in told]
    assert {line["build_id"] for line in lines} == set(ids(shop))
    about = {(line["kind"], line.get("goal"), line.get("file")) for line in lines}
    assert ("progress", "shop.people", "people.csv") in about
    assert ("progress", "partner.everyone", "in/all.csv") in about
    for goal in ("shop.people", "partner.everyone"):
        assert {("started", goal, None), ("finished", goal, None), ("result", goal, None)} <= about
    models = [line for line in lines if line["name"] == "all"]
    assert not any("goal" in line for line in models)


def test_history_that_cannot_be_written_takes_nothing_back(shop, monkeypatch):
    declare(shop)

    def full(self, name, values):
        if name in ("progress.store", "nodes.add"):
            raise sqlite3.OperationalError("database or disk is full")
        return run(self, name, values)

    run = History._run
    monkeypatch.setattr(History, "_run", full)
    ended = CliRunner().invoke(main, ["build", "--project-dir", str(shop.folder)])
    assert ended.exit_code == 0, ended.output
    assert "database or disk is full" in ended.output
    assert "target/run_results.json and the log hold what it did" in ended.output
    assert len(shop.profiles()) == 2
    monkeypatch.undo()
    shop.build()
    statuses = [build["status"] for build in json.loads(shop.run("history", "--json").stdout)]
    assert statuses == ["success", "error"]


def test_builds_keep_their_order_after_the_clock_was_set_back_b10(built_shop, tmp_path):
    shop = built_shop.copied(tmp_path / "late")
    late = "29990101T000000000Z"
    with sqlite3.connect(shop.folder / "target/history.db") as history:
        history.execute(
            "update builds set build_id = ?, started_at = '2999-01-01T00:00:00Z'"
            " where build_id = (select max(build_id) from builds)",
            [late],
        )
    shop.build()
    newest, earlier, _ = json.loads(shop.run("history", "--json").stdout)
    assert (newest["build_id"], earlier["build_id"]) == ("29990101T000000001Z", late)
    assert newest["started_at"] < earlier["started_at"]
