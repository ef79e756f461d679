"""The tests: real databases, a real browser, no mocks."""
