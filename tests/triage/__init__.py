"""Triage: the table, the words."""
