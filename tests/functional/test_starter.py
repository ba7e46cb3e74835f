"""The starter project builds to the figures that its generator computed without runner.

It is built by the tour in README.md, as that is written.
"""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from runner.remote.seed import plant
from tests.functional.workshop import Workshop, attached
from tests.servers.command import REPOSITORY, LoadedRunner, run_afresh
from tests.servers.sshd import Sshd

FIGURES = json.loads((Path(__file__).parent / "starter_figures.json").read_text("utf-8"))


# One worker builds it, for all.
pytestmark = pytest.mark.xdist_group("starter")


BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def tour() -> list[str]:
    """Return the commands of README.md."""
    blocks = BLOCK.findall((REPOSITORY / "README.md").read_text(encoding="utf-8"))
    lines = [line for block in blocks for line in block.splitlines()]
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory, run_runner: LoadedRunner) -> Workshop:
    """The starter as `runner init` writes it, taken through the tour by commands started afresh.

    Beside it are what the first build left, and what each part of the tour printed.
    """
    folder = tmp_path_factory.mktemp("starter") / "webshop"
    ended = run_afresh(folder.parent, "init", folder.name)
    assert ended.code == 0, ended.told
    command = folder / ".venv/bin/runner"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m runner "$@"\n')
    command.chmod(0o755)
    before = contents(folder)
    path, first, second, *others = (line for line in tour() if not line.startswith("make "))
    assert (first, second) == ("runner build", "runner build")
    walk(folder, "first", [path, first])
    shutil.copytree(folder / "target", folder.parent / "first")
    walk(folder, "second", [path, second])
    shutil.copy(folder / "target/run_results.json", folder.parent / "second.json")
    assert contents(folder) == before
    walk(folder, "others", [path, *others])
    assert contents(folder) == before
    return Workshop(folder, run_runner)


