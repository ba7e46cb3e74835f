insert into forgotten_values values $rows
