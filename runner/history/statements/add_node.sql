insert into nodes (
    build_id, name, kind, status, seconds, message, location, rows,
    profiles_created, profiles_updated, profiles_unchanged, rejects, members
)
values (
    :build_id, :name, :kind, :status, :seconds, :message, :location, :rows,
    :profiles_created, :profiles_updated, :profiles_unchanged, :rejects,
    :members
)
