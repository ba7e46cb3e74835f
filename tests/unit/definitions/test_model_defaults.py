"""Defaults of models by folder, as runner and as dbt write them."""

import pytest

from runner.definitions.declaration import read_declaration
from runner.definitions.document import Section, read_document
from runner.definitions.model_defaults import model_defaults, unused_defaults
from runner.definitions.project_file import ProjectFile
from runner.definitions.sql_file import SqlFile

MODELS = [SqlFile(f"models/{name}.sql", "") for name in ("top", "marts/a", "marts/core/b")]


def project(folder, models):
    path = folder / "runner_project.yml"
    path.write_text(f"name: shop\nmodels:\n{models}")
    faults = []
    document = read_document(path, path.name, faults)
    assert isinstance(document, Section)
    file = read_declaration(ProjectFile, document, faults)
    assert faults == []
    return file


@pytest.mark.parametrize(
    "models",
    [
        "  tags: x\n  marts:\n    materialized: view\n    core: {tags: [y]}\n",
        "  shop:\n    +tags: x\n    marts:\n      +materialized: view\n      core: {+tags: [y]}\n",
    ],
)
def test_deepest_folder_wins(models, tmp_path):
    file = project(tmp_path, models)
    assert [model_defaults(file, model) for model in MODELS] == [
        {"tags": "x"},
        {"tags": "x", "materialized": "view"},
        {"tags": ["y"], "materialized": "view"},
    ]
    assert [*unused_defaults(file, MODELS)] == []


def test_folder_without_models_is_a_warning(tmp_path):
    file = project(tmp_path, "  mart: {tags: x}\n  shop:\n    marts: {cores: {options: {a: 1}}}\n")
    assert [str(fault) for fault in unused_defaults(file, MODELS)] == [
        "runner_project.yml:3:3: no model is in models/mart: nothing has these defaults."
        " Did you mean 'marts'?",
        "runner_project.yml:5:13: no model is in models/marts/cores: nothing has these defaults."
        " Did you mean 'core'?",
    ]
