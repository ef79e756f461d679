"""The only place that reads and commits: tables, and the statements over them, the same on SQLite and PostgreSQL."""
