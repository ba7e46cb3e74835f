"""What a retry runs: what failed or was passed over in the last build."""

from collections.abc import Sequence
from dataclasses import dataclass

from runner.compile.graph import build_graph
from runner.errors import UsageError
from runner.history.history import History
from runner.workspace.workspace import Workspace

UNDONE = ("error", "fail", "skipped")
MANY = 1000
"""Builds that are looked through for the last one of a target."""


@dataclass(frozen=True)
class Retry:
    """The selection of a build that does again what was not done."""

    build_id: str
    # Empty, with `is_whole`: everything.
    select: Sequence[str] = ()
    exclude: Sequence[str] = ()
    is_whole: bool = False
    # The warehouse is made anew from the staged files.
    full_refresh: bool = False

    @property
    def is_needed(self) -> bool:
        """Tell whether there is anything to do again."""
        return self.is_whole or bool(self.select)


def retry_of_last(workspace: Workspace) -> Retry:
    """Return what to do again after the last build of the target.

    Failed imports bring new rows, so the models below them run too, but no export that went well.
    Of a build that was not published nothing remains: all that it did is done again, and a full
    refresh is one again. Raises UsageError before the first build.
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
    undone = [n for n in found.nodes if n.status in UNDONE and n.name in graph.nodes]
    names = {node.name for node in undone}
    select = [f"{n.name}+" if n.kind.startswith("import_") else n.name for n in undone]
    exclude = [
        node.name
        for node in graph.nodes.values()
        if node.kind.startswith("export_") and node.name not in names
    ]
    return Retry(found.build.build_id, tuple(select), tuple(exclude))
