"""What the configuration of a snapshot says: how changes are found, and what its columns are."""

from runner.definitions.model_file import ModelConfig
from runner.errors import choices, nearest
from runner.model import SNAPSHOT_COLUMNS, SnapshotPlan

KEYS = (
    *("strategy", "updated_at", "check_cols", "hard_deletes", "invalidate_hard_deletes"),
    *("dbt_valid_to_current", "snapshot_meta_column_names"),
)
"""Keys of the configuration that only snapshots have."""


def snapshot_plan(config: ModelConfig) -> SnapshotPlan | None:
    """Return the plan of a snapshot; None of another model.

    Raises ValueError where a key is missing, or stands where it means nothing.
    """
    stated = [key for key in KEYS if key in config.model_fields_set]
    if config.materialized != "snapshot":
        if stated:
            raise ValueError(f"`{stated[0]}` is for snapshots: materialized='snapshot'")
        return None
    if not config.unique_key:
        raise ValueError("a snapshot needs `unique_key`: by it rows are found again")
    if config.strategy is None:
        raise ValueError("a snapshot needs `strategy`: 'timestamp' with `updated_at`, or 'check'")
    if config.strategy == "timestamp" and not config.updated_at:
        raise ValueError("strategy='timestamp' needs `updated_at`: the column with the last change")
    if config.strategy == "check" and not config.check_cols:
        raise ValueError("strategy='check' needs `check_cols`: a list of columns, or 'all'")
    unknown = [name for name in config.snapshot_meta_column_names if name not in SNAPSHOT_COLUMNS]
    if unknown:
        guess = nearest(unknown[0], SNAPSHOT_COLUMNS)
        raise ValueError(
            f"unknown column `{unknown[0]}` in snapshot_meta_column_names.{guess}"
            f" Allowed: {choices(SNAPSHOT_COLUMNS)}"
        )
    is_all = [name.lower() for name in config.check_cols] == ["all"]
    invalidates = config.invalidate_hard_deletes and "hard_deletes" not in config.model_fields_set
    names = {name: name for name in SNAPSHOT_COLUMNS} | config.snapshot_meta_column_names
    return SnapshotPlan(
        strategy=config.strategy,
        updated_at=config.updated_at,
        check_cols=() if is_all else config.check_cols,
        hard_deletes="invalidate" if invalidates else config.hard_deletes,
        current_end=config.dbt_valid_to_current,
        names=names,
    )
