"""Figures over many cases, told so that nobody can be picked out of them. Pure."""
