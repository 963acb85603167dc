"""What lifecycle itself does with time: the daily anchor of the trail."""

from lifecycle import outbox, trail


@outbox.periodic("lifecycle.anchor")
def anchor_the_trail():
    trail.anchor()
