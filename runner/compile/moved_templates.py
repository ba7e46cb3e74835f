"""Built-in templates that moved: a file of the project at an old path would replace nothing."""

from collections.abc import Iterator, Mapping

from runner.definitions.sql_file import SqlFile
from runner.errors import Fault

MOVED = {
    ("erasure", "erasure"): "claims:line_owners",
    ("engines/duckdb/macros", "macros"): (
        "permission_level:has_level applied_value changed_sum consenting_members "
        "decided_owners export_column exported_groups exported_profiles folded_value "
        "format_line format_number format_property group_values_of has_level has_value "
        "held_order identifier_value identifying ignored_value is_change_of_file join_key "
        "joined_fields key_part key_value latest_consent line_in line_number line_occurrence "
        "line_origin needs_no_quotes nulled occurring_line of_customers parse_moment "
        "parse_property parse_text parse_value parse_values possible_id process_steps "
        "profile_node read_text read_values refused_members refused_profiles reject_reason "
        "rejected_text said_before seed_rows segment_title sum_limit text_list trimmed "
        "undamaged value_columns value_of_file where_parsed with_columns with_values"
    ),
    ("consent", "public"): "consent",
    ("consent", "import/consent"): (
        "no_consent:no_consent_counts permitted refused runs:consent_periods statements"
    ),
    ("events", "events"): (
        "kept_items:remaining_items lost_told:retracted_lineage new_told:new_lineage "
        "stale_told:superseded_lineage telling:batch_lineage"
    ),
    ("events", "public"): "timeline",
    ("groups", "public"): "profile_groups",
    ("import", "import/fold"): (
        "added:added_values applied_rows changed_profiles profile_counts profiles"
    ),
    ("import", "import/identity"): (
        "components contracted_edges contracted_parents decided_identifiers "
        "decided_merges edges first_components identities links merged:merges "
        "merged_values new_conflicts new_identifiers new_shared:new_shared_values "
        "people:clusters remaining_edges separated"
    ),
    ("import", "import/ledger"): (
        "last_rows link_counts:source_counts lost_additions:retracted_additions "
        "new_additions new_keys new_rejects new_rows new_sums outcomes repeated_rows "
        "stale_additions:superseded_additions stale_keys:superseded_keys "
        "stale_sums:superseded_sums taken_back:retracted_sums"
    ),
    ("import", "import/limits"): "levelled:limited_profiles",
    ("import", "import/read"): "lines repeated_headers",
    ("import", "import/join"): "rows",
    ("import", "import/consent"): "suppressed:suppressed_rows",
    ("levels", "import/limits"): "profiles:lowered_profiles sums:lowered_sums",
    ("limits", "import/limits"): "changed_entities",
    ("preview", "inspect"): (
        "exported_rows:first_exported_rows file_lines first_lines keys:link_keys "
        "link:link_sample rejected_lines rows:joined_rows"
    ),
    ("products", "import/products"): "applied_rows links new_products outcomes",
    ("products", "public"): "products",
    ("source", "project"): "lines:source_lines",
    ("tests", "project/tests"): "accepted_values not_null relationships unique",
    ("unit", "project"): "rows:stated_rows",
}
"""Old and new folder below `sql/` -> templates, as `name`, or `old_name:new_name`."""


def moved_templates() -> Iterator[tuple[str, str]]:
    """Give the old and the new path of each template that moved, below `sql/`."""
    for (old_folder, new_folder), names in MOVED.items():
        for name in names.split():
            old, _, new = name.partition(":")
            yield f"{old_folder}/{old}.sql", f"{new_folder}/{new or old}.sql"


def moved_faults(files: Mapping[str, SqlFile]) -> list[Fault]:
    """Return a fault per file of the project, by path below `models/`, at an old path."""
    return [
        Fault(
            files[old].location,
            f"the built-in template that this file replaces is now runner/sql/{new}."
            f" Move this file to models/{new}, and compare the two: the template may have changed",
        )
        for old, new in moved_templates()
        if old in files
    ]
