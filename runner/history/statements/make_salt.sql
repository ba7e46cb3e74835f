insert or ignore into salt (only_one, salt)
values (1, :salt)
