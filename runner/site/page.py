"""The static page below `target/docs/`: its files, and the data that they show."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from runner import __version__
from runner.imports.headers import read_headers
from runner.lineage.lineage import Lineage, project_lineage
from runner.lineage.node import LineageColumn, LineageNode
from runner.secret_values import SECRETS
from runner.site.node_page import NodePages
from runner.site.recent_builds import recent_builds
from runner.stage.part_file import replacing
from runner.workspace.workspace import Workspace

DATA = "data"
"""Folder of the data, beside `index.html`."""


def write_site(workspace: Workspace) -> Path:
    """Write the documentation of a project; returns the path of its `index.html`.

    The page needs nothing but the files beside it. Data are scripts, not JSON: a page that is
    opened from the disk may load no other kind of file. Raises DefinitionError where a model does
    not compile.
    """
    compiled = workspace.compiled()
    headers = read_headers(workspace.generated)
    lineage = project_lineage(workspace.project, compiled, workspace.library.environment, headers)
    builds = recent_builds(workspace.history, workspace.target_name)
    folder = workspace.generated / "docs"
    _copy_static(folder)
    pages = NodePages(workspace.project, compiled, workspace.generated, builds)
    for number, node in enumerate(lineage.nodes.values()):
        _write_data(folder / DATA / f"{number}.js", "page", {"id": node.id, **pages.page(node)})
    last = builds.last
    about = {
        "project": workspace.project.file.name,
        "target": workspace.target_name,
        "version": __version__,
        "written_at": datetime.now(UTC),
        "last_build": None if last is None else _about_build(vars(last)),
    }
    states = {name: done[0].node.status for name, done in builds.by_node().items()}
    _write_data(folder / DATA / "lineage.js", "lineage", about | _lineage(lineage, states))
    return folder / "index.html"


def _copy_static(folder: Path) -> None:
    """Replace the files of the page; data of nodes that are gone go too."""
    shutil.rmtree(folder, ignore_errors=True)
    with as_file(files("runner.site") / "static") as static:
        shutil.copytree(static, folder, copy_function=shutil.copyfile)
    (folder / DATA).mkdir()


def _about_build(build: Mapping[str, Any]) -> dict[str, Any]:
    return {name: build[name] for name in ("build_id", "finished_at", "status", "seconds")}


def _lineage(lineage: Lineage, states: Mapping[str, str]) -> dict[str, Any]:
    numbers = {name: number for number, name in enumerate(lineage.nodes)}
    return {
        "nodes": [_node(node, states.get(node.id, "")) for node in lineage.nodes.values()],
        "edges": [
            [numbers[edge.parent], numbers[edge.child], int(edge.of_column)]
            for edge in lineage.edges
        ],
    }


def _node(node: LineageNode, state: str) -> dict[str, Any]:
    return {
        "id": node.id,
        "kind": node.kind,
        "name": node.name,
        "title": node.title,
        "description": node.description,
        "connection": node.connection,
        "tags": list(dict.fromkeys(node.tags)),
        "enabled": node.is_enabled,
        "state": state,
        "location": f"{node.location.file}:{node.location.line}" if node.location else "",
        "facts": node.facts,
        "columns": [_column(column) for column in node.columns],
    }


def _column(column: LineageColumn) -> dict[str, Any]:
    filled = [
        {
            **asdict(item),
            "location": f"{item.location.file}:{item.location.line}" if item.location else "",
        }
        for item in column.filled
    ]
    return {**asdict(column), "filled": filled}


def _write_data(path: Path, name: str, value: Mapping[str, Any]) -> None:
    """Write data as a script that hands them to the page.

    They are a text that is parsed as JSON: as a literal of JavaScript, the key `__proto__` would
    change an object. Nothing in the text can end a script or a line.
    """

    def plain(item: object) -> str:
        return item.isoformat() if isinstance(item, datetime) else str(item)

    text = json.dumps(SECRETS.hide_all(dict(value)), default=plain, separators=(",", ":"))
    script = json.dumps(text).replace("<", "\\u003c").replace(">", "\\u003e")
    with replacing(path) as part:
        part.write_text(f"runnerDocs.{name}(JSON.parse({script}));\n", encoding="ascii")
