update builds
set
    finished_at = :finished_at,
    status = :status,
    seconds = :seconds,
    profiles = :profiles,
    published = :published
where build_id = :build_id
