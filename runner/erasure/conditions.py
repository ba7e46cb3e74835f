"""SQL of macros that statements which look for persons take: the same on every engine."""

from dataclasses import dataclass

from runner.compile.library import Library
from runner.sql.quoting import Sql, quoted_name


@dataclass(frozen=True)
class Conditions:
    """Makes SQL by the macros of the warehouse's engine."""

    library: Library

    def address(self, value: str) -> Sql:
        """Return a value as persons are known by it."""
        return Sql(self.library.macro("address_text")(value))

    def address_of_property(self, name: str) -> Sql:
        """Return the same of a column of `profiles`."""
        return self.address(f"cast(profiles.{quoted_name(name)} as string)")

    @property
    def hash_of_held(self) -> Sql:
        """Return the salted hash of `held.identifier` and `held.value`."""
        return Sql(self.library.macro("suppression_hash")("held.identifier", "held.value"))

    @property
    def row_matches(self) -> Sql:
        """Return whether a row of `held` has a value of one of the persons."""
        return self.text_matches(self.library.macro("row_text")("held"))

    def text_matches(self, text: str) -> Sql:
        """Return whether a text holds a value of one of the persons."""
        plain = self.library.macro("identifier_text")(text)
        return Sql(self.library.macro("holds_person")(plain))
