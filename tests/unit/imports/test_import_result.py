"""What a goal says that has nothing to import."""

import pytest

from runner.imports.file_choice import FileChoice
from runner.imports.found_files import FoundFiles
from runner.imports.import_result import unchanged_goal
from runner.remote.file import listed_file
from runner.stage.matched_files import MatchedFiles
from tests.unit.imports.test_intake import goal

FILE = listed_file("otu/people.csv", 1, 0)
NONE = "no file matches otu/people.csv"


@pytest.mark.parametrize(
    ("files", "ignored", "known", "message"),
    [
        ((), (), 0, f"{NONE}; `runner scan` shows those there are"),
        ((), (), 2, f"{NONE} any more: 2 files imported before"),
        ((), ((FILE, "done"),), 1, "nothing new: 1 file imported before"),
        ((FILE,), (), 1, "nothing new: 1 file imported before"),
    ],
)
def test_pattern_that_matches_nothing_is_not_the_same_as_nothing_new(
    files, ignored, known, message
):
    choice = FileChoice(FoundFiles({"people": MatchedFiles(files, ignored)}, ()), None)
    assert unchanged_goal("shop.people", goal(), choice, known).message == message
