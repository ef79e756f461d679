"""Servers that are measured beside the product; they run in the bench's own environment and import nothing of the product."""
