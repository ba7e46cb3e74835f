"""What each page of the documents promises, and the test that holds it.

The tables of keys, the options, the examples and the messages of the pages are compared with the
code by `test_docs.py`; here are the sentences that no table holds. A sentence that changes, or a
test that goes, fails here.
"""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ELSEWHERE = {
    "cookbook.md": "examples of what the other pages promise",
    "decisions.md": "tells why things are as they are",
    "errors.md": "test_docs.py",
    "faq.md": "leads to the pages that promise it",
    "first-project.md": "test_add.py",
    "full-refresh.md": "leads to the pages that promise it",
    "glossary.md": "test_docs.py",
    "reading.md": "test_reading_docs.py",
    "rules.md": "test_rules.py",
    "servers.md": "test_servers_docs.py",
    "troubleshooting.md": "leads to the pages that promise it",
}
"""Pages whose statements are compared as a whole -> by what."""
CLAIMS = {
    "backup.md": {
        "a build that begins meanwhile waits (`--wait`) or ends with 3": "unit/warehouse/test_lock.py::test_lock_that_another_program_holds_is_respected",
        "It makes the same warehouse, with the same ids, from the files that the history lists": "functional/test_recovery.py::test_lost_warehouse_is_told_and_made_anew_from_the_staged_files",
        "A build ends with an error instead, where receipts are there": "functional/test_suppression.py::test_lost_list_is_an_error",
        "A warehouse that cannot be read is refused, too": "functional/test_recovery.py::test_lost_warehouse_is_told_and_made_anew_from_the_staged_files",
        "An export whose file was written after the backup, with other content, fails": "functional/test_exports.py::test_file_of_somebody_else_is_left_alone_x2",
    },
    "artifacts.md": {
        "Tools that read dbt's manifests read it": "functional/test_manifest.py::test_parser_of_dbt_artifacts_reads_it",
        "`docs`, `metrics`, `groups`, `selectors`": "functional/test_manifest.py::test_page_of_artifacts_has_each_key",
        "by which `strategy`": "functional/test_manifest.py::test_column_says_which_goal_fills_it_from_what",
        "None of them holds secrets or values": "functional/test_canaries.py::test_no_canary_in_output_logs_artifacts_compiled_sql_history_and_mails",
        "has the keys of dbt's `run_results.json`, and more": "unit/test_artifacts_docs.py::test_run_results_have_the_keys_of_the_page",
        "and one line `done`": "unit/test_artifacts_docs.py::test_last_line_of_a_log_has_the_keys_of_the_page",
        "With `webhook_form: json`": "unit/test_artifacts_docs.py::test_webhook_has_the_keys_of_the_page",
        "has them for the last 200 builds": "functional/test_history.py::test_log_of_each_build_is_kept_and_old_ones_go",
        "`progress` lines come at most once a second": "unit/report/test_json_log.py::test_progress_is_written_once_a_second_and_when_it_is_complete",
        "Anything else, a redirect, or none within `timeout`": "unit/notify/test_sending.py::test_webhook_that_answers_something_else_was_not_told",
        "An `error` comes once per fault": "unit/orchestrate/test_notify_phase.py::test_outage_is_told_once_however_its_words_change",
        "messages name the host alone": "unit/notify/test_sending.py::test_webhook_gets_the_object_and_a_refusal_tells_the_host_alone",
    },
    "bi-tools.md": {
        "also while a build runs": "functional/test_many_readers.py::test_many_readers_never_fail_never_see_half_a_build_and_hold_up_none",
        "A reader keeps the file that it opened": "functional/test_readers.py::test_reader_keeps_the_warehouse_that_it_opened",
        "is for the user alone who runs runner": "functional/test_file_modes.py::test_files_of_builds_are_private_and_files_for_others_are_as_the_umask_says",
        "a build that fails leaves the last good one": "functional/test_readers.py::test_failed_build_leaves_the_last_good_data",
        "`runner forget` erases people from the warehouse and its kept builds": "functional/test_forget.py::test_kept_warehouse_is_rid_of_the_person_and_rollback_brings_nobody_back",
        "A view cannot call `telephone_number`": "unit/engine/test_shared_files.py::test_view_with_a_function_of_runner_is_for_runner_alone",
        "share one opened file": "unit/engine/test_shared_files.py::test_connections_of_a_process_share_the_file_that_is_open",
        "An exclusive lock of DuckDB": "unit/engine/test_shared_files.py::test_who_opens_a_file_for_writing_locks_readers_out",
        "What changed since": "unit/engine/test_shared_files.py::test_warehouses_are_compared_and_their_views_read_under_any_name",
        "as many as [`keep_builds`](project.md#target) says": "functional/test_safety.py::test_previous_warehouses_are_kept_and_no_more_than_asked_for",
        "so that only one build runs. Readers do not look at it": "functional/test_safety.py::test_commands_that_only_look_do_not_wait_for_a_build",
    },
    "buckets.md": {
        "A package that is missing is named": "unit/remote/test_filesystem.py::test_missing_package_is_named",
        "A bucket that does not exist is an error": "unit/remote/test_filesystem.py::test_place_that_does_not_exist_is_an_error_and_an_empty_bucket_is_not",
        "A source reads the keys directly below it": "unit/remote/test_filesystem.py::test_entry_outside_the_directory_is_refused_f1",
        "use `options`": "unit/remote/test_filesystem.py::test_settings_are_passed_on",
        "are not replaced": "functional/test_exports.py::test_file_of_somebody_else_is_left_alone_x2",
        "`transfer_timeout`, `retries` and `backoff` count": "unit/remote/test_filesystem.py::test_broken_transfer_begins_again",
        "The rights are in": "unit/test_examples.py::test_policy_for_a_bucket_has_the_rights_that_goals_need",
    },
    "commands.md": {
        "plain text, as by `--no-use-colors`": "unit/report/test_terminal.py::test_no_color_in_the_environment_takes_away_bold_too",
        "It goes before `FORCE_COLOR`": "unit/report/test_terminal.py::test_no_color_goes_before_force_color",
        "no progress bars and no colours": "unit/report/test_terminal.py::test_dumb_terminal_has_neither_bars_nor_colours",
        "colours and bars on a terminal, and neither in a pipe or a file": "unit/report/test_terminal.py::test_colours_need_a_terminal",
        "Certificates of authorities that a mail server": "functional/test_notifications.py::test_mail_goes_encrypted_and_with_a_login",
        "A goal that fails is rolled back alone": "functional/test_safety.py::test_failing_goal_fails_alone",
        "A model that fails keeps its last content": "functional/test_mistakes.py::test_sql_error_in_a_mart_points_at_its_line_and_the_rest_goes_on",
        "Exports below a failed import or model are": "functional/test_on_error.py::test_export_below_a_failed_import_is_skipped_and_retry_sends_it",
        "A test of severity `error` that fails keeps the whole build from being published": "functional/test_safety.py::test_failing_test_keeps_the_build_from_being_published",
        "SIGTERM and Ctrl-C end a build after the current step": "functional/test_stopping.py::test_sigterm_ends_after_the_model_at_hand_and_the_next_build_does_it_all",
        "A build that was killed, at any point, leaves nothing behind that disturbs the next one": "functional/test_kill.py::test_killed_at_twenty_moments_the_next_build_ends_the_same",
        "with a selection of models alone makes their tables again": "functional/test_unit_tests.py::test_incremental_model_is_tested_before_its_table_is_there",
        "`--allow-missing` goes on without such files": "functional/test_staging_care.py::test_f11_a_damaged_file_that_is_gone_from_its_server_is_reported",
        "exports that succeeded are not sent again": "functional/test_retry.py::test_failed_model_runs_again_and_what_went_well_does_not",
        "the first build after the reason is gone applies them": "functional/test_retried_rows.py::test_rows_find_profiles_that_come_later_in_any_cut_of_builds",
        "A chained file has no rows of its own, and cannot be undone": "functional/test_undo.py::test_names_are_found_or_refused_with_the_nearest",
    },
    "connections.md": {
        "one that leaves it with `..` is refused": "functional/test_sftp_exchange.py::test_path_that_climbs_out_is_refused_f1",
        "A link that leads out of the folder is refused too": "unit/remote/test_local.py::test_odd_names_and_links_out_are_refused_f1",
        "Time-outs, broken connections and broken transfers are tried again": "functional/test_sftp_exchange.py::test_connection_cut_in_mid_file_is_tried_again",
        "A server that can only be reached through another one has `proxy_jump`": "functional/test_sftp_authentication.py::test_server_is_reached_through_another_one",
        "or both if the server wants both": "functional/test_sftp_authentication.py::test_server_that_wants_key_and_password_gets_both",
    },
    "consent.md": {
        "a full dump does not undo a withdrawal that came in between": "functional/test_consent.py::test_withdrawal_outlives_each_version_of_a_dump",
        "The order of arrival does not matter": "property/test_consent_order.py::",
        "A refusal by someone without a profile": "functional/test_consent.py::test_refusal_of_an_unknown_person_counts_when_a_link_to_it_comes",
        "Rows without consent link no one": "functional/test_consent_identity.py::test_rows_without_consent_merge_nobody",
        "Members of the segment without consent are not exported": "functional/test_consent_exports.py::test_members_without_consent_are_left_out_counted_and_removed",
        "the first build after the person has consented applies it": "functional/test_consent.py::test_rows_without_consent_are_pending_and_applied_when_the_person_consents",
        "A value above the level of its profile is not kept": "functional/test_permission_levels.py::test_values_above_the_level_of_a_profile_are_neither_kept_nor_exported",
    },
    "erasure.md": {
        "No value is ever shown": "functional/test_suppression.py::test_receipt_list_and_messages_hold_no_value",
        "every row of every table that has a column of profile ids": "functional/test_forget.py::test_every_table_is_erased_from_or_holds_nobody",
        "The same rows of each kept warehouse": "functional/test_forget.py::test_kept_warehouse_is_rid_of_the_person_and_rollback_brings_nobody_back",
        "Run it again. The person is put on the list first": "functional/test_forget.py::test_killed_forget_is_completed_by_the_next",
        "is found in upper or lower case": "functional/test_suppression.py::test_person_is_forgotten_and_suppressed_in_every_spelling_of_an_address",
        "The list knows which identifiers belong to one person": "functional/test_suppression.py::test_list_links_the_identifiers_of_a_person_in_later_files",
        "what the warehouse has of them stays": "functional/test_suppression.py::test_what_the_warehouse_has_of_a_suppressed_person_stays_whatever_is_made_again",
        "without it, a build that needs it ends with an error": "functional/test_suppression.py::test_lost_list_is_an_error",
    },
    "engines.md": {
        "Files are written once and never changed": "unit/engine/spark/test_pointer_store.py::test_readers_never_see_half_a_build",
        "Six hours after no pointer names a folder any more": "unit/engine/spark/test_pointer_store.py::test_folder_without_a_name_is_removed_after_the_time_of_grace",
        "imports nothing again, also where macros make other SQL": "spark/test_spark_migrate.py::test_build_after_a_migration_applies_nothing_and_later_files_as_duckdb_does",
        "removes all folders that no version names at once": "unit/engine/spark/test_pointer_store.py::test_folders_without_a_name_are_removed_at_once_when_persons_are_erased",
        "the second one is not published": "unit/engine/spark/test_pointer_store.py::test_second_of_two_builds_at_a_time_is_not_published",
        "by a conditional write": "spark/test_bucket_storage.py::test_object_is_written_where_nobody_wrote_it_since",
        "Other places are refused": "unit/engine/spark/test_pointer_store.py::test_places_without_conditional_writes_are_refused",
        "It reads the warehouse and no other files": "unit/engine/spark/test_sql_text.py::test_locked_query_reads_the_warehouse_alone",
        "tables are equal to DuckDB's": "spark/test_spark_build.py::test_tables_of_both_engines_are_equal_and_nothing_is_applied_twice",
    },
    "events.md": {
        "One changed line never loses": "functional/test_corrected_events.py::test_items_and_events_follow_the_lines_that_hold_them",
        "three files in one build give the same as in three builds": "functional/test_events.py::test_files_one_by_one_end_as_all_at_once",
        "An event without a time or a profile is left out": "functional/test_events.py::test_events_without_time_or_profile_are_counted_and_listed",
        "removes its item from the list it was in": "functional/test_corrected_events.py::test_deleted_lines_take_their_items_and_at_last_the_event",
        "fills the same table from a product catalogue": "functional/test_events.py::test_product_feed_fills_products_and_goes_before_orders",
    },
    "export.md": {
        "is never replaced and never removed": "functional/test_exports.py::test_file_of_somebody_else_is_left_alone_x2",
        "A removed line never holds what no file held before": "unit/exports/test_removed_lines.py::",
        "If nothing changed, nothing is sent": "functional/test_exports.py::test_changes_since_the_last_export_are_sent_x4",
        "Exports run after the new warehouse is published": "functional/test_on_error.py::test_export_of_a_build_that_is_not_published_is_skipped_and_retry_sends_it",
        "Encryption comes after compression": "functional/test_pgp.py::test_export_is_signed_and_compressed_inside",
    },
    "from-blueconic.md": {
        "one below the other, are one file": "unit/test_from_blueconic_docs.py::test_pieces_are_one_connection_of_a_project_without_a_mistake",
        "the letters of Java are translated": "unit/test_from_blueconic_docs.py::test_format_of_the_product_is_read_as_the_page_says",
        "is refused at its line": "unit/test_from_blueconic_docs.py::test_each_letter_of_the_page_is_known",
        "are exported that have a value in at least one mapped property": "functional/test_exports.py::",
        "rows that were applied before are `unchanged`": "functional/test_ledger.py::",
        "runner connects only to a server whose key is written down": "functional/test_sftp_host_key.py::",
    },
    "from-dbt.md": {
        "models, tests, seeds, snapshots, macros and exposures are written as there": "unit/models/test_project_of_dbt.py::test_project_of_dbt_is_built_and_grows",
        "is an error at its line, with what to do instead": "unit/orchestrate/test_compile_mistakes.py::test_mistake_is_one_message_at_its_line",
    },
    "groups.md": {
        "Groups and members can be imported in any order": "functional/test_groups.py::test_people_belong_to_several_groups_known_and_unknown",
        "sends the groups of a type, ordered by id": "functional/test_group_exports.py::test_files_hold_what_groups_and_members_have",
    },
    "identity.md": {
        "are one customer, directly or through others": "functional/test_identity.py::test_rows_find_their_customers_over_files_goals_and_builds",
        "is compared, and stored, in one form": "functional/test_identity.py::test_spellings_of_a_value_are_one_customer",
        "A profile never holds more values of an identifier than its `limit`": "functional/test_conflicts.py::test_limit_of_an_identifier_ends_in_the_same_profiles_however_rows_are_cut",
        "Its id stays. The ids of the others become aliases": "functional/test_merge.py::test_profiles_become_the_oldest_each_property_by_its_rule",
        "with file and line of the first": "functional/test_identity_report.py::test_report_shows_what_holds_profiles_and_groups_together",
        "Such a value of an identifier links no one": "functional/test_identity.py::test_values_that_a_spreadsheet_damaged_link_no_one_unless_they_are_allowed",
        "the two values never belong to one customer": "functional/test_decisions.py::test_separate_values_are_never_one_customer",
    },
    "import.md": {
        "An empty key has no partner": "functional/test_joins.py::test_blanks_and_empty_keys_find_no_partner",
        "`sum` still": "functional/test_joins.py::test_several_postal_rows_per_customer_do_not_multiply_sums",
        "If no key finds a partner in a file, the build warns": "functional/test_joins.py::test_links_compare_expressions_and_one_without_any_partner_is_a_warning",
        "A file of which every line is set aside is a warning": "functional/test_wrong_formats.py::test_r12_file_of_which_every_line_is_set_aside_is_a_warning",
        "Columns are found by name; their order does not matter": "functional/test_drift.py::test_another_order_of_columns_changes_nothing",
        "the build that creates its profile": "functional/test_retried_rows.py::test_rows_find_profiles_that_come_later_in_any_cut_of_builds",
        "A file that arrives late brings no old value back": "functional/test_ledger.py::test_late_file_brings_no_old_value_back",
    },
    "models.md": {
        "The file is written once the build is published, whole or not at all": "functional/test_external_models.py::test_files_are_whole_and_of_the_published_build_alone",
        "A full refresh that cannot make a table of the warehouse again is not published": "functional/test_unit_tests.py::test_incremental_model_is_tested_before_its_table_is_there",
        "An incremental model may give other columns than its table has": "unit/engine/test_materializations.py::test_columns_of_an_incremental_model_change_as_it_says",
        "or one that cannot run, keeps the build from being published": "functional/test_unit_tests.py::test_test_that_cannot_run_keeps_the_build_from_being_published",
        "it is removed when the test passes": "unit/models/test_data_test.py::test_stored_failures_are_those_of_the_last_run",
        "For the main source these are all files that the goal imported": "functional/test_sources.py::test_model_reads_the_lines_of_all_files_that_were_imported",
        "A segment without a column `profile_id` fails": "functional/test_mistakes.py::test_segment_without_profile_id_fails_with_its_export",
    },
    "orchestrators.md": {
        "To start a build again is always safe": "functional/test_kill.py::test_killed_at_twenty_moments_the_next_build_ends_the_same",
        "which tries again after 3 and 4": "unit/test_examples.py::test_script_tries_again_where_it_may_help",
        "but not after 1 and 2": "unit/test_examples.py::test_codes_that_are_tried_again_are_those_where_it_may_help",
        "It raises `RetryRequested` after 3, 4 and a signal": "unit/test_examples.py::test_task_asks_for_another_try_where_it_may_help",
        "a build ends after the current step": "functional/test_stopping.py::test_sigterm_ends_after_the_model_at_hand_and_the_next_build_does_it_all",
    },
    "project.md": {
        "Every file is read strictly": "unit/definitions/test_faults.py::test_fault_is_reported_at_its_line_and_column",
        "A variable that is not set and has no default is an error where it is used": "functional/test_mistakes.py::test_environment_variable_that_is_not_set_is_told_at_its_line",
        "are in no message, log, history or artifact": "functional/test_canaries.py::test_no_canary_in_output_logs_artifacts_compiled_sql_history_and_mails",
        "YAML values are read as they are written": "functional/test_values.py::test_constant_counts_as_it_is_written",
    },
    "running.md": {
        "a second one says who runs them, and ends with 3": "unit/schedule/test_service.py::",
        "is made up for once": "functional/test_schedule.py::test_run_missed_for_years_is_made_up_for_once_and_sigterm_ends_it_well",
        "Changed definitions, decisions and Python steps are read within seconds": "functional/test_schedule.py::test_changed_definitions_are_taken_and_wrong_ones_told",
        "The lines of each build are also in `target/logs/`": "functional/test_history.py::test_log_of_each_build_is_kept_and_old_ones_go",
        "A plain build refuses if the warehouse is missing": "functional/test_recovery.py::test_lost_warehouse_is_told_and_made_anew_from_the_staged_files",
        "files that came longer ago are removed at the end of a build": "functional/test_staging_care.py::test_files_past_their_retention_are_dropped_and_nothing_is_lost_silently",
        "the build warns and goes on": "functional/test_history.py::test_history_that_cannot_be_written_takes_nothing_back",
    },
    "security.md": {
        "A model of a build can read every file of that user": "unit/models/test_locked_tests.py::test_command_test_can_read_no_files_and_writes_failures_alone",
        "`env_var()` is refused in a query": "unit/inspect/test_query.py::test_template_of_a_query_does_not_read_the_environment",
        "A locked engine: no other file, no network, no setting": "unit/inspect/test_query.py::test_query_can_neither_read_nor_write_outside_the_warehouse",
        "only parse the file": "functional/test_serve.py::test_pages_show_the_project_and_run_nothing_of_it",
        "files 0600, folders 0700": "functional/test_file_modes.py::test_files_of_builds_are_private_and_files_for_others_are_as_the_umask_says",
        "No values of people and no secrets": "functional/test_canaries.py::test_no_canary_in_output_logs_artifacts_compiled_sql_history_and_mails",
        "refused before the user name or anything else is sent": "functional/test_sftp_host_key.py::test_nothing_about_the_user_is_sent_before_the_key_is_known",
        "Only the keys and passwords that are declared are used": "functional/test_sftp_authentication.py::test_no_keys_but_the_declared_one_are_used",
        "Requests with another host name, or of another site, are refused": "unit/web/test_guard.py::test_name_of_another_host_is_refused_also_with_the_token",
        "of at least 16 characters and readable by its owner alone": "unit/web/test_server.py::test_token_of_a_file_is_long_and_private",
        "`--host` with another address needs `--token-file`": "functional/test_serve.py::test_address_that_others_reach_needs_a_token_file",
        "a bomb costs its file, not the build": "functional/test_archives.py::test_f7_archive_beyond_the_bounds_fails_its_goal",
    },
    "plan.md": {
        "builds with the files that are on the servers now": "functional/test_plan.py::test_plan_comes_true_and_changes_nothing_itself",
        "The exit code is that of the build": "functional/test_plan.py::test_plan_of_a_build_that_fails_has_its_code_and_its_reasons",
        "The plan then shows what was kept back": "functional/test_plan.py::test_plan_of_a_build_that_fails_has_its_code_and_its_reasons",
        "it waits for none, and none waits for it": "functional/test_plan.py::test_plan_comes_true_and_changes_nothing_itself",
        "Servers are only read": "unit/remote/test_read_only.py::test_files_would_be_sent_renamed_and_removed",
        "A plan that was killed leaves the folder": "unit/workspace/test_temporary_copy.py::test_copy_of_a_killed_process_is_removed_and_one_in_use_stays",
        "what is longer is cut, examples first": "unit/report/test_plan.py::test_long_markdown_is_cut_examples_first",
        "is a workflow that comments the plan": "unit/test_examples.py::test_plan_of_a_pull_request_is_written_and_then_commented_by_people_who_may_write",
    },
    "sizing.md": {
        "Profiles are folded in slices that fit": "functional/test_memory.py::test_slices_give_the_same_profiles",
        "Each published build counts for `keep_builds`": "functional/test_safety.py::test_previous_warehouses_are_kept_and_no_more_than_asked_for",
        "A full disk ends a build with 1, at whatever point": "functional/test_full_disk.py::test_full_disk_here_is_told_at_whatever_point_and_the_next_build_ends_right",
        "is compressed to about a fifth": "functional/test_staging_care.py::test_compressed_files_give_the_same_as_the_originals",
        "shows what removing files would free and cost": "functional/test_staging_care.py::test_clean_shows_what_would_be_lost_before_it_removes",
        "the last 200 stay": "functional/test_history.py::test_log_of_each_build_is_kept_and_old_ones_go",
    },
    "upgrade.md": {
        "A build changes the tables of its copy": "functional/test_format.py::test_warehouse_of_an_older_runner_gets_what_it_lacks_and_imports_nothing_twice",
        "refuses it: `a newer runner made the warehouse`": "functional/test_format.py::test_warehouse_of_a_newer_runner_is_refused_and_made_anew_when_asked",
        "Each command that opens it brings it up to date": "unit/history/test_history.py::test_history_of_an_earlier_version_is_kept_and_goes_on",
        "refuses it: `written by a newer runner`": "unit/history/test_history.py::test_a_history_of_a_newer_version_is_left_alone",
        "is an error that names the new path": "functional/test_definition_changes.py::test_own_form_of_a_template_that_moved_is_a_fault",
        "Sums, lists and events are retracted first": "functional/test_definition_changes.py::",
    },
    "warehouse.md": {
        "are for the user alone who runs runner": "functional/test_file_modes.py::test_files_of_builds_are_private_and_files_for_others_are_as_the_umask_says",
        "A build updates the tables of an older runner": "functional/test_format.py::test_warehouse_of_an_older_runner_gets_what_it_lacks_and_imports_nothing_twice",
        "one row per id that a customer had before profiles were": "functional/test_merge.py::test_profiles_become_the_oldest_each_property_by_its_rule",
    },
}  # fmt: skip
"""Page -> a sentence, or the part of it that says what is promised -> the test that holds it."""


@cache
def text_of(path: Path) -> str:
    """Return a file with its white space as single blanks, and without marks of bold text."""
    return re.sub(r"\s+", " ", path.read_text(encoding="utf-8").replace("**", ""))


def test_every_page_names_what_it_promises() -> None:
    pages = {path.name for path in (ROOT / "docs").glob("*.md")}
    unnamed = sorted(pages - {*CLAIMS, *ELSEWHERE})
    assert unnamed == [], "name what these pages promise in CLAIMS, or what holds all of it"


@pytest.mark.parametrize("page", CLAIMS)
def test_claims_of_a_page_stand_there_and_a_test_holds_each(page: str) -> None:
    for claim, test in CLAIMS[page].items():
        assert claim in text_of(ROOT / "docs" / page), claim
        file, _, name = test.partition("::")
        source = (ROOT / "tests" / file).read_text(encoding="utf-8")
        assert f"def {name or 'test_'}" in source, test
