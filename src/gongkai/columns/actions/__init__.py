"""Writing columns and catalogues, by the county's openness office."""
