"""Rows that are written once: what they say never changes and they are never deleted; a later row may supersede them."""

from django.db import models


class WrittenOnceQuerySet(models.QuerySet):
    """Refuses to write over what is `WRITTEN_ONCE`, and to delete."""

    def update(self, **columns):
        given = {field.attname for name in columns if (field := self.model._meta.get_field(name))}
        if given & set(self.model.WRITTEN_ONCE):
            msg = f"{self.model._meta.label} never changes: write a row that supersedes it."
            raise TypeError(msg)
        return super().update(**columns)

    def delete(self):
        msg = f"{self.model._meta.label} is never deleted: write a row that supersedes it."
        raise TypeError(msg)


class WrittenOnce(models.Model):
    """`WRITTEN_ONCE` names the columns that stay as they were first saved."""

    WRITTEN_ONCE: tuple = ()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, *args):
        record = super().from_db(*args)
        record.__dict__["_read"] = {name: record.__dict__[name] for name in cls.WRITTEN_ONCE if name in record.__dict__}
        return record

    def save(self, **options):
        changed = [name for name, value in getattr(self, "_read", {}).items() if value != getattr(self, name)]
        if changed:
            msg = f"{self._meta.label} {self.pk} never changes: {', '.join(changed)}."
            raise TypeError(msg)
        super().save(**options)
        self._read = {name: getattr(self, name) for name in self.WRITTEN_ONCE}

    def delete(self, **options):
        msg = f"{self._meta.label} {self.pk} is never deleted: write a row that supersedes it."
        raise TypeError(msg)
