"""The page of a project, for `runner serve`: connections, goals, exports, builds, people, SQL."""
