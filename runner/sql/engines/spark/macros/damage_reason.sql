{#-
    Why a text is what a spreadsheet left of an identifier: an error such as
    `#N/A`, in any language, or a number in exponent form; null where it is not.
    Classes of letters, such as `\pL`, would take milliseconds to prepare.
-#}
{% macro damage_reason(value) -%}
{% set shown = '[^\\t\\n\\f\\r ]' %}
{% set error = '(?i)(?:#+|#' ~ shown ~ '*[!?]|#' ~ shown ~ '/' ~ shown %}
{% set error = error ~ '|#(?:NV|YOK|GETTING_DATA)' %}
{% set error = error ~ '|#(?:DIV/0|REF|VALUE|NAME|NUM|NULL)' %}
{% set error = error ~ '|Err:[0-9]{3})' %}
{% set digits = '(?:[0-9]|[0-9]+[.,][0-9]*)[eE][-+]?[0-9]{1,3}' %}
{% set exponent = '[-+]?(?:' ~ digits ~ '|[0-9]+[eE][-+][0-9]{1,3})' %}
case
    when
        (startswith({{ value }}, '#') or startswith({{ value }}, 'Err:'))
        and {{ value }} rlike '\A{{ error }}\z'
        then 'spreadsheet error'
    when
        {{ value }} < ':'
        and {{ value }} rlike '\A{{ exponent }}\z'
        then 'number in exponent form'
end
{%- endmacro %}
