"""Keeping the house in order: accounts, duty, and the monthly second look, each change with its row in the audit log."""
