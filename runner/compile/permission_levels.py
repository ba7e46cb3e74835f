"""The permission levels that properties need, and what becomes of values above a person's."""

from collections.abc import Mapping

from runner.compile.library import Library
from runner.definitions.profile_property import PERMISSION, Property
from runner.model import Model
from runner.sql.quoting import quoted_name


def needed_levels(properties: Mapping[str, Property]) -> tuple[tuple[str, str], ...]:
    """Return each property with the level that it needs; the level itself needs none."""
    return tuple(
        (name, declared.needed_level) for name, declared in properties.items() if name != PERMISSION
    )


def level_models(properties: Mapping[str, Property], library: Library) -> dict[str, Model]:
    """Return what holds values above the level of its profile: of `profiles`, of `sums`."""
    models = {}
    for name in ("profiles", "sums"):
        sql, locations = library.render(
            f"import/limits/lowered_{name}.sql", {"levels": needed_levels(properties)}
        )
        relation = quoted_name(f"levels.lowered_{name}")
        models[name] = Model(
            f"levels.{name}", sql, relation, "temporary", f"levels/{name}.sql", locations
        )
    return models
