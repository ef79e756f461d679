"""The commands of `teduh`, one file for each kind, and how their failures are told."""
