{#-
    Digits as a number. DuckDB takes a hundred times as long to read text as a
    decimal of 128 bits: what one of 64 holds as exactly is read so.
-#}
{% macro cast_number(plain, type) -%}
{% set stored = sql_type(type) %}
{% set size = stored[8:-1].split(',') | map('int') | list %}
{% if stored.startswith('decimal') and size[0] > 18 %}
{% set scale = size[1] %}
{% set tiers = namespace(all=[]) %}
{% if scale < 17 %}
{# More digits than the scale has are rounded, which may make one more. #}
{% set whole = '[-+]?[0-9]{0,' ~ (17 - scale) ~ '}' %}
{% set tiers.all = [(scale, whole ~ '([.][0-9]*)?')] %}
{% endif %}
{% for fewer in (10, 6, 2, 0) if fewer <= scale %}
{% set whole = '[-+]?[0-9]{0,' ~ (18 - fewer) ~ '}' %}
{% set pattern = whole ~ '([.][0-9]{0,' ~ fewer ~ '})?' %}
{% set tiers.all = tiers.all + [(fewer, pattern)] %}
{% endfor %}
case
{% for fewer, pattern in tiers.all %}
{% set narrow = 'try_cast(' ~ plain ~ ' as decimal(18, ' ~ fewer ~ '))' %}
            when regexp_full_match({{ plain }}, '{{ pattern }}')
                then try_cast({{ narrow }} as {{ stored }})
{% endfor %}
            else try_cast({{ plain }} as {{ stored }})
        end
{%- else %}
try_cast({{ plain }} as {{ stored }})
{%- endif %}
{%- endmacro %}
