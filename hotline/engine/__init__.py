"""The conversation: a pure step from (session, message) to (session, effects). It sends nothing and reads no clock or row."""
