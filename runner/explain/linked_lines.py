"""The lines of a chained file that lines above it may be joined to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from runner.compile.import_models import ImportModels
from runner.compile.input_file import InputFile
from runner.compile.library import Library
from runner.compile.link import LinkKey
from runner.compile.planned_source import PlannedSource
from runner.engine.warehouse import Warehouse
from runner.inspect.preview_model import preview_model
from runner.sql.quoting import quoted_name
from runner.stage.single_lines import SearchedFile

KEYS_READ = quoted_name("keys_read")
MOST_KEYS = 1_000
"""Keys that are looked for in the bytes of a file; with more of them, its columns are read."""


@dataclass(frozen=True)
class LineLinks:
    """Finds the lines of a chained file whose keys the lines above have, and maybe others."""

    warehouse: Warehouse
    library: Library
    source: PlannedSource
    # The models of its goal, by name: those of the lines above have been run.
    models: ImportModels

    def lines(self, file: InputFile, searched: SearchedFile) -> Iterable[int]:
        """Return the physical lines of a file that may be joined; none where it lacks a key."""
        spelled = {column.lower() for column in file.header}
        keys = [key for key in self.source.keys if len(key.other.sources) == 1]
        columns = sorted({column for key in keys for _, column in key.own.columns})
        if any(column.lower() not in spelled for column in columns):
            return ()
        found = self._holding_keys(keys, searched)
        return self._compared(keys, columns, file, searched) if found is None else found

    def _holding_keys(
        self, keys: Iterable[LinkKey], searched: SearchedFile
    ) -> tuple[int, ...] | None:
        """Return the lines whose bytes hold a key; None where those do not tell which."""
        key = next((key for key in keys if key.own.is_column), None)
        if key is None:
            return None
        above = self._above(key)
        model = preview_model(
            self.library, "linked_keys", KEYS_READ, "read", key=key, above=above, most=MOST_KEYS
        )
        found = [str(row[0]) for row in self.warehouse.read(model)]
        return None if len(found) > MOST_KEYS else searched.lines_with(found)

    def _compared(
        self,
        keys: Iterable[LinkKey],
        columns: list[str],
        file: InputFile,
        searched: SearchedFile,
    ) -> list[int]:
        """Return the lines with these keys, by reading the columns of all lines."""
        read = replace(
            file,
            local_path=str(searched.path),
            is_clean=searched.is_clean,
            data_from=searched.data_from,
        )
        reading = {"file": read, "source": self.source, "columns": columns}
        self.warehouse.run(
            preview_model(self.library, "file_keys", KEYS_READ, "temporary", **reading)
        )
        compared = [(key, self._above(key)) for key in keys]
        comparing = {"file": read, "keys_read": KEYS_READ, "compared": compared}
        model = preview_model(self.library, "linked_lines", KEYS_READ, "read", **comparing)
        return [int(row[0]) for row in self.warehouse.read(model)]

    def _above(self, key: LinkKey) -> str:
        return self.models[f"lines.{next(iter(key.other.sources))}"].relation
