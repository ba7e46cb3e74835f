"""Modules that are imported in a thread while the engine reads."""

import importlib
from contextlib import suppress
from threading import Thread


def import_in_background(*names: str) -> Thread:
    """Import modules in a thread; a later `import` of one of them waits until it is there.

    The engine leaves the interpreter free while it reads. A module that cannot be imported raises
    its error at that later `import`.
    """

    def load() -> None:
        with suppress(Exception):
            for name in names:
                importlib.import_module(name)

    thread = Thread(target=load, name="import")
    thread.start()
    return thread
