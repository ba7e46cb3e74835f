import sys

import pytest

from runner.errors import Location
from runner.pgp.door import PgpError, gpg_class


def test_without_the_extra_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "gnupg", None)
    with pytest.raises(PgpError) as raised:
        gpg_class(Location("connections/shop.yml", 10, 7))
    assert str(raised.value).startswith("connections/shop.yml:10:7: `pgp` needs a part")
    assert "pip install runner[pgp]" in raised.value.hint
