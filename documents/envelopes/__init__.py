"""Sealed envelopes: what candidates hand in, unreadable for everyone until two officers open the box.

`actions` starts, fills, seals, withdraws and opens; `uploads` takes files in while they stream; `reading` gives back
what may be read. Below them, `keys` keeps the keys outside the database and `container` is the format on disk. What
this protects against, and what not, stands in docs/operations.md.
"""
