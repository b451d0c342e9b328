"""Which requests of one organ ask for the same, told without the words of any standing in the open."""
