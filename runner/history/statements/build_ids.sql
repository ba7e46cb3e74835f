select build_id
from builds
where substr(build_id, 1, length(:beginning)) = :beginning
order by build_id
