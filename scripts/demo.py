"""`make demo`: begins anew in var/ and plays the story; `make run` shows what it left."""

import os

from scripts import embedded


def main():
    embedded.refuse_production()
    # The texts of the house are in force before the story begins.
    os.environ["SIMULATED_CLOCK_START"] = "2026-01-05T09:00+01:00"
    with embedded.held(alone=True):
        embedded.throw_away()
        embedded.manage("migrate", "--verbosity", "0")
        embedded.manage("demo")


if __name__ == "__main__":
    main()
