insert into forgotten values $rows
