"""The channels, through real HTTP: what providers post to us and what we send to them."""
