"""A proposal goes into the files that are there, and changes nothing else in them."""

import pytest

from runner.propose.project_files import with_block

GOAL = "- name: two\n  kind: import_profiles\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "connection: shop\ngoals:\n  - name: one # first\n\ntitle: Shop\n",
            "connection: shop\ngoals:\n  - name: one # first\n\n  - name: two\n"
            "    kind: import_profiles\n\ntitle: Shop\n",
        ),
        ("goals:\n- name: one\n", "goals:\n- name: one\n\n- name: two\n  kind: import_profiles\n"),
        ("goals: []\n", "goals:\n  - name: two\n    kind: import_profiles\n"),
        ("name: a\n", "name: a\ngoals:\n  - name: two\n    kind: import_profiles\n"),
        (
            "goals:\n    # a comment\n    - name: one",
            "goals:\n    # a comment\n    - name: one\n\n    - name: two\n"
            "      kind: import_profiles\n",
        ),
    ],
)
def test_goal_is_put_behind_those_that_are_there(before, after):
    assert with_block(before, "goals", GOAL) == after
