"""The documentation of a project as a static page: lineage, definitions, SQL, last builds."""
