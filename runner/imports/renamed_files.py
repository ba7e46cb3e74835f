"""Imported files that the server lists under another name (F8)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from runner.engine.warehouse import Warehouse
from runner.remote import RemoteFile
from runner.warehouse.imported_file import ImportedFile


@dataclass(frozen=True)
class RenamedFile:
    """An imported main file, and the path that it has now."""

    imported: ImportedFile
    path: str

    @property
    def now(self) -> ImportedFile:
        """Return the import as the ledger has it once the new path is stored."""
        return replace(self.imported, path=self.path)


def renamed_file(
    file: RemoteFile, sha256: str, imported: Iterable[ImportedFile], on_server: Collection[str]
) -> RenamedFile | None:
    """Return the import of a file that had another path, which is gone; None where there is none.

    Size, time and content must be those that were imported.
    """
    for before in imported:
        if (
            before.sha256 == sha256
            and before.path not in on_server
            and before.path != file.path
            and before.is_unchanged(file)
        ):
            return RenamedFile(before, file.path)
    return None


def current_paths(
    imported: Mapping[str, ImportedFile], renamed: Iterable[RenamedFile]
) -> dict[str, ImportedFile]:
    """Return imported main files by the paths that they have now."""
    now = {file.imported.path: file.now for file in renamed}
    files = (now.get(path, file) for path, file in imported.items())
    return {file.path: file for file in files}


def store_renames(warehouse: Warehouse, renamed: Iterable[RenamedFile]) -> None:
    """Write the new paths of files into the ledger."""
    for file in renamed:
        warehouse.perform(
            "ledger.rename_file",
            goal=file.imported.goal,
            old_path=file.imported.path,
            new_path=file.path,
        )
