"""The files of an import in the ledger, with the counts of their lines."""

import json
from typing import Any

from runner.engine.warehouse import Warehouse
from runner.imports.goal_files import ReadableFiles
from runner.imports.import_task import ImportTask


def record_files(
    warehouse: Warehouse, task: ImportTask, readable: ReadableFiles, first_id: int
) -> None:
    """Record the files, numbered from `first_id`, and the lines that were set aside in them."""
    entries: list[dict[str, Any]] = []
    for name, files in readable.items():
        for file in files:
            entry = {
                "file_id": first_id + len(entries),
                "goal": task.name,
                "source": name,
                "path": file.remote_path,
                "size": file.size,
                "modified_at": f"{file.modified_at:%Y-%m-%d %H:%M:%S}",
                "sha256": file.sha256,
                "fingerprint": task.definition.fingerprint,
                "build_id": task.batch.build_id,
                "is_main": name == task.goal.main,
                "line_count": file.lines,
                "rejected_count": file.rejected,
                "blank_count": file.blank,
                "record_count": file.record_count,
                "is_retried": task.batch.is_retried(name, file.remote_path),
                "header": json.dumps(file.header, ensure_ascii=False),
            }
            entries.append(entry)
            if file.rejects is not None:
                warehouse.perform(
                    "rejects.add_lines",
                    goal=task.name,
                    build_id=task.batch.build_id,
                    file=file.remote_path,
                    path=file.rejects,
                )
    warehouse.insert("runner.files", entries)
