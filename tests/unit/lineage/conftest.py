"""A project on disk, with every kind of node; nothing of it is built."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from runner.workspace.workspace import Workspace, open_workspace

FILES = {
    "runner_project.yml": "name: shop\n",
    "models/properties.yml": """\
        properties:
          email: {identifier: true, pii: true}
          spend:
            # In euros.
            title: Spend
            type: decimal
          postal_code: {group: area}
          unused: text
        """,
    "models/groups/area.yml": "properties: {code: {identifier: true}, city: text}\n",
    "connections/shop.yml": """\
        connection: shop
        type: local
        labels: [sales]
        goals:
          - name: orders
            kind: import_profiles
            tags: [daily]
            files:
              lines: {path: "lines_*.csv"}
              people:
                path: people.csv
                join: {id: lines.person}
            process:
              - set: {mail: "lower(people.mail)"}
            identify: {by: [{email: mail}]}
            map:
              spend: {from: lines.amount, strategy: sum, }
              postal_code: people.code
            map_rest: {prefix: rest_}
            events:
              - type: order
                id: lines.number
                at: lines.at
                nested: {product: {id: lines.sku}}
                product_store: true
          - name: areas
            kind: import_groups
            group_type: area
            files: {areas: areas.csv}
            identify: {by: [{code: code}]}
            map: {city: city}
          - name: out
            kind: export_profiles
            segment: vip
            directory: in
            file_name: vip.csv
            columns:
              - {header: MAIL, property: email, hash: sha256}
              - {header: BIG, expression: "spend > 10"}
              - {header: TEXT, text: "spend and unused"}
        """,
    "models/segments/vip.sql": """\
        -- unused
        select profile_id from {{ ref('profiles') }} where SPEND > 10
        """,
    "models/marts/per_area.sql": """\
        select code, 'unused' as note from {{ ref('groups_area') }}
        inner join {{ ref('timeline') }} as timeline on true
        """,
    "models/marts/per_area.yml": """\
        models:
          - name: per_area
            description: One row per area
            columns:
              - name: code
                description: The area
                tests: [not_null, {accepted_values: {values: [a, b]}}]
        """,
}


@pytest.fixture
def workspace(tmp_path: Path) -> Callable[..., Workspace]:
    """Write the project, some files of it changed, and open it."""

    def write(**changed: str) -> Workspace:
        for name, text in {**FILES, **changed}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), encoding="utf-8")
        return open_workspace(tmp_path)

    return write
