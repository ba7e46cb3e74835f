"""The order in which the steps of an import run follows from what they read and declare."""

from typing import Any, cast

import pytest

from runner.compile.step import Declaration, Step, with_places
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.pipeline.pipeline import Pipeline
from runner.sql.quoting import Sql


class Recorder:
    """A warehouse that only notes what it is told to do."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def run(self, step: Step) -> int:
        self.done.append(f"run {step.name}")
        return 3

    def read(self, step: Step) -> list[tuple[Any, ...]]:
        self.done.append(f"read {step.name}")
        return [(step.name,)]

    def run_in_slices(self, step: Step, slices: int) -> None:
        self.done.append(f"run {step.name} in {slices}")

    def count(self, relation: str) -> int:
        return 0 if relation == "none" else 1

    def delete_matching(self, relation: str, other: str, key: tuple[str, ...]) -> None:
        self.done.append(f"delete {other} from {relation} by {'+'.join(key)}")

    def add_rows(self, relation: str, other: str) -> None:
        self.done.append(f"add {other} to {relation}")

    def upsert(self, relation: str, other: str, key: str) -> None:
        self.done.append(f"upsert {other} into {relation} by {key}")


def a_step(name: str, kind: str = "temporary", sql: str = "", *reads: str, **more: Any) -> Step:
    declared = Declaration(kind, **more)
    return Step(
        name=name,
        sql=sql,
        relation=Sql(name),
        materialization=declared.materialization,
        path="",
        declared=declared,
        reads=frozenset(map(Sql, reads)),
    )


def pipeline(*steps: Step) -> tuple[Pipeline, list[str]]:
    warehouse = Recorder()
    placed = with_places({step.name: step for step in steps})
    return Pipeline(cast(Warehouse, warehouse), placed, lambda: 4), warehouse.done


def test_steps_run_once_after_those_that_they_read() -> None:
    steps, done = pipeline(
        a_step("profiles", "upsert", "", "folded", into=Sql("main.profiles"), key=("id",)),
        a_step("folded", "temporary", "", "rows", "links", sliced=True),
        a_step("links", "temporary", "", "rows"),
        a_step("rows"),
        a_step("merges", "temporary", "", "links"),
    )
    steps.run_all()
    assert done == [
        "run rows",
        "run links",
        "run folded in 4",
        "run profiles",
        "upsert profiles into main.profiles by id",
    ]


def test_a_table_changes_after_those_that_read_it_as_it_was() -> None:
    steps, done = pipeline(
        a_step("new_sums", "append", "from runner.sums", into=Sql("runner.sums")),
        a_step("old_sums", "delete", into=Sql("runner.sums"), key=("line",)),
        a_step("earlier", "temporary", "from runner.sums"),
        a_step("totals", "read", "from runner.sums", "earlier", after=("runner.sums",)),
    )
    assert steps.read("totals") == [("totals",)]
    assert done == [
        "run earlier",
        "run old_sums",
        "delete old_sums from runner.sums by line",
        "run new_sums",
        "read totals",
    ]


def test_appended_rows_that_others_read_stand_in_their_own_relation_first() -> None:
    steps, done = pipeline(
        a_step("new_latest", "replace", into=Sql("runner.latest"), key=("property",)),
        a_step("lost", "append", into=Sql("runner.lost")),
        a_step("counts", "read", "", "lost"),
    )
    steps.run_all()
    assert done == [
        "run new_latest",
        "delete new_latest from runner.latest by property",
        "add new_latest to runner.latest",
        "run lost",
        "add lost to runner.lost",
        "read counts",
    ]


def test_rows_that_a_step_adds_to_another_are_there_for_all_but_its_own_inputs() -> None:
    steps, done = pipeline(
        a_step("outcomes", "read", "", "links"),
        a_step("links", "temporary", "", "rows"),
        a_step("rows"),
        a_step("changing", "temporary", "", "links"),
        a_step("more_rows", "append", "", "changing", into=Sql("rows")),
        a_step("more_links", "append", "", "rows", into=Sql("links")),
    )
    steps.run("links")
    steps.run_all()
    assert done[:2] == ["run rows", "run links"]
    assert done[2:] == ["run changing", "run more_rows", "run more_links", "read outcomes"]


def test_steps_on_call_run_when_they_are_called() -> None:
    steps, done = pipeline(a_step("rejects", "append", into=Sql("runner.rejects"), on_call=True))
    steps.run_all()
    assert done == []
    steps.run_now("rejects", "rejects")
    assert (done, steps.counts["rejects"]) == (["run rejects", "run rejects"], 3)


def test_steps_that_wait_for_each_other_are_named() -> None:
    steps, _ = pipeline(a_step("a", "read", "", "b"), a_step("b", "temporary", "", "a"))
    with pytest.raises(ExecutionError, match="wait for each other: a -> b -> a"):
        steps.run("a")


def test_what_reads_no_changed_table_runs_ahead_of_all_changes() -> None:
    steps, done = pipeline(
        a_step("lines"),
        a_step("totals", "temporary", "from runner.sums", after=(Sql("runner.sums"),)),
        a_step("sums", "append", "", "lines", into=Sql("runner.sums")),
        a_step("late", "temporary", "from runner.files", "lines"),
        a_step("values", "temporary", "", "lines"),
        a_step("profiles", "upsert", "", "totals", "late", "values", into=Sql("p"), key=("id",)),
    )
    steps.run_ahead()
    assert done == ["run lines", "run values"]
    steps.run_all()
    assert done[2:5] == ["run sums", "run late", "run totals"]


def test_what_nobody_waits_for_any_more_does_not_run_ahead() -> None:
    """Such as a round of a loop that ended without it."""
    steps, done = pipeline(
        a_step("round"),
        a_step("linked", "temporary", "", "round"),
        a_step("values", "temporary", "", "linked"),
        a_step("profiles", "upsert", "", "values", into=Sql("p"), key=("id",)),
    )
    steps.run_now("linked")
    steps.run_ahead()
    assert done == ["run linked", "run values", "run profiles"]
