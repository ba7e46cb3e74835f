"""Files of a goal that are looked for in a place that is not there."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from runner.definitions.import_goal import ImportProfiles
from runner.errors import RemoteError
from runner.imports.found_files import FoundFiles
from runner.imports.intake import Intake
from runner.stage.matched_files import MatchedFiles
from runner.warehouse.imported_file import ImportedFile
from runner.warehouse.ledger import Ledger


def goal(optional=False):
    written = {
        "name": "people",
        "kind": "import_profiles",
        "files": {"people": {"path": "otu/people.csv", "optional": optional}},
        "identify": {"by": [{"email": "email"}]},
    }
    return ImportProfiles.model_validate(written)


def intake(ledger, optional=False):
    nothing = MatchedFiles((), ())
    found = FoundFiles({"people": nothing}, (), missing={"people": "cannot list 'otu'"})
    made = Intake(goal(optional), "shop.people", SimpleNamespace(staging=None), ledger)
    made.find = lambda: found
    return made


def test_place_of_a_bucket_where_nothing_ever_was_is_an_error():
    with pytest.raises(RemoteError, match="cannot list 'otu'") as raised:
        intake(Ledger()).choose_and_download("b1", False)
    assert "nothing was sent there yet" in raised.value.hint


def test_place_of_a_bucket_that_was_emptied_is_none():
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    file = ImportedFile(1, "shop.people", "people", "otu/p.csv", 1, moment, "ab", "f", "b1", True)
    ledger = Ledger((file,))
    assert intake(ledger).choose_and_download("b2", False).batch is None
    assert intake(Ledger(), optional=True).choose_and_download("b1", False).batch is None
