"""What a retry runs: what failed or was skipped in the last build."""

from collections.abc import Sequence
from dataclasses import dataclass

from runner.compile.graph import build_graph
from runner.errors import UsageError
from runner.history.history import History
from runner.workspace.workspace import Workspace

NOT_DONE = ("error", "fail", "skipped")
MANY = 1000
"""Builds among which the last one of a target is searched."""


@dataclass(frozen=True)
class Retry:
    """The selection of a build that repeats what failed."""

    build_id: str
    # Empty, with `is_whole`: everything.
    select: Sequence[str] = ()
    exclude: Sequence[str] = ()
    is_whole: bool = False
    # The warehouse is rebuilt from the staged files.
    full_refresh: bool = False

    @property
    def is_needed(self) -> bool:
        """Return whether there is anything to do again."""
        return self.is_whole or bool(self.select)


def retry_of_last(workspace: Workspace) -> Retry:
    """Return what to do again after the last build of the target.

    The models below failed imports run again, as they get new rows; exports that succeeded do not.
    A build that was not published left nothing, so all of it is repeated, a full refresh as a full
    refresh. Raises UsageError before the first build.
    """
    with History(workspace.history) as history:
        builds = [b for b in history.builds(MANY) if b.target == workspace.target_name]
        if not builds:
            raise UsageError(f"the target '{workspace.target_name}' was never built")
        found = history.build(builds[0].build_id)
    assert found is not None
    graph = build_graph(workspace.project, workspace.compiled())
    if not found.build.published:
        # A refresh takes every goal, and of a build that was killed nothing is known.
        is_refresh = found.build.command.endswith(" --full-refresh")
        did = [] if is_refresh else [n.name for n in found.nodes if n.name in graph.nodes]
        return Retry(found.build.build_id, did, is_whole=True, full_refresh=is_refresh)
    not_done = [
        node
        for node in found.nodes
        if (node.status in NOT_DONE or node.exit_code) and node.name in graph.nodes
    ]
    names = {node.name for node in not_done}
    select = [f"{n.name}+" if n.kind.startswith("import_") else n.name for n in not_done]
    exclude = [
        node.name
        for node in graph.nodes.values()
        if node.kind.startswith("export_") and node.name not in names
    ]
    return Retry(found.build.build_id, tuple(select), tuple(exclude))
