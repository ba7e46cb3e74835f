"""What a retry runs: what failed or was skipped, and has not run since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from runner.compile.graph import Graph, build_graph
from runner.errors import UsageError
from runner.exports.run import NO_ROWS
from runner.history.history import History
from runner.history.records import NodeRecord, RecordedBuild
from runner.workspace.workspace import Workspace

NOT_DONE = ("error", "fail", "skipped")
MANY = 1000
"""Builds among which those of a target are searched."""
REMAKE = " --full-refresh --select "
"""Part of the command of a build that makes models again."""
SEARCHED = 100
"""Builds of a target that are searched for what every node did last."""


@dataclass(frozen=True)
class Retry:
    """The selection of a build that repeats what failed."""

    # The last build of the target.
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
    """Return what to do again: each node that did not succeed when it ran last (X6).

    The models below failed imports run again, as they get new rows; exports that succeeded do not.
    A build that was not published left nothing, so all of it is repeated, a full refresh as a full
    refresh. Raises UsageError before the first build.
    """
    graph = build_graph(workspace.project, workspace.compiled())
    with History(workspace.history) as history:
        builds = [b for b in history.builds(MANY) if b.target == workspace.target_name]
        if not builds:
            raise UsageError(f"the target '{workspace.target_name}' was never built")
        last = history.build(builds[0].build_id)
        assert last is not None
        # A refresh takes every goal, and of a build that was killed nothing is known.
        is_refresh = last.build.command.endswith(" --full-refresh")
        if not last.build.published and (is_refresh or not last.nodes):
            return Retry(last.build.build_id, is_whole=True, full_refresh=is_refresh)
        found = (history.build(build.build_id) for build in builds[:SEARCHED])
        owed = _owed(graph, (build for build in found if build is not None))
    exclude = tuple(
        node.name
        for node in graph.nodes.values()
        if node.kind.startswith("export_") and node.name not in owed
    )
    # Models that a build was asked to make again are made again.
    remakes = REMAKE in last.build.command and not any(s.endswith("+") for s in owed.values())
    select = tuple(owed.values())
    return Retry(
        last.build.build_id, select, exclude if owed else (), full_refresh=bool(owed) and remakes
    )


def _owed(graph: Graph, builds: Iterable[RecordedBuild]) -> dict[str, str]:
    """Return the nodes that did not succeed in their last build, each with its selector."""
    decided: set[str] = set()
    owed: dict[str, str] = {}
    for found in builds:
        is_published = found.build.published
        for node in found.nodes:
            if node.name in decided or node.name not in graph.nodes:
                continue
            decided.add(node.name)
            if not is_published or not _is_done(node):
                is_import = is_published and node.kind.startswith("import_")
                owed[node.name] = f"{node.name}+" if is_import else node.name
        if len(decided) == len(graph.nodes):
            break
    return owed


def _is_done(node: NodeRecord) -> bool:
    has_nobody = node.kind.startswith("export_") and node.message.startswith(NO_ROWS)
    return has_nobody or not (node.status in NOT_DONE or node.exit_code)
