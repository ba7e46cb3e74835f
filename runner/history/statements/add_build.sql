insert into builds (
    build_id, target, command, started_at, finished_at, status, seconds,
    profiles, published
)
values (
    :build_id, :target, :command, :started_at, :finished_at, :status, :seconds,
    :profiles, :published
)
