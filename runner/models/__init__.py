"""The project's own SQL: models, segments, tests and unit tests, and `source()`."""
