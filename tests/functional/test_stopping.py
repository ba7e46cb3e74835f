"""A build that is told to stop ends after the step at hand, and publishes nothing half done (B1, B3)."""

import signal
import time

import pytest

from tests.servers.command import start_runner

pytestmark = pytest.mark.any_engine

# Long enough to send a signal meanwhile, and until it is killed, whatever an optimizer can tell of numbers.
SLOW = "select 1 as one from range(12000000) as numbers(n) where md5(n::varchar) = 'never'\n"
ENDLESS = SLOW.replace("12000000", "12000000000")


def declare(shop):
    shop.properties("email: {identifier: true}")
    shop.goals("""\
        - name: people
          kind: import_profiles
          done_suffix: true
          files: {people: people.csv}
          identify: {by: [{email: email}]}
        """)
    shop.drop("people.csv", "email\na@x.example\nb@x.example\n")


def until(is_so, patience=30.0):
    """Wait until something is so."""
    end = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def stopped_while_building(shop, *arguments):
    """Build, and send SIGTERM while the slow model runs."""
    with start_runner(shop.folder, "build", "--verbose", *arguments) as process:
        while "slow" not in (line := process.stderr.readline()):
            assert line, process.communicate()
        process.send_signal(signal.SIGTERM)
        stdout, stderr = process.communicate(timeout=60)
    return process.returncode, stdout + stderr


def test_sigterm_ends_after_the_model_at_hand_and_the_next_build_does_it_all(shop):
    declare(shop)
    shop.write("models/marts/a_slow.sql", SLOW)
    shop.write("models/marts/later.sql", "select * from {{ ref('a_slow') }}\n")
    code, said = stopped_while_building(shop)
    assert code == 1, said
    assert "stopped on request: nothing is published" in said
    assert not shop.warehouse.exists()
    assert (shop.folder / "drop/people.csv").exists()
    shop.write("models/marts/a_slow.sql", "select 1 as one\n")
    shop.build()
    assert shop.rows("select count(*) from profiles") == [(2,)]
    assert (shop.folder / "drop/people.csv.done").exists()


def test_lock_of_a_build_that_was_killed_is_taken_over_with_a_message(shop):
    declare(shop)
    shop.write("models/marts/a_slow.sql", SLOW)
    with start_runner(shop.folder, "build", "--verbose") as killed:
        while "slow" not in (line := killed.stderr.readline()):
            assert line, killed.communicate()
    shop.write("models/marts/a_slow.sql", "select 1 as one\n")
    taken = shop.run("build")
    assert taken.code == 0
    assert f"taken over from `runner build` (process {killed.pid} on " in taken.told
    assert "taken over" not in shop.run("build").told


def test_sigterm_ends_a_build_that_waits_for_the_lock(shop):
    declare(shop)
    # The first build must hold the lock until it is killed, however fast the machine.
    shop.write("models/marts/a_slow.sql", ENDLESS)
    lock = shop.folder / "target/warehouse.duckdb.lock"
    with start_runner(shop.folder, "build") as first:
        until(lambda: lock.exists() and lock.read_text())
        with start_runner(shop.folder, "build", "--wait") as second:
            waits = "waiting: the warehouse is being built by `runner build` (process"
            assert f"{waits} {first.pid} on " in second.stderr.readline()
            second.send_signal(signal.SIGTERM)
            _, said = second.communicate(timeout=60)
    assert second.returncode == 3, said
