"""The hotline decides and remembers: conversations, cases, triage and delivery, knowing no messenger and no page."""
