"""信息报送 upward and 同频共振 downward: what a unit sends in, what the county asks its units to carry."""
