"""Who acts: a person, and the account a person signs in with."""
