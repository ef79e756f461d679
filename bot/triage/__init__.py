"""`teduh triage`: judging tables of texts, learning the weights, measuring them, and the monthly list for people."""
