{#-
    One hash of several (R5), nulls among them too: a tenth of what hashing
    their texts takes. Each is shifted otherwise, so that equal lines of two
    sources do not cancel out.
-#}
{% macro combined_hash(hashes) -%}
{% if hashes | length == 1 %}
{{ hashes[0] }}
{%- else %}
{% set halves = namespace(high=[], low=[]) %}
{% for hash in hashes %}
{% set shift = loop.index0 %}
{% set digits = 'hex(' ~ hash ~ ')' %}
{% set words = [] %}
{% for start in (1, 9, 17, 25) %}
{% set word = 'substr(' ~ digits ~ ', ' ~ start ~ ', 8)' %}
{% set word = 'cast(conv(' ~ word ~ ', 16, 10) as bigint)' %}
{% set _ = words.append(word) %}
{% endfor %}
{% set high = '(shiftleft(' ~ words[0] ~ ', 32) | ' ~ words[1] ~ ')' %}
{% set low = '(shiftleft(' ~ words[2] ~ ', 32) | ' ~ words[3] ~ ')' %}
{% if shift %}
{% set over = 'shiftleft(' ~ high ~ ', ' ~ (64 - shift) ~ ')' %}
{% set low = 'shiftrightunsigned(' ~ low ~ ', ' ~ shift ~ ')' %}
{% set low = '(' ~ low ~ ' | ' ~ over ~ ')' %}
{% set high = 'shiftrightunsigned(' ~ high ~ ', ' ~ shift ~ ')' %}
{% endif %}
{% set _ = halves.high.append('coalesce(' ~ high ~ ', 0L)') %}
{% set _ = halves.low.append('coalesce(' ~ low ~ ', ' ~ shift ~ 'L)') %}
{% endfor %}
{% set between = '\n                ^ ' %}
unhex(
            lpad(hex({{ halves.high | join(between) }}), 16, '0')
            || lpad(hex({{ halves.low | join(between) }}), 16, '0')
        )
{%- endif %}
{%- endmacro %}
