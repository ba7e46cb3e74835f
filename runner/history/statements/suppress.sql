insert into suppressed (identifier, value_hash, person, reason, receipt_id, suppressed_at)
values (?, ?, ?, ?, ?, ?)
on conflict do update set
    reason = excluded.reason,
    receipt_id = excluded.receipt_id,
    suppressed_at = excluded.suppressed_at
where suppressed.reason = 'suppress' and excluded.reason = 'forget'
