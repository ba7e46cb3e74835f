"""What the page of one node shows: definitions as written, compiled SQL, what builds did."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from runner.compile.compiled_project import CompiledProject
from runner.definitions.project import Project
from runner.lineage.node import LineageNode
from runner.model import Model
from runner.site.recent_builds import NodeBuild, RecentBuilds
from runner.site.written import WrittenFiles, WrittenText

MOST_FILES = 50
"""Files of the last builds that a page lists."""


class NodePages:
    """Makes the pages of a project's nodes, as values that JSON can hold."""

    def __init__(
        self, project: Project, compiled: CompiledProject, generated: Path, builds: RecentBuilds
    ) -> None:
        self._project = project
        self._written = WrittenFiles(project.root)
        self._compiled = generated / "compiled"
        self._models: Mapping[str, Model] = {
            **{model.name: model for model in compiled.test_models},
            **{name: item.model for name, item in compiled.models.items()},
        }
        self._by_node = builds.by_node()
        self._read, self._sent = builds.read_files(), builds.sent_files()

    def page(self, node: LineageNode) -> dict[str, Any]:
        """Return what the page of a node shows beside what the lineage says of it."""
        return {
            "written": [vars(text) for text in self._definitions(node)],
            "compiled": self._compiled_sql(node),
            "builds": [_build(done) for done in self._by_node.get(node.id, ())],
            "files": self._files(node),
        }

    def _definitions(self, node: LineageNode) -> Sequence[WrittenText]:
        found = []
        if node.location is not None and node.location.file.endswith(".sql"):
            found.append(self._written.whole(node.location.file))
        elif node.location is not None:
            found.append(self._written.part(node.location))
        document = self._project.documents.get(node.name)
        if node.kind in ("model", "segment") and document is not None:
            found.append(self._written.part(document.location()))
        return [text for text in found if text is not None]

    def _compiled_sql(self, node: LineageNode) -> list[dict[str, str]]:
        if node.kind in ("model", "segment", "test", "unit_test"):
            model = self._models.get(node.name)
            return [{"path": f"target/compiled/{model.path}", "sql": model.sql}] if model else []
        if not node.kind.startswith(("import_", "export_")):
            return []
        folder = self._compiled.joinpath(*node.name.split("."))
        return [
            {
                "path": f"target/compiled/{path.relative_to(self._compiled).as_posix()}",
                "sql": path.read_text(encoding="utf-8", errors="replace"),
            }
            for path in sorted(folder.glob("*.sql"))
        ]

    def _files(self, node: LineageNode) -> list[dict[str, Any]]:
        if node.kind == "file":
            return [
                {
                    "build": file.build_id,
                    "path": file.path,
                    "modified_at": file.modified_at,
                    "size": file.size,
                    "lines": file.lines,
                    "records": file.records,
                    "rejected": file.rejected,
                }
                for file in self._read.get(node.name, ())[:MOST_FILES]
            ]
        if node.kind == "exported_file":
            return [
                {"build": file.build_id, "path": file.path, "rows": file.rows, "size": file.size}
                for file in self._sent.get(node.name, ())[:MOST_FILES]
            ]
        return []


def _build(done: NodeBuild) -> dict[str, Any]:
    build, node = done.build, done.node
    return {
        "build": build.build_id,
        "started_at": build.started_at,
        "status": node.status,
        "seconds": node.seconds,
        "rows": node.rows,
        "members": node.members,
        "rejects": node.rejects,
        "outcomes": [[name, rows] for name, rows in node.outcomes.items() if rows],
        "message": node.message,
        "location": node.location,
    }
