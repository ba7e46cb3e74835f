insert into files (
    build_id, goal, source, path, sha256, size, modified_at, lines, records,
    blank, rejected, header
)
values (
    :build_id, :goal, :source, :path, :sha256, :size, :modified_at, :lines,
    :records, :blank, :rejected, :header
)
