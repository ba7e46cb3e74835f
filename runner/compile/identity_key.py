"""An item of `by`: the values that together find a profile."""

from collections.abc import Iterable
from dataclasses import dataclass

from runner.compile.expression import Expression
from runner.definitions.format import Format
from runner.definitions.profile_property import Property
from runner.sql.quoting import Sql, quoted_name


@dataclass(frozen=True)
class KeyPart:
    """One property of an item of `by`, and where its value comes from."""

    name: str
    declared: Property
    value: Expression
    format: Format

    @property
    def may_be_ignored(self) -> bool:
        """Return whether it declares values that identify no one (P2)."""
        return bool(self.declared.ignore) or self.declared.min_length > 1


@dataclass(frozen=True)
class IdentityKey:
    """One item of `by`: the parts that together find a profile."""

    number: int
    parts: tuple[KeyPart, ...]
    # What stands before the names of the identifiers of its entity.
    prefix: str = ""
    # What the names of its columns begin with: see `ImportPlan.mark`.
    mark: str = ""

    @property
    def column(self) -> str:
        """Return the column of the rows with the value by which a row finds its profile."""
        return f"{self.mark}key_{self.number}"

    @property
    def profile(self) -> str:
        """Return the column of the identities with the profile that has the value."""
        return f"profile_{self.number}"

    def text_of(self, part: KeyPart) -> Sql:
        """Return the quoted column of the rows with a part before it is parsed."""
        return quoted_name(f"{self.column}_text_{part.name}")

    def ignored_of(self, part: KeyPart) -> Sql:
        """Return the quoted column of the rows with a part that identifies no one; else null."""
        return quoted_name(f"{self.column}_ignored_{part.name}")

    @property
    def identifier(self) -> str:
        """Return the name under which its values are kept."""
        return self.prefix + identifier_name(tuple(part.name for part in self.parts))

    @property
    def max_matches(self) -> int:
        """Return how many customers may share a value of it (P2); 0 where any number may."""
        return lowest(part.declared.max_matches for part in self.parts)

    @property
    def limit(self) -> int:
        """Return how many of its values a profile may hold (P9); 0 for any number.

        Of several properties it counts the combinations of values, by the lowest limit of them.
        """
        return lowest(part.declared.limit for part in self.parts)


def lowest(numbers: Iterable[int | None]) -> int:
    """Return the lowest number that is stated; 0 where none is."""
    return min((number for number in numbers if number), default=0)


def identifier_name(properties: tuple[str, ...]) -> str:
    """Return the name of an identifier made of one or several properties."""
    return "+".join(properties)
