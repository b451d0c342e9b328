"""Public pages that are files: what each shows, registered with the room that writes them."""
