{#-
    Text as the date and time that one format reads, as they are written: no
    zone moves them (R6).
-#}
{% macro read_moment(value, format, pivot=none) -%}
{% if format.unit %}
{# To the year 9999: most numbers of milliseconds are no seconds then. #}
{% set number = 'try_cast(' ~ value ~ ' as decimal(26, 6))' %}
{% set micros = 'cast(' ~ number ~ ' * ' ~ format.unit ~ ' as bigint)' %}
{% set moment = 'timestamp_micros(' ~ micros ~ ')' %}
case
    when
        {{ value }} rlike '^-?[0-9]{1,18}([.][0-9]{1,9})?$'
        and {{ micros }} between -30610224000000000 and 253402300799999999
        then cast({{ moment }} as timestamp_ntz)
end
{%- else %}
{% set found = value ~ ', ' ~ text(format.grouped_pattern) ~ ', ' %}
{% for letter in format.letters if letter in 'UWGV' %}
{% set message = '`engine: spark` reads no weeks of a year, found %' %}
{% set _ = exceptions.raise_compiler_error(message ~ letter) %}
{% endfor %}
{% set part = namespace(of={}, month='') %}
{% for letter in format.letters %}
{% set _ = part.of.update({
    letter: 'regexp_extract(' ~ found ~ loop.index ~ ')'
}) %}
{% endfor %}
{% if 'Y' in part.of %}
{% set year = part.of.Y %}
{% else %}
{% set short = 'cast(' ~ part.of.y ~ ' as int)' %}
{% set last = 68 if pivot is none else pivot %}
{% set year = short ~ ' + if(' ~ short ~ ' <= ' ~ last ~ ', 2000, 1900)' %}
{% set year = 'cast(' ~ year ~ ' as string)' %}
{% endif %}
{% set part.month = part.of.get('m', "'1'") %}
{% for letter in 'bB' if letter in part.of %}
{% set names = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug'] %}
{% set names = names + ['sep', 'oct', 'nov', 'dec'] %}
{% set known = 'array(' ~ names | map('text') | join(', ') ~ ')' %}
{% set written = 'lower(substr(' ~ part.of[letter] ~ ', 1, 3))' %}
{% set number = 'array_position(' ~ known ~ ', ' ~ written ~ ')' %}
{% set part.month = 'cast(' ~ number ~ ' as string)' %}
{% endfor %}
{% set hour = part.of.get('H', "'0'") %}
{% if 'I' in part.of and 'H' not in part.of %}
{% set hour = 'cast(' ~ part.of.I ~ ' as int) % 12' %}
{% set hour = hour ~ ' + if(lower(' ~ part.of.p ~ ") = 'pm', 12, 0)" %}
{% set hour = 'cast(' ~ hour ~ ' as string)' %}
{% endif %}
{% set fields = [
    ('', year, 4), ('-', part.month, 2), ('-', part.of.get('d', "'1'"), 2),
    (' ', hour, 2), (':', part.of.get('M', "'0'"), 2),
    (':', part.of.get('S', "'0'"), 2),
] %}
case
    when {{ value }} rlike {{ text(format.grouped_pattern) }}
        and {{ year }} >= '1000'
        then try_cast(concat(
{% for before, field, digits in fields %}
            '{{ before }}', lpad({{ field }}, {{ digits }}, '0')
            {{- ',' if not loop.last or format.has_fraction }}
{% endfor %}
{% if format.has_fraction %}
            '.', rpad(substr({{ part.of.f }}, 1, 6), 6, '0')
{% endif %}
        ) as timestamp_ntz)
{%- if 'j' in part.of %}
{% set days = 'make_dt_interval(cast(' ~ part.of.j ~ ' as int) - 1)' %}

            + case
                when
                    cast({{ part.of.j }} as int) between 1 and 365
                    or (
                        {{ part.of.j }} = '366'
                        and try_cast({{ year }} || '-02-29' as date) is not null
                    )
                    then {{ days }}
            end
{%- endif %}

end
{%- endif %}
{%- endmacro %}
