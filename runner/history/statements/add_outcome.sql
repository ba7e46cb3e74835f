insert into outcomes (node_id, outcome, rows)
values (:node_id, :outcome, :rows)
