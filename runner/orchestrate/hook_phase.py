"""The hooks of a run, on the copy of the warehouse."""

from runner.compile.run_hook import HookKey
from runner.engine.warehouse import Warehouse
from runner.errors import RunnerError
from runner.orchestrate.running_build import Build
from runner.result import failed


def run_hooks(build: Build, warehouse: Warehouse, key: HookKey) -> bool:
    """Run the statements of `on-run-start` or `on-run-end`, all or none; returns whether.

    One that fails is a result of the build, which is then not published.
    """
    found = build.compiled.run_hooks
    try:
        hooks = found.statements(key, build.results.values()) if found else ()
        with warehouse.transaction():
            for hook in hooks:
                warehouse.run_hook(hook)
    except RunnerError as error:
        build.record(failed(key, "hook", error))
        return False
    return True
