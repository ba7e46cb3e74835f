create temp table claims (
    file_id bigint,
    line bigint,
    claim varchar
);
create temp table claimed_files (
    file_id bigint,
    sha256 varchar,
    source varchar
)
