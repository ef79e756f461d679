"""What tests of several kinds share: a real PostgreSQL, a browser, a clock."""
