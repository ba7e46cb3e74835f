set variable suppression_salt = $salt
