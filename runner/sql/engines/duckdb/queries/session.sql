{#- The connection to the engine, and the file that it opened. -#}

{% macro start(threads=none, memory_limit=none) %}
set errors_as_json = true;
set timezone = 'UTC';
set python_enable_replacements = false;
{% if threads is not none %}
set threads = {{ threads }};
{% endif %}
{% if memory_limit is not none %}
set memory_limit = {{ memory_limit }};
{% endif %}
{% endmacro %}

{#-
    The engine may have had another file before. What it writes can be read by
    version 1.0 and later.
-#}
{% macro open(path, spill, database, is_read_only) %}
set force_compression = 'auto';
set temp_directory = {{ spill }};
attach {{ path }} as {{ database | name }} (
{% if is_read_only %}
    read_only
{% else %}
    storage_version 'v1.0.0'
{% endif %}
);
use {{ database | name }}
{% endmacro %}

{% macro close(database) %}
use memory;
detach {{ database | name }}
{% endmacro %}

{#- Grain: one row. -#}
{% macro memory() %}
select current_setting('memory_limit')
{% endmacro %}

{% macro variable(name, value) %}
set variable {{ name | name }} = {{ value }}
{% endmacro %}

{#- Grain: no row; names in one text, with commas between them. -#}
{% macro disable_optimizers(names) %}
set disabled_optimizers = {{ names }}
{% endmacro %}

{% macro spill_to(folder) %}
set temp_directory = {{ folder }}
{% endmacro %}

{#- From here on, only these files and the open warehouse exist for it (B8). -#}
{% macro lock(files) %}
set allowed_paths = {{ files }};
set enable_external_access = false;
set lock_configuration = true
{% endmacro %}

{#-
    What small tables hold is written as it is: to choose how to compress it
    takes longer than all else, and saves no block of the file.
-#}
{% macro checkpoint(is_small) %}
set force_compression = {{ 'uncompressed' if is_small else 'auto' }};
checkpoint
{% endmacro %}

{% macro attach(path) %}
attach {{ path }} as earlier (read_only)
{% endmacro %}

{% macro detach() %}
detach earlier
{% endmacro %}

{#- Grain: one row. -#}
{% macro current_database() %}
select current_database()
{% endmacro %}

{% macro copy_database(path, database) %}
{{ attach(path) }};
copy from database earlier to {{ database | name }};
detach earlier
{% endmacro %}
