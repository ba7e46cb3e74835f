insert into nodes (
    build_id, name, kind, status, seconds, message, place, rows,
    profiles_created, profiles_updated, profiles_unchanged, rejects, members
)
values (
    :build_id, :name, :kind, :status, :seconds, :message, :place, :rows,
    :profiles_created, :profiles_updated, :profiles_unchanged, :rejects,
    :members
)
