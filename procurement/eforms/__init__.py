"""The field sheets of notices: what the official forms ask, what we know of it, and what is wrong with that."""
