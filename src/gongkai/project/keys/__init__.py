"""Looking after the keys: under which key each sealed value lies, and bringing all under a new one."""
