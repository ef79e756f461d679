"""Alarms as rows: who is on duty, what rings, whom it called and what became of it."""
