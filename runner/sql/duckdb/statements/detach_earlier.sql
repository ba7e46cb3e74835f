detach earlier
