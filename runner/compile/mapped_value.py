"""A value that an import reads from each row, for a property, an event or consent."""

from dataclasses import dataclass

from runner.compile.expression import Expression
from runner.definitions.format import Format
from runner.definitions.profile_property import Property
from runner.sql.quoting import Sql, quoted_name


@dataclass(frozen=True)
class MappedValue:
    """A value for a property, and the strategy that applies it."""

    name: str
    declared: Property
    value: Expression
    format: Format
    strategy: str
    # For `sum`: which set of file sources its value comes from, counted from 1.
    line: int = 0

    @property
    def column(self) -> Sql:
        """Return the quoted name of its typed value in the rows."""
        return quoted_name(f"value {self.name}")

    @property
    def rejected(self) -> Sql:
        """Return the quoted name of the text that did not parse."""
        return quoted_name(f"rejected {self.name}")

    @property
    def origin(self) -> str:
        """Return the column of the file, or the expression, as a message names it."""
        return ", ".join(f"{source}.{column}" for source, column in sorted(self.value.columns))
