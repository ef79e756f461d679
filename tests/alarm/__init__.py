"""Alarms: the ladder as a value, nights on call, officers and their phones."""
