"""What letters say: blocks with slots, packaged one file a letter, checked before anybody relies on them."""
