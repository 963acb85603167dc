"""The base of every record that has a lifecycle."""

from django.db import models
from django_fsm import ConcurrentTransitionMixin


def ref(record) -> str:
    """How the trail, the outbox and documents name a record: `app.model:pk`."""
    return f"{record._meta.label_lower}:{record.pk}"


class RecordedQuerySet(models.QuerySet):
    """Refuses to write a state behind the door's back."""

    def update(self, **columns):
        if "state" in columns:
            msg = f"{self.model._meta.label}.state changes through lifecycle.steps.fire only."
            raise TypeError(msg)
        return super().update(**columns)

    def bulk_update(self, objs, fields, batch_size=None):
        if "state" in fields:
            msg = f"{self.model._meta.label}.state changes through lifecycle.steps.fire only."
            raise TypeError(msg)
        return super().bulk_update(objs, fields, batch_size)


class Recorded(ConcurrentTransitionMixin, models.Model):
    """A record with a protected `state`, a dossier, a page, and a tone for each state.

    `save()` raises `django_fsm.ConcurrentTransition` when the state in the database is no longer the one that was read.
    """

    TONES: dict = {}

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean_fields(self, exclude=None):
        """Validate everything but the state, which no form writes and django-fsm protects."""
        super().clean_fields({*(exclude or ()), "state"})

    @property
    def ref(self) -> str:
        return ref(self)

    @property
    def dossier(self) -> str:
        """The chain of the audit trail that this record writes to; its own, unless it is part of something larger."""
        return self.ref

    @property
    def tone(self) -> str:
        """The colour of the state's tag: good, waiting, stopped, quiet or here."""
        return self.TONES.get(self.state, "quiet")

    def state_told(self, user) -> str:
        """The state that this person may know of. A record says another one while a decision about it is not told yet."""
        return self.state

    def tag_for(self, user) -> dict:
        """The word and the tone of the state that this person may know of."""
        state = self.state_told(user)
        words = dict(self._meta.get_field("state").flatchoices)
        return {"word": words.get(state, state), "tone": self.TONES.get(state, "quiet")}
