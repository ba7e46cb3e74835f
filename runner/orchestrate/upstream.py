"""What failed above a node of a build, so that the node does not run (X6)."""

from collections.abc import Iterable

from runner.compile.graph import Node
from runner.definitions.export_goal import ExportProfiles
from runner.orchestrate.running_build import Build
from runner.result import CONNECTION, NodeResult


def skip_model(build: Build, node: Node) -> bool:
    """Skip a model or a test where a model that it reads did not succeed; returns whether.

    A failed import stops no model: it was rolled back, and what was there before is whole.
    """
    broken = _first_broken(build, node.depends_on, with_imports=False)
    if broken is not None:
        build.skip(node, f"{broken.name} did not succeed", broken.name)
    return broken is not None


def skip_export(build: Build, goal: ExportProfiles, node: Node) -> bool:
    """Skip an export where anything above it did not succeed; returns whether.

    Failed imports do not stop a goal with `on_upstream_error: send`.
    """
    if not build.is_published:
        build.skip(node, f"nothing is sent: {build.unpublished}")
        return True
    above = build.graph.upstream(node.name)
    names = [name for name in build.graph.nodes if name in above]
    names += [item.name for item in build.broken if item.is_importing]
    broken = _first_broken(build, names, with_imports=goal.on_upstream_error == "skip")
    if broken is None:
        return False
    what = "failed" if broken.is_failure else "is incomplete"
    reason = f"{broken.name} {what}: nothing is sent, `runner retry` sends it"
    build.skip(node, reason, broken.name)
    return True


def _first_broken(build: Build, names: Iterable[str], with_imports: bool) -> NodeResult | None:
    """Return the first of these nodes that failed, was skipped, or lacks a part of its files."""
    found = [build.results[name] for name in names if name in build.results]
    broken = [
        result
        for result in found
        if (result.is_error or result.status == "skipped")
        and (with_imports or not (result.kind == CONNECTION or result.kind.startswith("import_")))
    ]
    return next(iter(broken), None)
