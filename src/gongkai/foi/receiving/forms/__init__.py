"""What an applicant, or an officer for one, fills in: the fields of Art 29 and no others, never the purpose."""
