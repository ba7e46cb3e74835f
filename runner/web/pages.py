"""The pages, by address: each asks the project, and renders what it answers."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from starlette.responses import RedirectResponse, Response

from runner.definitions.export_goal import ExportProfiles
from runner.errors import RunnerError, UsageError
from runner.explain.explain import explain
from runner.explain.explanation import Explanation
from runner.exports.exchange import count_exchange
from runner.history.history import History
from runner.inspect.export_count import count_exports
from runner.inspect.export_preview import preview_export
from runner.inspect.preview import preview
from runner.inspect.profile import Profile, find_profiles
from runner.inspect.running_builds import with_ends
from runner.inspect.scan import scan
from runner.site.recent_builds import recent_builds
from runner.site.written import WrittenFiles
from runner.warehouse.publication import open_published
from runner.web.actions import start_build
from runner.web.build_log import last_lines
from runner.web.build_plots import build_plots, outcomes_of
from runner.web.connection_view import connection_views, goal_view, last_of_nodes
from runner.web.goal_view import (
    builds_of,
    chain_links,
    counted_lines,
    mapped_columns,
    rejects_of,
)
from runner.web.identity_graph import identity_graph
from runner.web.live import builds_state
from runner.web.query_names import query_names
from runner.web.query_process import MOST_ROWS, run_query
from runner.web.rendering import render
from runner.web.served import Served
from runner.workspace.declared_goal import all_goals
from runner.workspace.workspace import Workspace

LISTED_BUILDS = 50

Counted = TypeVar("Counted")


class Pages:
    """Makes the pages of one project; each method raises RunnerError where it cannot."""

    def __init__(self, served: Served) -> None:
        self.served = served

    def error(self, error: RunnerError) -> str:
        """Return the page that says why another one cannot be made."""
        return self._page("message.html", error=error)

    def _page(self, template: str, **values: Any) -> str:
        served = self.served
        common: dict[str, Any] = {
            "allow_actions": served.allow_actions,
            "show_pii": served.show_pii,
        }
        try:
            project = served.workspace().project
        except RunnerError:
            common |= {"project": "runner", "is_partial": True, "faults": ()}
            return render(template, **common, **values)
        common |= {"project": project.file.name, "is_partial": project.is_partial}
        return render(template, faults=project.faults, **common, **values)

    def connections(self) -> str:
        """Return the page of all connections."""
        workspace = self.served.workspace()
        state = builds_state(self.served)
        return self._page(
            "connections.html",
            builds_state=state,
            connections=connection_views(workspace),
            broken=workspace.project.broken,
        )

    def goal(self, name: str, asked: str | None, *, is_whole: bool) -> str:
        """Return the page of one goal; its form asks for a `scan` or a `preview`.

        That of an export has no counts unless `is_whole`.
        """
        workspace = self.served.workspace()
        declared = all_goals(workspace.project).get(name)
        if declared is None:
            raise UsageError(f"there is no goal '{name}'")
        goal, location = declared.goal, declared.goal.location()
        builds = recent_builds(workspace.history, workspace.target_name)
        is_export = isinstance(goal, ExportProfiles)
        common = {
            "goal": goal_view(declared.connection, goal.name, last_of_nodes(builds), is_export),
            "declared": goal,
            "name": name,
            "written": WrittenFiles(workspace.project.root).part(location),
            "builds": builds_of(builds, goal.kind, name),
            "asked": None,
            "found": None,
            "failed": None,
        }
        if asked is not None:
            common |= self._asked(workspace, name, asked)
        if isinstance(goal, ExportProfiles):
            return self._page(
                "export.html",
                **common,
                **self._export(name, is_whole=is_whole),
                sent=builds.sent_files().get(name, []),
            )
        with self.served.engine():
            rejects = rejects_of(workspace, name, self.served.show_pii)
        files = [file for item in builds.builds for file in item.files if file.goal == name]
        return self._page(
            "import.html",
            **common,
            chain=chain_links(workspace, name, goal, common["found"]),
            mapped=mapped_columns(workspace, declared),
            rejects=rejects,
            files=files[:LISTED_BUILDS],
            lines=counted_lines(files),
        )

    def _asked(self, workspace: Workspace, name: str, what: str) -> dict[str, Any]:
        """Scan or preview a goal, which connects to its server."""
        self._check_actions("scan and preview connect to servers")
        with self.served.engine():
            if what == "scan":
                return {"asked": "scan", "found": scan(workspace, [f"goal:{name}"]).goals[0]}
            if what == "preview":
                try:
                    found = preview(workspace, name, show_pii=self.served.show_pii)
                except RunnerError as error:
                    return {"asked": "preview", "failed": error}
                return {"asked": "preview", "found": found}
        raise UsageError(f"found '{what}'; expected scan or preview")

    def _export(self, name: str, *, is_whole: bool) -> dict[str, Any]:
        nothing = {"count": None, "rows": None, "is_later": False}
        if not self.served.workspace().store.is_published:
            return nothing
        if not is_whole:
            return {**nothing, "is_later": True}
        connection, _, _ = name.partition(".")
        with self.served.engine() as workspace:
            count = next(iter(count_exports(workspace, [f"goal:{name}"])), None)
            declared = all_goals(workspace.project)[name].goal
            assert isinstance(declared, ExportProfiles)
            try:
                rows = preview_export(workspace, connection, declared, 10, self.served.show_pii)
            except RunnerError:
                rows = None
            return {**nothing, "count": count, "rows": rows}

    def exports(self, *, is_whole: bool) -> str:
        """Return the page of all exports: members, and who is left out, if `is_whole`."""
        return self._page("exports.html", counts=self._counts(count_exports, is_whole))

    def exchange(self, *, is_whole: bool) -> str:
        """Return the page of the unique profiles that each connection exchanged, if `is_whole`."""
        return self._page("exchange.html", counts=self._counts(count_exchange, is_whole))

    def _counts(
        self, count: Callable[[Workspace], tuple[Counted, ...]], is_whole: bool
    ) -> tuple[Counted, ...] | None:
        """Return what is counted in the warehouse; None where it is counted later."""
        if not self.served.workspace().store.is_published:
            return ()
        if not is_whole:
            return None
        with self.served.engine() as workspace:
            return count(workspace)

    def history(self) -> str:
        """Return the page of the last builds."""
        workspace = self.served.workspace()
        state = builds_state(self.served)
        nothing: dict[str, Any] = {"builds": [], "longest": 1, "outcomes": {}, "plots": []}
        if not workspace.history.exists():
            return self._page("history.html", builds_state=state, **nothing)
        with History(workspace.history) as history:
            found = history.builds(LISTED_BUILDS, workspace.target_name)
            recorded = filter(None, (history.build(build.build_id) for build in found))
            outcomes = {one.build.build_id: outcomes_of(one.nodes) for one in recorded}
        builds = list(with_ends(workspace.project.root, found))
        longest = max((build.seconds for build in builds), default=0) or 1
        return self._page(
            "history.html",
            builds_state=state,
            builds=builds,
            longest=longest,
            outcomes=outcomes,
            plots=build_plots(builds, outcomes),
        )

    def build(self, build_id: str) -> str:
        """Return the page of one build."""
        workspace = self.served.workspace()
        if not workspace.history.exists():
            raise UsageError("there is no build yet")
        state = builds_state(self.served)
        with History(workspace.history) as history:
            found = history.build(build_id)
        if found is None:
            raise UsageError(f"there is no build '{build_id}'")
        lines = WrittenFiles(workspace.project.root)
        (build,) = with_ends(workspace.project.root, [found.build])
        return self._page(
            "build.html",
            builds_state=state,
            recorded=replace(found, build=build),
            lines={node.name: lines.line(node.location) for node in found.nodes if node.location},
            log=last_lines(workspace.generated / "logs" / f"{found.build.build_id}.jsonl"),
        )

    def people(self, asked: str, is_explained: bool = False) -> str:
        """Return the page that finds people; what is looked for is in a form, not in an address.

        Of a single profile that is found, `is_explained` adds where its values come from.
        """
        profiles: list[Profile] = []
        explained = graph = error = None
        if asked:
            try:
                profiles, explained = self._found(asked, is_explained)
                graph = identity_graph(explained) if explained else None
            except UsageError as found:
                error = found
        return self._page(
            "people.html",
            asked=asked,
            profiles=profiles,
            explained=explained,
            graph=graph,
            error=error,
        )

    def _found(self, asked: str, is_explained: bool) -> tuple[list[Profile], Explanation | None]:
        """Return the profiles that match, and of a single one, if asked, why it is so."""
        show_pii = self.served.show_pii
        with self.served.engine() as workspace, open_published(workspace) as warehouse:
            profiles = find_profiles(workspace, warehouse, [asked], show_pii)
            if not is_explained or len(profiles) != 1:
                return profiles, None
            profile_id = str(profiles[0].values[0][1])
            return profiles, explain(workspace, warehouse, profile_id, (), show_pii)

    def query(self, sql: str, is_csv: bool) -> str | Response:
        """Return the page of SQL with its answer, or the answer as CSV."""
        names: dict[str, tuple[str, ...]] = {}
        if self.served.show_pii:
            with self.served.engine() as workspace:
                names = query_names(workspace)
        common = {"sql": sql, "most": MOST_ROWS, "names": names}
        if not sql.strip() or not self.served.show_pii:
            return self._page("query.html", answer=None, **common)
        answer = run_query(self.served, sql)
        if is_csv and not answer.fault:
            text = io.StringIO()
            csv.writer(text).writerows([answer.columns, *answer.rows])
            named = {"Content-Disposition": 'attachment; filename="query.csv"'}
            return Response(text.getvalue(), media_type="text/csv; charset=utf-8", headers=named)
        return self._page("query.html", answer=answer, **common)

    def run(self, connection: str) -> Response:
        """Start a build of a connection, as a process of its own."""
        self._check_actions("a build changes the warehouse")
        known = self.served.workspace().project.connection(connection)
        start_build(self.served, known.connection)
        return RedirectResponse("/history", 303)

    def _check_actions(self, why: str) -> None:
        if not self.served.allow_actions:
            raise UsageError(
                f"this page only reads: {why}", hint="start `runner serve --allow-actions`"
            )
