attach $path as earlier (read_only);
copy from database earlier to $database;
detach earlier
