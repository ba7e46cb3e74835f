"""One build, a file per phase, listed by `build.py` (B1); undo, redo, rollback and retry."""
