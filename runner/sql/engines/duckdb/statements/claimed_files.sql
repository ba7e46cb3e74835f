insert into claimed_files values $files
