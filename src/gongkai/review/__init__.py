"""What stands between a text and the public: a seal over its bytes, or a recorded and counted waiver."""
