insert into exports (build_id, goal, path, rows, size, sha256)
values (:build_id, :goal, :path, :rows, :size, :sha256)
