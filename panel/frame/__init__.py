"""What is around every page: its templates and counts, live changes, failures and security headers."""
