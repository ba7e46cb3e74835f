{#-
    Text that ends in `Z`, `+02:00` or `+0200` as a UTC timestamp that the
    engine reads at once; null for other texts, though they may be times.
-#}
{% macro read_offset(value, format, pivot=none) -%}
{% set whole = text(format.mark) ~ ' || ' ~ value %}
{% set written = text(format.mark ~ format.written) %}
{% set moment = 'try_strptime(' ~ whole ~ ', ' ~ written ~ ')' %}
{% set too_old = "timestamp '0999-12-31'" %}
case
    when suffix({{ value }}, 'Z')
        then {{ read_moment(value, format.in_utc, pivot) }}
{% if not format.has_short_year and not format.counted_year %}
    when
        substr({{ value }}, -2, 1) between '0' and '5'
        and case
            when substr({{ value }}, -3, 1) = ':'
                then
                    substr({{ value }}, -6, 1) in ('+', '-')
                    and substr({{ value }}, -5, 2) between '00' and '14'
            else
                substr({{ value }}, -5, 1) in ('+', '-')
                and substr({{ value }}, -4, 2) between '00' and '14'
        end
        then nullif(
            greatest(make_timestamp(epoch_us({{ moment }})), {{ too_old }}),
            {{ too_old }}
        )
{% endif %}
end
{%- endmacro %}
