"""`runner test`: unit tests of models, and data tests on the published warehouse."""

from collections.abc import Sequence

from runner.compile.data_test import DataTest
from runner.compile.graph import build_graph
from runner.compile.selection import select_nodes
from runner.compile.unit_test import CompiledUnitTest
from runner.events import Event, Listener, ignore
from runner.models.data_test import run_data_test
from runner.models.source_tables import SourceTables
from runner.models.unit_test import run_unit_test
from runner.result import NodeResult
from runner.warehouse.publication import open_published
from runner.workspace.workspace import Workspace


def run_tests(
    workspace: Workspace,
    select: Sequence[str] = (),
    exclude: Sequence[str] = (),
    listener: Listener = ignore,
) -> list[NodeResult]:
    """Run the selected tests, those of the selected models included.

    Raises UsageError where there is no warehouse or a selector fits nothing.
    """
    compiled = workspace.compiled()
    graph = build_graph(workspace.project, compiled)
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
    with open_published(workspace) as warehouse:
        tables = SourceTables(warehouse, workspace)
        for test in wanted:
            if isinstance(test, DataTest):
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
