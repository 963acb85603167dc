"""The language of what the house writes: Dutch, because legal acts of a Flemish service are, whatever the page speaks."""

from functools import wraps

from django.utils import translation

SENDING = "Elektronisch en aangetekend verzonden"


def in_dutch(function):
    """Build the context of a document with Dutch names and labels."""

    @wraps(function)
    def build(*args, **options):
        with translation.override("nl"):
            return function(*args, **options)

    return build