def walk(folder: Path, name: str, commands: Sequence[str]) -> None:
    """Run commands of the tour in a project, and keep what they print under a name."""
    ended = subprocess.run(
        ["bash", "-e", "-c", "\n".join(commands)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout
    (folder.parent / f"{name}.txt").write_text(ended.stdout, encoding="utf-8")


def printed(starter: Workshop, name: str) -> str:
    """Return what a part of the tour printed."""
    return (starter.folder.parent / f"{name}.txt").read_text("utf-8")


@pytest.mark.any_engine
def test_tour_works_as_it_is_written(starter: Workshop) -> None:
    others = printed(starter, "others")
    assert "Did you mean 'strategy'?" in others
    assert "ended with 2" in others
    assert (starter.folder / "target/docs/index.html").exists()


@pytest.mark.any_engine
def test_every_make_target_of_the_tour_is_in_the_makefile() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = {line.split()[1] for line in tour() if line.startswith("make ")}
    assert targets
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of a project but those that are generated."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "target" not in path.relative_to(folder).parts
    }


def first_results(starter: Workshop) -> dict[str, Any]:
    """Return what the first build did with each node."""
    return results_in(starter.folder.parent / "first/run_results.json")


def results_in(path: Path) -> dict[str, Any]:
    """Return what a build did with each node, by name."""
    nodes = json.loads(path.read_text("utf-8"))["results"]
    return {node["unique_id"].split(".", 2)[2]: node for node in nodes}


def test_each_goal_ends_with_the_outcomes_of_its_rows(starter: Workshop) -> None:
    results = first_results(starter)
    for goal in ("orders", "subscribers"):
        expected, outcomes = FIGURES[goal], results[f"webshop.{goal}"]["outcomes"]
        assert sum(outcomes.values()) == expected["rows"]
        for name in ("filtered", "unmatched", "duplicate"):
            assert outcomes.get(name, 0) == expected[name], (goal, name)
        assert outcomes["created"] + outcomes["updated"] == expected["applied"]


def test_lines_of_each_file_are_accounted_for(starter: Workshop) -> None:
    """R7: read, rejected, blank, and for chained files how many were used."""
    found, lines, used = {}, {}, {}
    results = first_results(starter)
    # The areas are a second reading of the file that the orders' chain ends with.
    del results["webshop.areas"]
    for node in results.values():
        for book in node["files"]:
            found[book["path"]] = (book["records"], book["rejected"], book["blank"])
            assert book["lines"] == book["header"] + sum(found[book["path"]]), book
            lines.setdefault(book["source"], []).append(book["path"])
        used |= {link["source"]: link["lines"] - link["unused"] for link in node["links"]}
    expected = FIGURES["files"]
    assert found == {
        path: (file["lines"], file["rejected"], file["blank"]) for path, file in expected.items()
    }
    assert used == {
        source: sum(expected[path]["used"] for path in paths) for source, paths in lines.items()
    }


def test_keys_without_a_partner_are_counted_per_link(starter: Workshop) -> None:
    links = {
        link["source"]: link["missing"]
        for link in first_results(starter)["webshop.orders"]["links"]
    }
    for source, expected in FIGURES["orders"]["links"].items():
        assert links[source] == expected["keys_without_partner"], source


def test_values_that_cannot_be_read_are_listed_with_file_line_and_column(
    starter: Workshop,
) -> None:
    """R6"""
    found: dict[tuple[str, str], set[tuple[Any, ...]]] = {}
    for goal, name, file, line, column, value in starter.rows(
        "select goal, property, file, line, column_name, value from runner.rejects"
        " where property is not null and reason not in ('no_time', 'no_profile')"
    ):
        cells = found.setdefault((goal.removeprefix("webshop."), name), set())
        cells.add((file, line, column.rpartition(".")[2], value))
    assert found == {
        (goal, name): {tuple(cell) for cell in bad["cells"]}
        for goal in ("orders", "subscribers")
        for name, bad in FIGURES[goal]["bad_values"].items()
    }


def test_profiles_have_the_sums_and_the_filled_properties(starter: Workshop) -> None:
    expected = FIGURES["profiles"]
    assert starter.rows("select count(*) from profiles") == [(expected["total"],)]
    filled, sums = expected["filled"], expected["sums"]
    counts = ", ".join(f"count({name})" for name in filled)
    assert starter.rows(f"select {counts} from profiles") == [tuple(filled.values())]
    totals = ", ".join(f"sum({name})" for name in sums)
    assert starter.rows(f"select {totals} from profiles") == [
        tuple(Decimal(total) for total in sums.values())
    ]


def test_orders_are_events_with_their_products(starter: Workshop) -> None:
    """E1, E4"""
    expected = FIGURES["events"]
    (book,) = first_results(starter)["webshop.orders"]["events"]
    assert (book["created"], book["left_out"]) == (expected["orders"], expected["left_out"])
    assert starter.rows("select count(*) from timeline") == [(expected["orders"],)]
    assert starter.rows("select count(*), sum(price) from events_order_product") == [
        (expected["products"], Decimal(expected["spent"]))
    ]
    ordered = "select product_id, times_ordered from products order by 2 desc, 1"
    products = starter.rows(ordered)
    assert len(products) == expected["kinds_of_products"]
    assert products[:5] == [tuple(one) for one in expected["most_ordered"]]


def test_segments_have_their_members(starter: Workshop) -> None:
    found = starter.rows("select segment, count(*) from segment_members group by 1")
    assert dict(found) == FIGURES["segments"]


def test_exported_vips_are_those_who_spent_enough(starter: Workshop) -> None:
    with (starter.folder / "target/drop/in/segments/vip.csv").open(newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    spent = {row["EMAIL"]: Decimal(row["SPENT"].replace(",", ".")) for row in rows if row["EMAIL"]}
    expected = {name: Decimal(total) for name, total in FIGURES["vip"].items()}
    assert len(rows) == len(expected)
    assert spent == {name: total for name, total in expected.items() if "@" in name}
    nameless = starter.rows(
        "select customer_id, total_spend from profiles join segments.vip using (profile_id) where email is null"
    )
    assert dict(nameless) == {name: total for name, total in expected.items() if "@" not in name}
    assert [row["ID"] for row in rows] == sorted(row["ID"] for row in rows)


@pytest.mark.parametrize("example", FIGURES["examples"])
def test_example_profile_is_as_computed(starter: Workshop, example: str) -> None:
    expected = dict(FIGURES["examples"][example])
    customer_ids = expected.pop("customer_ids")
    where = (
        f"email = '{expected['email']}'"
        if expected["email"]
        else f"customer_id = '{customer_ids[0]}'"
    )
    (found,) = starter.rows(f"select to_json(profiles) from profiles where {where}")
    profile = json.loads(found[0], parse_float=Decimal)
    for name, value in expected.items():
        assert shown(profile[name]) == shown(value), name
    assert profile["customer_id"] in (customer_ids or [None])


def test_value_is_explained_by_the_line_of_its_file(starter: Workshop) -> None:
    """Of a chained file too; the raw text is in the file, at that line."""
    examples = FIGURES["examples"].values()
    email = next(one["email"] for one in examples if one["email"] and one["customer_ids"])
    told = starter.run("profile", f"email={email}", "--json", "--show-pii", "--explain").stdout
    (found,) = json.loads(told)
    values = found["explained"]["values"]
    sums = [line for line in values["total_spend"]["lines"] if line["effect"] == "counts"]
    assert round(sum(line["value"] for line in sums), 2) == found["total_spend"]
    for name in ("phone", "city", "balance", "last_name"):
        sets = [line for line in values[name]["lines"] if line["effect"] == "sets"]
        assert len(sets) == (found[name] is not None)
        if not sets:
            assert values[name]["notes"] or values[name]["lines"], name
            continue
        (line,) = sets
        path = starter.folder / "landing" / line["file"]
        written = path.read_text("utf-8-sig").splitlines()
        separator = ";" if ";" in written[0] else ","
        rows = csv.DictReader([written[0], written[line["line"] - 1]], delimiter=separator)
        (row,) = rows
        (text,) = line["columns"].values()
        assert row[name].strip() == text, name
        assert line["build"] == found["rows"][0]["build"]
    masked = starter.run("profile", f"email={email}", "--explain", "email", "phone").told
    assert email not in masked


def shown(value: object) -> object:
    """Return a value so that 1.50 and "1.5", a time and its text are the same."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value).normalize()
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]+\.[0-9]+", value):
        return Decimal(value).normalize()
    return value


@pytest.mark.any_engine
def test_summary_is_one_that_a_person_understands(starter: Workshop) -> None:
    told = printed(starter, "first")
    for words in (
        "1,682 created",
        "2,074 profiles",
        "vip 200",
        "in/segments/vip.csv",
        "Done. PASS=",
    ):
        assert words in told, words
    assert len(told.splitlines()) <= 60
    (set_aside,) = re.findall(r"runner rejects --build (\w+) lists the (\d+) set aside", told)
    listed = json.loads(starter.run("rejects", "--build", set_aside[0], "-o", "json").stdout)
    assert len(listed) == int(set_aside[1])


def test_second_build_applies_nothing_and_says_so(starter: Workshop) -> None:
    told = printed(starter, "second")
    assert "Nothing new to import: no row was applied, the profiles are as they were." in told
    assert len(told.splitlines()) <= 15
    target, first = starter.folder / "target", starter.folder.parent / "first"
    with attached(first / "warehouse.duckdb") as warehouse:
        before = warehouse.execute("select * from profiles order by all").fetchall()
    assert starter.profiles() == before
    exported = "drop/in/segments/vip.csv"
    assert (target / exported).read_bytes() == (first / exported).read_bytes()
    results = results_in(starter.folder.parent / "second.json")
    assert not any(any(node["outcomes"].values()) for node in results.values())


@pytest.mark.any_engine
def test_target_sftp_gives_the_same_profiles_and_the_same_export(
    starter: Workshop, sftp_server: Sshd
) -> None:
    plant(starter.folder / "landing", sftp_server.root)
    database = "target/sftp.duckdb"
    over_sftp = Workshop(starter.folder, starter.runner, sftp_server.environment(), 0, database)
    over_sftp.build("--target", "sftp")
    exported = (sftp_server.root / "in/segments/vip.csv").read_bytes()
    assert exported == (starter.folder / "target/drop/in/segments/vip.csv").read_bytes()
    columns = "* exclude (created_at, updated_at)"
    assert over_sftp.profiles(columns) == starter.profiles(columns)
    names = sorted(path.name for path in (sftp_server.root / "out").glob("orders_*"))
    assert names == [f"orders_2025-0{month}.csv.done" for month in (1, 2, 3, 4)]
    ended = over_sftp.run("build", "--target", "sftp")
    assert "Nothing new to import" in ended.stdout
    assert (sftp_server.root / "in/segments/vip.csv").read_bytes() == exported


def test_areas_have_the_profiles_that_live_there_as_members(starter: Workshop) -> None:
    """G1: those of the file, and members of areas that the file does not know."""
    with (starter.folder / "landing/ref/postal_codes.csv").open(encoding="utf-8-sig") as file:
        codes = {row["postal_code"] for row in csv.DictReader(file, delimiter=";")}
    homes = [row[0] for row in starter.profiles("postal_code") if row[0] is not None]
    assert starter.rows("select count(*), sum(members) from groups_area") == [
        (len(codes), sum(home in codes for home in homes))
    ]
    assert starter.rows("select count(*), count(group_id) from profile_groups") == [
        (len(homes), sum(home in codes for home in homes))
    ]
