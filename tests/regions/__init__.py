"""Profiles: what the files of the kabupaten say, and what is refused."""
