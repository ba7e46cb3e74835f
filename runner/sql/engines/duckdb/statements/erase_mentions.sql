delete from $relation as held
where regexp_matches(cast(to_json(held) as varchar), getvariable('mentioned'))
