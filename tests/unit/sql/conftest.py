"""Which tests run where ENGINE names Spark: those whose rows and macros it can be given."""

from tests.unit.sql.engine import ENGINE

MACROS = """
    blank_characters consenting_members content_hash decided_owners earlier_suppression_hash
    exact_sum exported_groups exported_profiles format_offset group_values_of has_level
    has_value holds_person in_slice invisible_characters is_change_of_file join_items
    joined_rows json_of last_of_columns latest_consent line_occurrence line_origin merged_value
    needs_no_quotes occurring_line of_customers one_row_each parse_value partner_key python_call
    process_steps read_lines read_moment read_offset read_rejects read_values refused_members
    refused_profiles row_id row_order said_before seed_rows rows_with_links sql_type stable_uuid
    suppression_hash with_columns with_values zone_offset
"""
"""Macros whose tests write SQL of DuckDB, or that Spark lacks."""
MODELS = """
    erasure/line_owners erasure/listed_values import/consent/released_files
    import/fold/profiles import/fold/value_changes import/identity/found_files
    import/limits/changed_entities import/read/lines
"""
"""Templates that do not run there yet, or whose tests read the tables of DuckDB themselves."""
FOLDERS = ("export", "inspect", "project", "public")
"""Folders whose tests run DuckDB, whatever the engine is."""

collect_ignore: list[str] = []
if ENGINE != "duckdb":
    collect_ignore += [f"macros/test_{name}.py" for name in MACROS.split()]
    for name in MODELS.split():
        folder, _, model = name.rpartition("/")
        collect_ignore.append(f"{folder}/test_{model}.py")
    collect_ignore += FOLDERS
