"""What a retry runs: what failed or was passed over in the last build."""

from collections.abc import Sequence
from dataclasses import dataclass

from runner.build.workspace import Workspace
from runner.compile.graph import build_graph
from runner.errors import UsageError
from runner.history.history import History

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

    @property
    def is_needed(self) -> bool:
        """Tell whether there is anything to do again."""
        return self.is_whole or bool(self.select)


def retry_of_last(workspace: Workspace) -> Retry:
    """Return what to do again after the last build of the target.

    Failed imports bring new rows, so the models below them run too, but no export that went well.
    Of a build that was not published nothing remains: it is done again whole. Raises UsageError
    before the first build.
    """
    with History(workspace.history) as history:
        builds = [b for b in history.builds(MANY) if b.target == workspace.target_name]
        if not builds:
            raise UsageError(f"the target '{workspace.target_name}' was never built")
        found = history.build(builds[0].build_id)
    assert found is not None
    if not found.build.published:
        return Retry(found.build.build_id, is_whole=True)
    graph = build_graph(workspace.project, workspace.compiled())
    undone = [n for n in found.nodes if n.status in UNDONE and n.name in graph.nodes]
    names = {node.name for node in undone}
    select = [f"{n.name}+" if n.kind.startswith("import_") else n.name for n in undone]
    exclude = [
        node.name
        for node in graph.nodes.values()
        if node.kind.startswith("export_") and node.name not in names
    ]
    return Retry(found.build.build_id, tuple(select), tuple(exclude))
