"""Modules of the project, loaded from their text where its folder is not.

A cluster gets this module as its code: it imports nothing of runner.
"""

import builtins
import sys
import uuid
from collections.abc import Mapping, Sequence
from importlib.util import resolve_name
from types import ModuleType
from typing import Any


class SentModules:
    """Loads modules under names of its own: other builds may have sent others of the same names."""

    def __init__(self, files: Mapping[str, tuple[str, str]]) -> None:
        # Name -> path on the machine that runs `runner`, and text.
        self.files = files
        self._prefix = f"sent_{uuid.uuid4().hex}"

    def module(self, name: str) -> ModuleType:
        """Return a module, run when it is first asked for; raises what it raises."""
        full = f"{self._prefix}.{name}"
        if full in sys.modules:
            return sys.modules[full]
        parent, _, own = name.rpartition(".")
        package = self.module(parent) if parent else None
        path, text = self.files.get(name, ("", ""))
        module = ModuleType(full)
        module.__package__ = full if self._is_package(name) else full.rpartition(".")[0]
        module.__file__ = path
        vars(module)["__builtins__"] = {**vars(builtins), "__import__": self._import}
        sys.modules[full] = module
        try:
            exec(compile(text, path, "exec"), vars(module))  # noqa: S102 - the project's own
        except BaseException:
            del sys.modules[full]
            raise
        if package is not None:
            setattr(package, own, module)
        return module

    def forget(self) -> None:
        """Let others not find the modules any more; functions of them still work."""
        for name in [name for name in sys.modules if name.startswith(f"{self._prefix}.")]:
            del sys.modules[name]

    def _is_package(self, name: str) -> bool:
        return any(known.startswith(f"{name}.") for known in self.files)

    def _import(
        self,
        name: str,
        globals: Mapping[str, Any] | None = None,
        locals: Mapping[str, Any] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> Any:
        """Import a module of the project, or another one as Python does."""
        if level:
            package = str((globals or {})["__package__"])
            name = resolve_name("." * level + name, package).removeprefix(f"{self._prefix}.")
        if name not in self.files and not self._is_package(name):
            return builtins.__import__(name, globals, locals, fromlist or ())
        module = self.module(name)
        for part in fromlist or ():
            if f"{name}.{part}" in self.files:
                self.module(f"{name}.{part}")
        return module if fromlist else self.module(name.partition(".")[0])
