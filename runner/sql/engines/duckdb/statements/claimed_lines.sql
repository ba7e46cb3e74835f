select
    files.sha256,
    files.source,
    claims.line
from claims
inner join claimed_files as files
    on claims.file_id = files.file_id
group by all
having
    bool_or(claims.claim = 'own')
    or (bool_or(claims.claim = 'candidate') and not bool_or(claims.claim = 'other'))
order by all
