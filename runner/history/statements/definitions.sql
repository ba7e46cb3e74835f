select
    definitions.build_id,
    definitions.goal,
    definitions.fingerprint
from definitions
inner join builds on definitions.build_id = builds.build_id
where builds.target = :target
