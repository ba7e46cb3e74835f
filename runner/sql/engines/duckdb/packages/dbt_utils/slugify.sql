{#- A text as a name: lower case, with `_` for all other signs. -#}
{% macro slugify(string) -%}
{%- set plain = modules.re.sub('[ -]+', '_', string | lower) -%}
{%- set plain = modules.re.sub('[^a-z0-9_]+', '', plain) -%}
{{ modules.re.sub('^([0-9])', '_\\1', plain) }}
{%- endmacro %}
