insert or replace into progress (
    build_id, phase, name, message, done, total, unit, told_at
)
values (:build_id, :phase, :name, :message, :done, :total, :unit, :told_at)
