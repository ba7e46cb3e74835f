"""Junk values: too many customers share them, so they link no rows (P2 `max_matches`)."""

from runner.compile.import_plan import ImportPlan
from runner.errors import counted
from runner.pipeline.pipeline import Pipeline
from runner.sql.quoting import Sql, quoted_name


def restore_junk(plan: ImportPlan, steps: Pipeline) -> None:
    """Give the junk values back to the rows of a batch: they are counted again."""
    warehouse = steps.warehouse
    for key in plan.identity_keys:
        warehouse.perform(
            "identifiers.restore_junk",
            rows=steps.relation("rows"),
            junk=_junk(plan),
            number=key.number,
            key=key.column,
        )


def keep_shared(steps: Pipeline) -> None:
    """Store which customers share a value, for later builds: more of them may make it junk."""
    warehouse = steps.warehouse
    warehouse.perform("identifiers.add_shared", shared=steps.relation("new_shared_values"))


def _junk(plan: ImportPlan) -> Sql:
    return quoted_name(f"{plan.name}.junk_values")


def drop_junk(plan: ImportPlan, steps: Pipeline) -> tuple[str, ...]:
    """Remove the junk values from the rows of a batch.

    Call it after the customers without these values were searched for. Returns a warning for
    each identifier that had such values.
    """
    warehouse = steps.warehouse
    shared, rows = steps.relation("new_shared_values"), steps.relation("rows")
    steps.run_now("new_shared_values")
    values: dict[str, int] = dict(warehouse.perform("identifiers.junk_values", shared=shared))
    if not values:
        return ()
    if plan.may_withhold:
        warehouse.create_temporary(_junk(plan), "identifiers.no_junk")
    counts = dict.fromkeys(values, 0)
    limits = {key.identifier: key.max_matches for key in plan.identity_keys}
    for key in plan.identity_keys:
        if key.identifier in values:
            parts = {
                "rows": rows,
                "shared": shared,
                "key": key.column,
                "identifier": key.identifier,
            }
            counts[key.identifier] += int(warehouse.value("identifiers.count_junk", **parts))
            if plan.may_withhold:
                kept = {"junk": _junk(plan), "number": key.number}
                warehouse.perform("identifiers.keep_junk", **kept, **parts)
            warehouse.perform("identifiers.drop_junk", **parts)
    steps.run_now("identities")
    return tuple(
        f"{_counted(values[name], name)} shared by more than {limits[name]}"
        f" {plan.entity.noun}{'s' * (limits[name] != 1)}:"
        f" not used to link {counts[name]:,} row{'s' * (counts[name] != 1)};"
        " `runner identity` shows what was shared"
        for name in values
    )


def ignored_warnings(plan: ImportPlan, steps: Pipeline) -> tuple[str, ...]:
    """Return a warning for each identifier with values that are ignored, or too short (P2)."""
    warehouse = steps.warehouse
    warnings = []
    for key, part in plan.ignored_parts:
        found = {"rows": steps.relation("rows"), "column": key.ignored_of(part)}
        rows, path, line = warehouse.perform("identifiers.ignored_rows", **found)[0]
        if rows:
            have = "have a value" if rows != 1 else "has a value"
            warnings.append(
                f"{counted(rows, 'row')} {have} of `{part.name}` that identifies no one, by its"
                f" `ignore` or `min_length`: the first is {path}:{line};"
                " `runner identity` shows the values"
            )
    return tuple(dict.fromkeys(warnings))


def _counted(count: int, name: str) -> str:
    return f"{count:,} values of `{name}` are" if count != 1 else f"1 value of `{name}` is"
