"""Models of `runner/sql/inspect/`."""

from runner.compile.library import Library
from runner.model import Materialization, Model
from runner.sql.quoting import Sql


def preview_model(
    library: Library,
    template: str,
    relation: Sql,
    materialization: Materialization,
    **variables: object,
) -> Model:
    """Return the model of a template; `relation` is the quoted name of its rows."""
    sql, locations = library.render(f"inspect/{template}.sql", {"relation": relation, **variables})
    return Model(
        name=template,
        sql=sql,
        relation=relation,
        materialization=materialization,
        path=f"inspect/{template}.sql",
        locations=locations,
    )
