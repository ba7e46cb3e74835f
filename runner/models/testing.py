"""`runner test`: unit tests of models, and data tests on the published warehouse."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from runner.compile.data_test import DataTest
from runner.compile.graph import build_graph
from runner.compile.selection import asks_for, or_default, select_nodes
from runner.compile.unit_test import CompiledUnitTest
from runner.errors import RunnerError
from runner.events import Event, Listener, ignore
from runner.models.data_test import failures_file, run_data_test
from runner.models.locked_warehouse import lockable_warehouse
from runner.models.source_tables import SourceTables
from runner.models.unit_test import run_unit_test
from runner.result import NodeResult, failed
from runner.state.last_results import with_last_results
from runner.workspace.workspace import Workspace


def run_tests(
    workspace: Workspace,
    select: Sequence[str] = (),
    exclude: Sequence[str] = (),
    listener: Listener = ignore,
    state: Path | None = None,
) -> list[NodeResult]:
    """Run the selected tests, those of the selected models included, in a locked engine (B8).

    Raises UsageError where there is no warehouse or a selector fits nothing.
    """
    compiled = workspace.compiled()
    graph = build_graph(workspace.project, compiled)
    select = or_default(graph, select, exclude)
    if asks_for(graph, "result", (*select, *exclude)):
        graph = with_last_results(workspace, graph, state)
    chosen = {node.name for node in select_nodes(graph, select, exclude)}
    wanted: list[DataTest | CompiledUnitTest] = [
        test for test in compiled.unit_tests if {test.model.name, test.tested} & chosen
    ]
    wanted += [
        test
        for test in compiled.tests
        if test.model.name in chosen or (select and set(test.tested) & chosen)
    ]
    results: list[NodeResult] = []
    with lockable_warehouse(workspace, any(test.sources for test in wanted)) as warehouse:
        tables = SourceTables(warehouse, workspace)
        unread = _read_sources(tables, wanted)
        warehouse.lock(_written(workspace, wanted))
        for test in wanted:
            if test.model.name in unread:
                results.append(unread[test.model.name])
            elif isinstance(test, DataTest):
                results.append(run_data_test(warehouse, test, tables, workspace.generated))
            else:
                results.append(run_unit_test(warehouse, test, tables))
            listener(
                Event(
                    "finished",
                    test.model.name,
                    done=len(results),
                    total=len(wanted),
                    status=results[-1].status,
                    fields={"result": results[-1]},
                )
            )
    return results


def _read_sources(
    tables: SourceTables, tests: Sequence[DataTest | CompiledUnitTest]
) -> dict[str, NodeResult]:
    """Read the sources of all tests; returns the results of those whose sources cannot be read."""
    unread = {}
    for test in tests:
        kind = "test" if isinstance(test, DataTest) else "unit_test"
        try:
            tables.provide(test.sources)
        except RunnerError as error:
            unread[test.model.name] = failed(test.model.name, kind, error)
    return unread


def _written(
    workspace: Workspace, tests: Sequence[DataTest | CompiledUnitTest]
) -> tuple[Path, ...]:
    """Return the files that tests may write: what failed, where they store it."""

    def files() -> Iterator[Path]:
        for test in tests:
            if isinstance(test, DataTest) and test.config.store_failures:
                path = failures_file(workspace.generated, test)
                # The engine writes under the second name, and renames the file then.
                yield from (path, path.with_name(f"tmp_{path.name}"))

    return tuple(files())
