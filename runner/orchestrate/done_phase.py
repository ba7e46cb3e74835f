"""Main files whose import is published are renamed to `.done` (F6)."""

from collections.abc import Iterable
from itertools import count

from runner.definitions.import_goal import ImportGoal
from runner.errors import RunnerError
from runner.imports.file_choice import FileChoice
from runner.orchestrate.running_build import Build
from runner.remote import Remote, RemoteFile
from runner.result import NodeResult
from runner.stage.matched_files import DONE_SUFFIX
from runner.warehouse.imported_file import ImportedFile


def mark_done_files(build: Build) -> None:
    """Rename the main files whose import is published, also those of earlier builds."""
    if not build.is_published or build.options.undo:
        return
    for node in build.goals(ImportGoal):
        result, choice = build.results.get(node.name), build.choices.get(node.name)
        if not node.goal.done_suffix or not result or choice is None:
            continue
        if result.is_failure or result.status == "skipped":
            continue
        try:
            known = build.ledger.main_files(node.name).values()
            for file in _imported_files(choice, node.goal.main, result, known):
                mark_done(build.remotes.open(node.connection)[0], file.path, file)
        except RunnerError as error:
            warning = f"not marked as done, the next build will: {error.message}"
            build.warn_of(node.name, warning)


def _imported_files(
    choice: FileChoice, main: str, result: NodeResult, known: Iterable[ImportedFile]
) -> list[RemoteFile]:
    """Return the files on the server, archives included, of which all is imported.

    A file of which every line was set aside keeps its name: it waits to be fixed (R12).
    """
    read = [file for file in result.files if file.records or not file.rejected]
    imported = {(file.path, file.size, file.modified_at) for file in read}
    now = {file.path for file in result.files}
    unread = now - {file.path for file in read}
    unread |= {file.path for file in known if file.is_set_aside and file.path not in now}
    found = choice.found
    files = found.matched[main].files
    waiting = {
        found.archives.get(file, file)
        for file in files
        if file.path in unread
        or (
            choice.reasons[file.path] != "unchanged"
            and (file.path, file.size, file.modified_at) not in imported
        )
    }
    on_server = dict.fromkeys(found.archives.get(file, file) for file in files)
    return [file for file in on_server if file not in waiting]


def mark_done(remote: Remote, path: str, imported: RemoteFile | None = None) -> bool:
    """Rename an imported file to `<path>.done`; returns whether it has such a name now.

    Where another file has that name, a number is added (X7). A file that is gone, or that is no
    longer the file that was `imported` (another size or time), is left alone.
    """
    found = remote.stat(path)
    if found is None:
        return remote.stat(path + DONE_SUFFIX) is not None
    if imported and (found.size, found.modified_at) != (imported.size, imported.modified_at):
        return False
    remote.rename(path, _free_name(remote, path))
    return True


def _free_name(remote: Remote, path: str) -> str:
    """Return the name of an imported file that no other file has."""
    if remote.stat(path + DONE_SUFFIX) is None:
        return path + DONE_SUFFIX
    taken = {file.path for file in remote.list(path.rpartition("/")[0]).files}
    names = (f"{path}.{number}{DONE_SUFFIX}" for number in count(1))
    return next(name for name in names if name not in taken)
