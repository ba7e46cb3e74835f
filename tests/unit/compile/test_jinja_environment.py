"""What a template makes knows the line it was written in."""

import pytest

from runner.compile.jinja_environment import Environment
from runner.definitions.sql_file import SqlFile
from runner.errors import Location

MACRO = SqlFile(
    "macros/tidy.sql", "{% macro tidy(column) %}\nlower(\n    {{ column }}\n)\n{% endmacro %}\n"
)
# Each word is to be told at the line whose number it bears.
TEMPLATES = {
    "comment before": "{#- Grain. -#}\nline2,\nline3\nfrom line4\n",
    "long comment": "{#- Grain:\n\n  of it. #}\n\nline5,\nline6\n",
    "comment between": "line1\n{# one\n   two #}\nline4 {#- a #}\n\nline6\n",
    "statements": "{% set a = 1 %}\n{% if a %}\nline3\n{% else %}\nother\n{% endif %}\nline7\n{% for b in [] %}\n{% else %}\nline10\n{% endfor %}\nline12",
    "loop": "{% for b in [1, 2] %}\nline2 {{ b }}\n    line3\n{% endfor %}\nline5",
    "expressions": "line1 {{ 1\n + 1 }} line2\nline3 {{ 'line3' }}\n{{ 'line4' }}, line4\nline5",
    "macro": "line1\n{{ tidy('line2') }}\nline3\n{{ tidy(\n 'x') }}\nline6",
    "set block": "{% set a %}\nno\nline\n{% endset %}\nline5 {{ a | length }}\nline6",
    "stripped": "line1\n    {%- if true %}\n\n    line4\n    {% endif %}\nline6",
}


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_line_of_the_text_is_that_of_the_template(template: str) -> None:
    rendered = Environment((), (MACRO,), {}).render(template, Location("a.sql"), {})
    assert "\0" not in rendered.text
    lines = rendered.text.split("\n")
    assert len(lines) == len(rendered.lines)
    told = [
        (word.strip(",)"), f"line{number}")
        for text, number in zip(lines, rendered.lines, strict=True)
        for word in text.split()[:1]
        if word.startswith("line")
    ]
    assert told
    assert [word for word, _ in told] == [number for _, number in told]


def test_file_of_built_in_macros_is_compiled_when_one_of_them_is_first_called() -> None:
    halves = SqlFile(
        "runner/sql/halves.sql",
        "{% macro half(a) %}{{ a }} / {{ two() }}{% endmacro %}\n{% macro two() %}2{% endmacro %}\n",
    )
    environment = Environment((halves, MACRO), (), {})
    assert environment.render("1", Location("a.sql"), {}).text == "1"
    assert environment.files == {"a.sql"}
    assert environment.render("{{ half('b') }}", Location("a.sql"), {}).text == "b / 2"
    assert environment.files == {"a.sql", "runner/sql/halves.sql"}


def test_macro_of_the_project_takes_the_place_of_the_built_in_one() -> None:
    own = SqlFile("macros/tidy.sql", "{% macro tidy(column) %}upper({{ column }}){% endmacro %}\n")
    environment = Environment((MACRO,), (own,), {})
    assert environment.render("{{ tidy('a') }}", Location("a.sql"), {}).text == "upper(a)"
