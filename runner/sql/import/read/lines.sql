{#- Grain: one row per line of a file source, in the order they are applied. -#}
{% for file in runs %}
{% set paths = file.run | map(attribute='remote_path') | map('text') %}
select
    cast({{ of_read_file(file.run | map(attribute='shift')) }} as bigint)
        as shift,
{% if file.is_clean %}
    cast({{ of_read_file(file.run | map(attribute='first_origin')) }} as bigint)
    + {{ line_number(file) }} as clean_origin,
{% else %}
    cast(null as bigint) as clean_origin,
{% endif %}
{% for column in source.columns %}
{% if column in file.columns %}
    {{ trimmed(file.columns[column], source.format) }}
{% else %}
    cast(null as string)
{% endif %}
        as {{ name(source.name ~ '.' ~ column) }},
{% endfor %}
{% if '_file' in source.location %}
    {{ of_read_file(paths) }} as {{ name(source.name ~ '._file') }},
{% endif %}
{% if source.line_hash %}
    {{ content_hash(file.hashed) }} as line_hash
{% elif source.is_counted or source.name == main.name %}
    {{ content_hash(source.hashed) }} as line_hash
{% else %}
    cast(null as {{ stored_type('hash') }}) as line_hash
{% endif %}
from
    {{ read_lines(file, source.format, file.run) }}
{{ 'union all' if not loop.last }}
{% else %}
select
    cast(null as bigint) as shift,
    cast(null as bigint) as clean_origin,
{% for column in source.columns %}
    cast(null as string) as {{ name(source.name ~ '.' ~ column) }},
{% endfor %}
{% if '_file' in source.location %}
    cast(null as string) as {{ name(source.name ~ '._file') }},
{% endif %}
    cast(null as {{ stored_type('hash') }}) as line_hash
where
    false
{% endfor %}
