"""Lines of staged files, written as small files that the engine reads with their own numbers."""

from collections.abc import Iterable
from pathlib import Path

from runner.compile.input_file import InputFile
from runner.definitions.format import Format
from runner.explain.profile_ledger import LedgerFile
from runner.stage.single_lines import Records, SearchedFile, searched_file
from runner.stage.staging import Staging


class LineExcerpts:
    """Excerpts of staged files in a folder, in the clean form: see `ReadableFile`."""

    def __init__(self, staging: Staging, folder: Path, *, is_careful: bool = False) -> None:
        self.staging = staging
        self.folder = folder
        self.is_careful = is_careful
        self._searched: dict[tuple[str, str, bool], SearchedFile | None] = {}

    def searched(
        self, file: LedgerFile, file_format: Format, *, is_proved: bool = True
    ) -> SearchedFile | None:
        """Return where the lines of a file are looked up; None where it is gone or damaged.

        Without `is_proved`, the reader has to find out whether it is damaged (F11). Raises
        StageError where it cannot be read.
        """
        key = (file.sha256, repr(file_format), is_proved)
        if key not in self._searched:
            find = self.staging.find if is_proved else self.staging.unproved
            blob = find(file.sha256)
            self._searched[key] = (
                searched_file(blob, file.remote_file, file_format, is_careful=self.is_careful)
                if blob
                else None
            )
        return self._searched[key]

    def write(
        self,
        file: LedgerFile,
        file_format: Format,
        numbers: Iterable[int],
        *,
        is_proved: bool = True,
    ) -> InputFile:
        """Write these lines of a file, found as by `searched`; those that are gone are left out."""
        searched = self.searched(file, file_format, is_proved=is_proved)
        columns = len(file.header)
        records = searched.records(numbers, columns) if searched and columns else {}
        path = self.path_of(file)
        path.write_text(_clean_form(records), encoding="utf-8")
        return self.input_of(file, len(records))

    def path_of(self, file: LedgerFile) -> Path:
        """Return where the excerpt of a file is."""
        return self.folder / f"{file.file_id}.csv"

    def input_of(self, file: LedgerFile, records: int = 0) -> InputFile:
        """Return the excerpt of a file as the engine reads it."""
        path = str(self.path_of(file))
        return InputFile(file.file_id, file.path, path, True, file.header, 0, records)


def _clean_form(records: Records) -> str:
    return "".join(
        f'{number},"' + '","'.join(field.replace('"', '""') for field in fields) + '"\n'
        for number, fields in sorted(records.items())
    )
