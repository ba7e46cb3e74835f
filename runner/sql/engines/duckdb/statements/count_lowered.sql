select count(*) from main.profiles where permission_level in ('do_not_track', 'anonymous')
