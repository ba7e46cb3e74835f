"""Why the values of one profile are what they are."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from runner.compile.input_file import LINES_PER_FILE
from runner.definitions.profile_property import LEVELS, PERMISSION, RESERVED
from runner.engine.warehouse import Warehouse
from runner.errors import UsageError, choices, nearest
from runner.explain.counted_lines import CountedLines, read_counted_lines
from runner.explain.earlier_values import earlier_values, read_values
from runner.explain.explanation import ExplainedValue, Explanation, LineOrigin, Merge
from runner.explain.identity_explanation import explain_identifiers, explain_links
from runner.explain.joined_row import JoinedRow
from runner.explain.ledger_reading import LedgerReading
from runner.explain.masking import masked_explanation
from runner.explain.profile_ledger import (
    NO_HASH,
    LedgerFile,
    ProfileLedger,
    read_files,
    read_profile_ledger,
)
from runner.explain.value_explanation import ValueExplainer
from runner.warehouse.ledger import published_build
from runner.workspace.workspace import Workspace


def explain(
    workspace: Workspace,
    warehouse: Warehouse,
    profile_id: str,
    names: Sequence[str] = (),
    show_pii: bool = False,
) -> Explanation:
    """Explain the values of a profile, all or those of the properties `names`.

    Only the lines that the ledger names for this profile are read again, and those joined to them.
    Personal data is shown as its shape, unless `show_pii`. Raises UsageError for a name that is no
    property.
    """
    return _Explaining(workspace, warehouse, profile_id).explain(names, show_pii)


@dataclass
class _Explaining:
    """Explains one profile of an open warehouse."""

    workspace: Workspace
    warehouse: Warehouse
    profile_id: str

    def explain(self, names: Sequence[str], show_pii: bool) -> Explanation:
        values = read_values(self.warehouse, self.profile_id)
        wanted = self._wanted(names, list(values))
        ledger = read_profile_ledger(self.warehouse, self.profile_id)
        reading = LedgerReading(self.workspace, ledger, self._fingerprints())
        read, counted = self._read(reading)
        rows = [row for row in read if row.ledger.row_hash != NO_HASH]
        merges = self._merges()
        explainer = ValueExplainer(
            self._files(ledger, counted),
            counted.sums,
            rows,
            _retracting(ledger, read),
            self._reasons(rows),
            bool(merges),
        )
        earlier = earlier_values(
            self.workspace, self.profile_id, values, published_build(self.warehouse)
        )
        explained = tuple(
            explainer.explain(name, values[name], earlier.get(name, ()), self._level(name, values))
            for name in wanted
        )
        return masked_explanation(
            self.workspace,
            self._complete(explained, explainer, merges, reading.notes),
            rows,
            show_pii,
        )

    def _read(self, reading: LedgerReading) -> tuple[list[JoinedRow], CountedLines]:
        """Read the rows, while a thread asks the warehouse which of their lines count."""
        goals = reading.ledger.goals
        with ThreadPoolExecutor(1, "counted-lines") as pool:
            counting = pool.submit(read_counted_lines, self.warehouse, self.profile_id, goals)
            read = reading.read()
            counted = counting.result()
        return [_marked(row, counted) for row in read], counted

    def _fingerprints(self) -> dict[str, str]:
        goals = self.warehouse.perform("ledger.goals")
        return {str(name): str(fingerprint) for name, fingerprint, _ in goals}

    def _files(self, ledger: ProfileLedger, counted: CountedLines) -> Mapping[int, LedgerFile]:
        """Return all imports that lines are of; a goal may have sums of it without a row."""
        others = sorted({line.goal for line in counted.sums} - {*ledger.goals})
        return {**ledger.files, **read_files(self.warehouse, others)} if others else ledger.files

    def _complete(
        self,
        explained: tuple[ExplainedValue, ...],
        explainer: ValueExplainer,
        merges: tuple[Merge, ...],
        notes: Sequence[str],
    ) -> Explanation:
        """Add what tells of the profile as a whole."""
        held = self.warehouse.perform("identifiers.of_profile", profile_id=self.profile_id)
        identifiers = [(str(name), str(value)) for name, value in held]
        decisions = self.workspace.project.decisions
        return Explanation(
            values=explained,
            identifiers=explain_identifiers(identifiers, explainer.rows, explainer.line),
            links=explain_links(identifiers, explainer.rows, decisions, explainer.line),
            merges=merges,
            left_out=self._left_out(),
            notes=tuple(notes),
        )

    def _wanted(self, names: Sequence[str], columns: list[str]) -> list[str]:
        known = [name for name in columns if name not in RESERVED]
        for name in names:
            if name not in known:
                guess = nearest(name, known)
                raise UsageError(f"there is no property '{name}'.{guess} Known: {choices(known)}")
        return list(dict.fromkeys(names)) or known

    def _reasons(self, rows: Sequence[JoinedRow]) -> dict[tuple[str, str, int, str], str]:
        """Return why texts of these lines are no values, as the builds recorded it."""
        origins = {origin for row in rows for origin in row.origins.values() if origin}
        goals = sorted({row.ledger.goal for row in rows})
        if not origins:
            return {}
        lines = sorted({origin % LINES_PER_FILE for origin in origins})
        found = self.warehouse.perform("explain.rejects", goals=goals, lines=lines)
        return {(goal, file, line, name): str(reason) for goal, file, line, name, reason in found}

    def _merges(self) -> tuple[Merge, ...]:
        if not self.warehouse.has("runner", "aliases"):
            return ()
        return tuple(
            Merge(str(alias), str(goal), str(build))
            for alias, goal, build in self.warehouse.perform(
                "explain.merges", profile_id=self.profile_id
            )
        )

    def _left_out(self) -> tuple[tuple[LineOrigin, str], ...]:
        if not self.warehouse.has("runner", "pending_rows"):
            return ()
        whys = {"refused": "the person refused", "never_asked": "the person never consented"}
        return tuple(
            (LineOrigin(goal, file, line, build), whys.get(reason, str(reason)))
            for goal, file, line, build, reason in self.warehouse.perform(
                "explain.pending_rows", profile_id=self.profile_id
            )
        )

    def _level(self, name: str, values: Mapping[str, Any]) -> list[str]:
        """Say so where the permission level of a person forbids to keep a value."""
        level = values.get(PERMISSION)
        declared = self.workspace.project.properties.get(name)
        if (
            values[name] is not None
            or level not in LEVELS
            or declared is None
            or name == PERMISSION
        ):
            return []
        if LEVELS.index(level) >= LEVELS.index(declared.needed_level):
            return []
        return [f"not kept: it needs the permission level {declared.needed_level}, found {level}"]


def _marked(row: JoinedRow, counted: CountedLines) -> JoinedRow:
    goal, row_hash = row.ledger.goal, row.ledger.row_hash
    return replace(row, is_retracted=row_hash != NO_HASH and counted.is_retracted(goal, row_hash))


def _retracting(
    ledger: ProfileLedger, rows: Sequence[JoinedRow]
) -> dict[tuple[str, int | None], list[int]]:
    """Return the lines that took something back, by goal and the key that they have."""
    origins = set(ledger.retractions)
    found: dict[tuple[str, int | None], list[int]] = {}
    for row in rows:
        if (row.ledger.goal, row.ledger.origin) in origins or not row.is_retracted:
            found.setdefault((row.ledger.goal, row.key_hash), []).append(row.ledger.origin)
    return found
