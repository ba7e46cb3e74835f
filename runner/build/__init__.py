"""The one orchestrator: lock, stage, copy, goals, models, swap, exports (DESIGN.md B1)."""
