-- Grain: one row. Reads every column of a file as text and hashes every line:
-- the least that an import must do to find what is new.
select bit_xor(md5_number(concat_ws(chr(31), *columns(*)))) as checksum
from read_csv(
    getvariable('path'),
    delim = getvariable('separator'),
    header = true,
    all_varchar = true
)
