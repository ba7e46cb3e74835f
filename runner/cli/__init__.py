"""The commands: each parses, calls, reports and ends with an exit code (B6)."""

from runner.cli.main import main

__all__ = ["main"]
