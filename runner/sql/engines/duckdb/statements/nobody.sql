select cast(null as uuid) as profile_id where false
