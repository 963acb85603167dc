"""Database triggers that refuse to change the audit trail and other registers, on SQLite and PostgreSQL alike.

SQLite drops triggers when Django rebuilds a table, so they are reinstalled after every migration (`lifecycle.apps`)
and a system check verifies that they stand.
"""

from django.db import connections

TABLES = ["lifecycle_entry", "lifecycle_anchor"]
OPERATIONS = ("update", "delete")


def protect(*tables) -> None:
    """Make tables of an upper app append-only as well: called in its `ready`."""
    TABLES.extend(table for table in tables if table not in TABLES)


def names() -> set[str]:
    """The triggers that must stand, for the vendor-independent check."""
    return {f"{table}_no_{operation}" for table in TABLES for operation in OPERATIONS}


def install(using="default") -> None:
    """Create every trigger that is missing; does nothing for tables that are not there yet."""
    connection = connections[using]
    tables = [table for table in TABLES if table in connection.introspection.table_names()]
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor, tables):
            cursor.execute(statement)


def lift(using="default") -> None:
    """Remove the triggers: for the teardown of tests that empty every table, and for nothing else."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in TABLES:
            for operation in [*OPERATIONS, *(["truncate"] if connection.vendor == "postgresql" else [])]:
                on = f" on {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"drop trigger if exists {table}_no_{operation}{on}")


def standing(using="default") -> set[str]:
    """The names of the triggers that the database has and enforces."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("select name from sqlite_master where type = 'trigger'")
        else:
            cursor.execute("select tgname from pg_trigger where not tgisinternal and tgenabled <> 'D'")
        return {name for (name,) in cursor.fetchall()} & names()


def _statements(vendor, tables):
    if vendor == "sqlite":
        for table in tables:
            for operation in OPERATIONS:
                yield (
                    f"create trigger if not exists {table}_no_{operation} before {operation} on {table} "
                    "begin select raise(abort, 'the audit trail is append-only'); end"
                )
        return
    yield (
        "create or replace function lifecycle_append_only() returns trigger language plpgsql as $$ "
        "begin raise exception 'the audit trail is append-only'; end $$"
    )
    for table in tables:
        for operation in [*OPERATIONS, "truncate"]:
            each = "statement" if operation == "truncate" else "row"
            yield (
                f"create or replace trigger {table}_no_{operation} before {operation} on {table} "
                f"for each {each} execute function lifecycle_append_only()"
            )
