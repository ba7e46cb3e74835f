create temp table forgotten (
    profile_id uuid
);
create temp table forgotten_lines (
    sha256 varchar,
    line bigint
);
create temp table forgotten_values (
    identifier varchar,
    value varchar
)
