"""Commands on a warehouse of a cluster, as their users run them."""

import json
from pathlib import Path

import pytest

from tests.spark.test_spark_build import FILES, LATER, Runner, written

PLANNED = ("profiles", "events", "segments", "groups", "definitions", "exit_code")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, remote: str, runner: Runner) -> Path:
    """Return a project that is built on the cluster; the tests run in the order of this file."""
    folder = tmp_path_factory.mktemp("commands")
    written(folder, FILES, remote)
    (folder / "tests").mkdir()
    (folder / "tests/none_below_zero.sql").write_text(
        "select profile_id from {{ ref('profiles') }} where spent < 0\n"
    )
    runner(folder, "build")
    return folder


def test_profile_is_shown_with_the_lines_of_its_values(project: Path, runner: Runner) -> None:
    found = json.loads(
        runner(project, "profile", "email=bob@x.nl", "--json", "--show-pii", "--explain")
    )[0]
    assert found["first_name"] == "Zoë 'B'"
    assert found["timeline"][0]["type"] == "order"
    assert "orders_1.csv" in json.dumps(found)
    shown = runner(project, "profile", "email=bob@x.nl", "--show-pii", "--explain", "spent")
    assert "orders_1.csv" in shown
    assert "cannot be read" not in shown


def test_rows_that_were_not_applied_are_listed(project: Path, runner: Runner) -> None:
    assert "not a decimal(18,2)" in runner(project, "rejects")
    assert "orders_1.csv" in runner(project, "rejects", "--count")
    assert "people.csv" in runner(project, "rows")
    assert "0 rows" in runner(project, "conflicts")


def test_identities_and_exchanged_profiles_are_counted(project: Path, runner: Runner) -> None:
    assert "4 profiles" in runner(project, "identity")
    assert "4 profiles imported" in runner(project, "history", "--exchange")


def test_files_are_previewed_and_scanned_without_the_cluster(project: Path, runner: Runner) -> None:
    shown = runner(project, "preview", "shop.orders", "--show-pii")
    assert "bob@x.nl" in shown
    assert "products" in runner(project, "scan", "shop.orders")


def test_queries_tests_and_macros_read_the_warehouse(project: Path, runner: Runner) -> None:
    assert "Anna" in runner(project, "show", "names")
    assert "PASS" in runner(project, "test")


def test_debug_shows_the_engine_and_whether_it_can_write(project: Path, runner: Runner) -> None:
    shown = runner(project, "debug")
    assert "spark 4" in shown
    assert "writes" in shown


def test_plan_is_that_of_duckdb_and_leaves_the_warehouse_as_it_is(
    project: Path, runner: Runner
) -> None:
    runner(project, "build", "--target", "local")
    orders, pointer = project / "landing/orders_2.csv", project / "target/cluster/pointer.json"
    orders.write_text(LATER, encoding="utf-8")
    before, folders = pointer.read_bytes(), sorted(pointer.parent.glob("*/*"))
    plans = [
        json.loads(runner(project, "plan", "--format", "json", "--target", target))
        for target in ("local", "cluster")
    ]
    here, there = ({name: plan[name] for name in PLANNED} for plan in plans)
    assert here == there
    assert here["profiles"]["created"] == here["profiles"]["changed"] == 1
    assert (pointer.read_bytes(), sorted(pointer.parent.glob("*/*"))) == (before, folders)
    orders.unlink()


def test_import_of_a_file_is_undone_and_the_build_before_it_published_again(
    project: Path, runner: Runner
) -> None:
    runner(project, "undo", "orders_1.csv")
    assert "0\n" in runner(
        project, "query", "select count(*) as n from profiles where spent > 0", "-o", "csv"
    )
    assert "orders_1.csv" in runner(project, "redo", "orders_1.csv")
    runner(project, "rollback")
    assert "21.75" in runner(project, "query", "select sum(spent) as n from profiles", "-o", "csv")
