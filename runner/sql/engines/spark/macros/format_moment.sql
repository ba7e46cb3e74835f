{#- A date or time as text, by a format in the letters of strftime. -#}
{% macro format_moment(value, format) -%}
{% set letters = {
    'Y': 'yyyy', 'm': 'MM', 'd': 'dd', 'H': 'HH', 'M': 'mm', 'S': 'ss',
    'y': 'yy', 'I': 'hh', 'p': 'a', 'j': 'DDD', 'f': 'SSSSSS', 'g': 'SSS',
    'b': 'MMM', 'B': 'MMMM', 'a': 'EEE', 'A': 'EEEE', '-d': 'd', '-m': 'M',
    '-H': 'H', '-I': 'h', '-M': 'm', '-S': 's', '-j': 'D',
} %}
{% set written = format[1:-1] | replace("''", "'") %}
{% set found = namespace(parts=[], letter='', waits=false) %}
{% for character in written %}
{% if found.waits and character == '-' and not found.letter %}
{% set found.letter = '-' %}
{% elif found.waits and character == '%' and not found.letter %}
{% set _ = found.parts.append("'%'") %}
{% set found.waits = false %}
{% elif found.waits %}
{% set pattern = text(letters[found.letter ~ character]) %}
{% set part = 'date_format(' ~ value ~ ', ' ~ pattern ~ ')' %}
{% set _ = found.parts.append(part) %}
{% set found.letter = '' %}
{% set found.waits = false %}
{% elif character == '%' %}
{% set found.waits = true %}
{% else %}
{% set _ = found.parts.append(text(character)) %}
{% endif %}
{% endfor %}
if({{ value }} is null, null, concat({{ found.parts | join(', ') or "''" }}))
{%- endmacro %}
