"""A real browser, Debian's Chromium, driven by Playwright; it reaches nothing but this machine."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

CHROMIUM = os.environ.get("CHROMIUM", "chromium")
PATIENCE = 30_000
"""Milliseconds after which what a page should show counts as missing."""


@dataclass
class Opened:
    """A page that is open, and what went wrong in it."""

    page: "Page"
    faults: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note errors of scripts, refused loads, and windows that ask something."""
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("dialog", lambda dialog: self.faults.append(f"dialog {dialog.message}"))
        self.page.on("console", self._note)

    def _note(self, line: "ConsoleMessage") -> None:
        if line.type in ("error", "warning"):
            self.faults.append(line.text)

    def shows(self, selector: str) -> list[str]:
        """Return the texts of elements, in order, hidden ones too."""
        return self.page.locator(selector).all_text_contents()


@dataclass
class Window:
    """Opens pages in a browser."""

    browser: "Browser"
    opened: list[Opened] = field(default_factory=list)

    def open(self, address: str, width: int = 1280, height: int = 800, **options: Any) -> Opened:
        """Open a page in a window of its own, without what others stored."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="light",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        found = Opened(context.new_page())
        found.watch()
        found.page.goto(address)
        self.opened.append(found)
        return found

    def close(self) -> None:
        """Close all pages."""
        for item in self.opened:
            item.page.context.close()
        self.opened.clear()


@pytest.fixture(scope="module")
def chromium() -> "Iterator[Browser]":
    """Give a browser without windows; it starts once in a module.

    As long as it runs, no other test of the process can run an event loop of its own.
    """
    path = shutil.which(CHROMIUM)
    assert path, "there is no chromium: tests/servers/install.sh installs it"
    # Loaded here: few tests need it, and all tests load this module.
    with import_module("playwright.sync_api").sync_playwright() as playwright:
        # Chromium's own sandbox needs rights that containers and root do not have.
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: "Browser") -> Iterator[Window]:
    """Give what opens pages; nothing may have gone wrong in them."""
    window = Window(chromium)
    yield window
    faults = [fault for item in window.opened for fault in item.faults]
    window.close()
    assert faults == []
