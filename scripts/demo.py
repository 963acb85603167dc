"""`make demo`: begins anew in var/ and plays the story; `make run` shows what it left."""

from scripts import embedded


def main():
    embedded.refuse_production()
    with embedded.held(alone=True):
        embedded.throw_away()
        embedded.manage("migrate", "--verbosity", "0")
        embedded.manage("demo")


if __name__ == "__main__":
    main()
