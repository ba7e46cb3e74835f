"""`runner schedule` as a process: it builds when it is time, and ends when it is told to (B1, B4)."""

import json
import signal
import sqlite3
from contextlib import ExitStack
from urllib.request import urlopen

import pytest

from runner.warehouse.lock import locked
from tests.functional.test_stopping import ENDLESS, declare, until
from tests.servers.command import start_runner

pytestmark = pytest.mark.any_engine


def scheduled(shop, every="1 minute", title=""):
    declare(shop)
    file = shop.folder / "connections/shop.yml"
    text = file.read_text("utf-8").replace(
        "path: drop\n", f"path: drop\nschedule: {{every: {every}}}\n"
    )
    file.write_text(f"{text}title: '{title}'\n", "utf-8")


def overdue(shop):
    """Make the connection due, as if its last run had been long ago."""
    shop.write(
        "target/schedule_local.json",
        '{"shop": {"last": "2020-01-01T00:00:00+00:00", "is_running": false}}',
    )


def state(health):
    """Return what the health file holds; nothing where it is not there yet."""
    return json.loads(health.read_text()) if health.exists() else {}


def ended(process):
    process.send_signal(signal.SIGTERM)
    stdout, stderr = process.communicate(timeout=60)
    return process.returncode, stdout + stderr


def test_run_missed_for_years_is_made_up_for_once_and_sigterm_ends_it_well(shop):
    scheduled(shop)
    overdue(shop)
    health = shop.folder / "health.json"
    with start_runner(
        shop.folder, "schedule", "--health-file", str(health), "--health-port", "0"
    ) as process:
        address = process.stderr.readline().split()[1]
        until(lambda: state(health).get("exit_codes") == {"shop": 0})
        second = shop.run("schedule", "--health-file", "other.json")
        who = f"are run by `runner schedule` (process {process.pid} on "
        assert (second.code, who in second.stderr.replace("\n", " ")) == (3, True), second.stderr

        def told():
            with urlopen(address) as answer:
                return json.load(answer)

        # Where the minute is full just now, it builds again.
        until(lambda: told()["status"] == "waiting")
        assert list(told()["next"]) == ["shop"]
        code, said = ended(process)
    assert code == 0, said
    assert len(builds(shop)) <= 2  # two, where the minute was full just then
    assert shop.rows("select count(*) from profiles") == [(2,)]


def test_health_goes_on_while_a_build_runs(shop):
    scheduled(shop)
    overdue(shop)
    shop.write("models/marts/a_slow.sql", ENDLESS)
    health = shop.folder / "health.json"
    with start_runner(shop.folder, "schedule", "--health-file", str(health)):
        until(lambda: state(health).get("status") == "building")
        first = state(health)
        until(lambda: state(health)["at"] > first["at"])
        later = state(health)
        assert (later["healthy"], later["connection"]) == (True, "shop")
        assert later["since"] == first["since"]


def test_service_that_waits_for_a_build_is_waiting_and_alive(shop):
    scheduled(shop)
    overdue(shop)
    health = shop.folder / "health.json"
    with ExitStack() as stack:
        with locked(shop.warehouse, "runner build"):
            process = stack.enter_context(
                start_runner(shop.folder, "schedule", "--health-file", str(health))
            )
            until(lambda: "waits_for" in state(health), 60)
            told = state(health)
        code, said = ended(process)
    assert (told["status"], told["connection"]) == ("waiting", "shop")
    assert "being built by `runner build`" in told["waits_for"]
    assert code == 0, said


def test_changed_definitions_are_taken_and_wrong_ones_told(shop):
    scheduled(shop, "23 hours")
    log, health = shop.folder / "log.jsonl", shop.folder / "health.json"
    with start_runner(
        shop.folder, "schedule", "--health-file", "health.json", "--log-file", "log.jsonl"
    ) as process:
        until(health.exists)
        before = state(health)["next"]["shop"]
        scheduled(shop, "24 hours", "changed")
        until(lambda: state(health)["next"]["shop"] != before)
        assert process.stderr.readline() == "the definitions changed and were read again\n"
        shop.write("connections/shop.yml", "connection: shop\nschedul: 1\n")
        until(lambda: log.read_text().count("\n") == 2)
        code, said = ended(process)
    assert code == 0
    assert "the earlier definitions stay" in said
    assert "Did you mean 'schedule'?" in said
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [(line["kind"], line["level"]) for line in lines] == [
        ("note", "info"),
        ("warning", "warning"),
    ]


def test_misspelt_kind_is_told_once_with_its_nearest_spelling(shop):
    declare(shop)
    file = shop.folder / "connections/shop.yml"
    text = file.read_text("utf-8").replace("goals:", "schedule: {evry: 1h}\ngoals:")
    file.write_text(text, "utf-8")
    ended = shop.run("schedule", "--list")
    assert ended.code == 2
    assert ":12: unknown key `evry`. Did you mean 'every'?" in ended.stderr
    assert ended.stderr.endswith("\n1 error\n")


def test_list_shows_the_next_runs_in_the_zone_of_the_schedule(shop):
    declare(shop)
    file = shop.folder / "connections/shop.yml"
    zone = '{weekday_of_month: last fri, at: "18:30", timezone: Asia/Tokyo}'
    file.write_text(file.read_text("utf-8") + f"schedule: {zone}\n", "utf-8")
    told = shop.run("schedule", "--list").stdout.splitlines()
    assert len(told) == 5
    assert all("18:30 JST" in line and line.endswith("shop") for line in told)
    timers = shop.run("schedule", "--export", "systemd", "--target", "local").stdout
    assert " build --target local --connection shop --wait\n" in timers


def builds(shop):
    with sqlite3.connect(shop.folder / "target/history.db") as history:
        found = history.execute("select command, status from builds").fetchall()
    history.close()
    return found
