"""A value that an import reads from each row, for a property, an event or consent."""

from dataclasses import dataclass, replace

from runner.compile.expression import Expression
from runner.definitions.format import Format
from runner.definitions.profile_property import Property
from runner.sql.quoting import Sql, quoted_name


@dataclass(frozen=True)
class MappedValue:
    """A value for a property, and the strategy that applies it.

    By `find` it fills nothing: profiles are found by it, and its texts may be no value.
    """

    name: str
    declared: Property
    value: Expression
    format: Format
    strategy: str
    # For `sum`: which set of file sources its value comes from, counted from 1.
    line: int = 0
    # Profiles are found by its property.
    is_identifier: bool = False
    # What the names of its columns begin with: see `ImportPlan.mark`.
    mark: str = ""

    @property
    def property_name(self) -> str:
        """Return the property as a message names it."""
        return self.name.split(" ")[0] if self.strategy == "find" else self.name

    @property
    def text(self) -> Sql:
        """Return the quoted name of its value in the rows, before it is parsed."""
        return self._named("text")

    @property
    def column(self) -> Sql:
        """Return the quoted name of its typed value in the rows."""
        return self._named("value")

    @property
    def read_type(self) -> str:
        """Return the type as which it is read: sums are added exactly, and then rounded (R11)."""
        is_exact = self.strategy == "sum" and self.declared.type.startswith("decimal")
        return "decimal" if is_exact else self.declared.type

    @property
    def rejected(self) -> Sql:
        """Return the quoted name of the text that did not parse."""
        return self._named("rejected")

    def _named(self, kind: str) -> Sql:
        return quoted_name(f"{self.mark}{kind}_{self.name.replace(' ', '.')}")

    @property
    def is_typed(self) -> bool:
        """Return whether its text may not be a value."""
        return self.declared.type != "text"

    @property
    def is_identifier_text(self) -> bool:
        """Return whether it is one text that profiles are found by."""
        declared = self.declared
        return self.is_identifier and declared.type == "text" and not declared.multi

    @property
    def is_checked(self) -> bool:
        """Return whether it is left out where a spreadsheet damaged it."""
        declared = self.declared
        return self.is_identifier and not (declared.multi or declared.allow_damaged)

    @property
    def may_be_rejected(self) -> bool:
        """Return whether some texts are no values of it (R6)."""
        return self.declared.type != "text" or self.is_checked

    @property
    def has_short_years(self) -> bool:
        """Return whether it is a date whose format has years of two digits."""
        formats = {"date": self.format.dates, "datetime": self.format.datetimes}
        read = formats.get(self.declared.type, ())
        return not self.declared.multi and any(one.has_short_year for one in read)

    @property
    def described(self) -> str:
        """Return the column of the file, or the expression, as a message names it."""
        return ", ".join(f"{source}.{column}" for source, column in sorted(self.value.columns))


def number_lines(
    assignments: tuple[MappedValue, ...], main: str
) -> tuple[tuple[MappedValue, ...], tuple[tuple[str, ...], ...]]:
    """Number the sets of sources whose lines `sum` counts; a constant counts main lines."""
    sets: list[tuple[str, ...]] = []
    numbered = []
    for item in assignments:
        if item.strategy == "sum":
            sources = tuple(sorted(item.value.sources)) or (main,)
            if sources not in sets:
                sets.append(sources)
            item = replace(item, line=sets.index(sources) + 1)
        numbered.append(item)
    return tuple(numbered), tuple(sets)
