delete from suppressed
where person = ?
