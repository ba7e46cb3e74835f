insert into forgotten_lines values $rows
