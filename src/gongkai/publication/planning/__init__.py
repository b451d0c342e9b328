"""The pages on which a publication is planned, moved and cancelled."""
