insert into definitions (build_id, goal, fingerprint)
values (:build_id, :name, :fingerprint)
