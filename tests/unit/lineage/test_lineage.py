"""What the lineage of a project says that each node takes from others."""

import pytest

from runner.lineage.lineage import project_lineage

HEADERS = {
    "shop.orders": {
        "lines": ("person", "amount", "number", "at", "sku"),
        "people": ("id", "mail", "code", "Shoe size"),
    },
    "shop.areas": {"areas": ("code", "city")},
}


@pytest.fixture
def lineage_of(workspace):
    def read(headers=HEADERS, **changed):
        opened = workspace(**changed)
        environment = opened.library.environment
        return project_lineage(opened.project, opened.compiled(), environment, headers)

    return read


def parents(lineage, name):
    return sorted(edge.parent for edge in lineage.edges if edge.child == name)


def test_data_goes_from_files_through_goals_and_properties_to_exported_files(lineage_of):
    lineage = lineage_of()
    goal = "import_profiles.shop.orders"
    assert parents(lineage, goal) == ["file.shop.orders.lines", "file.shop.orders.people"]
    assert parents(lineage, "property.spend") == [goal]
    assert "property.spend" in parents(lineage, "table.profiles")
    assert parents(lineage, "segment.vip") == ["property.spend", "table.profiles"]
    assert parents(lineage, "event.order") == [goal]
    assert parents(lineage, "event.order.product") == [goal]
    assert parents(lineage, "table.products") == [goal]
    assert parents(lineage, "group.area") == ["import_groups.shop.areas", "property.postal_code"]
    assert parents(lineage, "model.per_area") == ["group.area", "table.timeline"]
    assert parents(lineage, "test.not_null_per_area_code") == ["model.per_area"]
    assert parents(lineage, "exported_file.shop.out") == ["export_profiles.shop.out"]


def test_export_reads_its_segment_and_the_properties_that_it_sends_or_computes_with(lineage_of):
    lineage = lineage_of()
    assert parents(lineage, "export_profiles.shop.out") == [
        *("property.email", "property.spend", "segment.vip", "table.profiles")
    ]
    of_column = {edge.parent for edge in lineage.edges if edge.of_column}
    assert of_column == {"property.email", "property.spend"}, "texts and comments name nothing"


def test_column_of_a_property_is_found_through_steps_of_process(lineage_of):
    (column,) = lineage_of().nodes["property.email"].columns
    (filling,) = column.filled
    assert (filling.written, filling.columns) == ("mail", ("people.mail",))
    (column,) = lineage_of().nodes["property.spend"].columns
    (filling,) = column.filled
    assert (filling.goal, filling.written, filling.strategy) == (
        *("shop.orders", "lines.amount", "sum"),
    )
    assert str(filling.location).startswith("connections/shop.yml:17")


def test_columns_that_nothing_else_uses_become_properties_once_they_were_seen(lineage_of):
    assert "property.rest_shoe_size" in lineage_of().nodes
    assert "property.rest_shoe_size" not in lineage_of(headers={}).nodes
    assert parents(lineage_of(headers={}), "property.spend") == ["import_profiles.shop.orders"]


def test_tables_and_events_that_a_project_does_not_use_are_left_out(lineage_of):
    nodes = lineage_of().nodes
    assert "table.timeline" in nodes, "a model reads it"
    assert not {"table.profile_aliases", "table.segment_members"} & nodes.keys()
    assert "property.permission_level" not in nodes
    assert "property.unused" in nodes, "it is declared"


def test_goal_with_an_expression_that_cannot_be_rendered_is_shown(lineage_of):
    broken = """\
        connection: shop
        type: local
        goals:
          - name: orders
            kind: import_profiles
            files: {lines: lines.csv}
            identify: {by: [{email: "{{ env_var('NOWHERE') }}"}]}
        """
    lineage = lineage_of(**{"connections/shop.yml": broken})
    assert parents(lineage, "import_profiles.shop.orders") == ["file.shop.orders.lines"]
    assert parents(lineage, "property.email") == ["import_profiles.shop.orders"]


def test_columns_of_a_model_have_their_descriptions_and_tests(lineage_of):
    (column,) = lineage_of().nodes["model.per_area"].columns
    assert column.description == "The area"
    assert column.tests == ("not_null", "accepted_values: values: a, b")
