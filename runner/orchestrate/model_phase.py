"""The models, segments and data tests of a build, each after what it depends on."""

from collections.abc import Sequence

from runner.compile.graph import Node
from runner.engine.warehouse import Warehouse
from runner.events import Event
from runner.models.data_test import run_data_test
from runner.models.model_run import run_model
from runner.models.source_tables import SourceTables
from runner.models.unit_test import run_unit_test
from runner.orchestrate.hook_phase import run_hooks
from runner.orchestrate.running_build import Build
from runner.orchestrate.upstream import skip_model
from runner.result import NodeResult
from runner.state.model_definition import store_models

MODEL_KINDS = ("model", "segment", "unit_test", "test")


def run_models(build: Build, warehouse: Warehouse) -> None:
    """Run the selected models, segments and tests, between the hooks of the run."""
    nodes = [node for node in build.nodes if node.kind in MODEL_KINDS]
    if nodes:
        build.listener(Event("phase", "model", "running models, segments and tests"))
    if not nodes or run_hooks(build, warehouse, "on-run-start"):
        _run(build, warehouse, nodes)
    else:
        for node in nodes:
            build.skip(node, "on-run-start failed", "on-run-start")
    if nodes and not build.is_stopped():
        run_hooks(build, warehouse, "on-run-end")


def _run(build: Build, warehouse: Warehouse, nodes: Sequence[Node]) -> None:
    compiled = build.compiled
    unit_tests = {test.model.name: test for test in compiled.unit_tests}
    tables = SourceTables(warehouse, build.workspace)
    tests = {test.model.name: test for test in compiled.tests}
    for node in nodes:
        if build.is_stopped():
            return
        if skip_model(build, node):
            continue
        build.report_start(node.name, node.kind)
        if node.kind == "unit_test":
            build.record(run_unit_test(warehouse, unit_tests[node.name], tables))
        elif node.kind == "test":
            folder = build.workspace.generated
            build.record(run_data_test(warehouse, tests[node.name], tables, folder))
        else:
            model = compiled.models[node.name]
            build.record(run_model(warehouse, model, tables, build.started_at))
        if warehouse.recover():
            tables = SourceTables(warehouse, build.workspace)
    built = [name for name in compiled.models if _is_built(build.results.get(name))]
    store_models(warehouse, build.workspace, compiled, built)


def _is_built(result: NodeResult | None) -> bool:
    return result is not None and result.status == "success"
