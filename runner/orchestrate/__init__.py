"""One build, phase by phase: lock, stage, copy, goals, models, swap, exports (B1)."""
