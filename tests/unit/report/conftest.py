import pytest


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    """Let no setting of the terminal that runs the tests decide what they see."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm-256color")
