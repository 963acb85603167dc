"""Sealing boxes and envelopes: the ciphertext, the wrapped keys, and who did what when. No plaintext column anywhere."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from documents import readers
from documents.envelopes import guards
from lifecycle import clock
from lifecycle.models import Recorded, RecordedQuerySet
from lifecycle.steps import allowed, also_by_the_clock, verb

PERSON = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "null": True, "related_name": "+"}


class SealingBox(Recorded):
    """Takes the envelopes of one phase of one procedure until `opens_at`, the first moment at which it can be released.

    Content keys are sealed to `public_key` (X25519). `private_key` is that key's other half under the vault key, which is
    not in the database. `subject` is the ref of the procedure, `dossier` the chain of the trail that it writes to.
    """

    class State(models.TextChoices):
        SEALING = "sealing", _("Verzegeld")
        APPROVED_ONCE = "approved_once", _("Eén goedkeuring")
        RELEASED = "released", _("Verzegeling opgeheven")
        CLOSED = "closed", _("Gesloten zonder opening")

    class Policy(models.TextChoices):
        VAULT = "vault", _("Kluis: twee openingsverantwoordelijken heffen de verzegeling samen op")

    TONES = {State.SEALING: "quiet", State.APPROVED_ONCE: "waiting", State.RELEASED: "good"}
    TOLD_BY_NUMBER = True
    TRAIL_WORDS = {
        "make_box": _("Verzegelde bus gemaakt"),
        "move_deadline": _("Uiterste datum verplaatst"),
        "release_refused": _("Opheffing geweigerd"),
    }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(max_length=120)
    phase = models.SlugField(_("fase"), max_length=40)
    dossier = models.CharField(max_length=120)
    policy = models.CharField(_("verzegelingsbeleid"), max_length=20, choices=Policy, default=Policy.VAULT)
    opens_at = models.DateTimeField(_("verzegeld tot"))
    state = FSMField(_("toestand"), choices=State, default=State.SEALING, protected=True)
    made_at = models.DateTimeField()
    public_key = models.BinaryField(max_length=32)
    private_key = models.TextField()

    first_officer = models.ForeignKey(**PERSON)
    first_approved_at = models.DateTimeField(null=True)
    second_officer = models.ForeignKey(**PERSON)
    released_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["subject", "phase"]
        verbose_name = _("verzegelde bus")
        constraints = [
            models.UniqueConstraint(fields=["subject", "phase"], name="one_box_per_phase"),
            models.CheckConstraint(
                condition=Q(first_officer=None, first_approved_at=None)
                | Q(first_officer__isnull=False, first_approved_at__isnull=False),
                name="box_first_approval_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(first_officer=F("second_officer")), name="box_is_released_by_two_officers"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="sealing", first_officer=None, second_officer=None, released_at=None)
                    | Q(state="approved_once", first_officer__isnull=False, second_officer=None, released_at=None)
                    | Q(state="closed", second_officer=None, released_at=None)
                    | Q(
                        state="released",
                        first_officer__isnull=False,
                        second_officer__isnull=False,
                        released_at__gte=F("opens_at"),
                    )
                ),
                name="box_state_matches_its_approvals",
            ),
        ]

    def __str__(self):
        return f"{self.subject} / {self.phase}"

    @property
    def is_released(self) -> bool:
        return self.state == self.State.RELEASED

    @property
    def takes_envelopes(self) -> bool:
        """Until the deadline, at the legal moment of the request."""
        return self.state == self.State.SEALING and clock.now() < self.opens_at

    @property
    def first_approval_stands(self) -> bool:
        """Whether the first officer approved so recently that a second approval makes it together."""
        return self.first_approved_at is not None and clock.now() - self.first_approved_at <= guards.TOGETHER

    @transition(
        state,
        source=[State.SEALING, State.APPROVED_ONCE],
        target=State.APPROVED_ONCE,
        conditions=[guards.moment_of_release_has_come, guards.second_factor_is_fresh],
        permission=allowed("documents.release_box"),
        custom=verb(
            _("Als eerste goedkeuren"),
            consequence=_("Een tweede openingsverantwoordelijke kan daarna binnen vijftien minuten opheffen."),
            action="documents.approve_release",
            offered=False,
        ),
    )
    def approve_first(self, *, by):
        self.first_officer, self.first_approved_at = by, clock.now()

    @transition(
        state,
        source=[State.APPROVED_ONCE],
        target=State.RELEASED,
        conditions=[
            guards.moment_of_release_has_come,
            guards.second_factor_is_fresh,
            guards.officers_are_two,
            guards.first_approval_stands,
        ],
        permission=allowed("documents.release_box"),
        custom=verb(
            _("Verzegeling opheffen"),
            consequence=_("De ingediende stukken kunnen worden geopend. Dat kan niet ongedaan worden gemaakt."),
            action="documents.approve_release",
            offered=False,
        ),
    )
    def release(self, *, by):
        self.second_officer, self.released_at = by, clock.now()

    @transition(
        state,
        source=[State.SEALING, State.APPROVED_ONCE],
        target=State.CLOSED,
        permission=allowed("documents.close_box"),
        custom=verb(
            _("Sluiten zonder opening"),
            consequence=_("Wat verzegeld is, wordt nooit geopend."),
            action="documents.close_box",
            offered=False,
        ),
    )
    def close(self, *, by):
        pass


class EnvelopeQuerySet(RecordedQuerySet):
    def owned_by(self, user):
        """The envelopes of the parties that this person stands for, in any state."""
        return self.filter(owner__in=readers.refs_of(user)) if user.is_authenticated else self.none()

    def sealed(self):
        return self.filter(state=Envelope.State.SEALED)


class Envelope(Recorded):
    """What one party hands in: files and answers under one content key.

    The content key exists in exactly one form at a time: `draft_key` for its makers, `sealed_key` for nobody until the box
    is released, then also `opened_key`. `owner` is the ref of the party whose people may fill, seal and withdraw it;
    `subject` the ref of the record that it belongs to, if that exists first.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Klad")
        SEALED = "sealed", _("Verzegeld")
        OPENED = "opened", _("Geopend")
        DAMAGED = "damaged", _("Beschadigd")
        WITHDRAWN = "withdrawn", _("Ingetrokken")
        REPLACED = "replaced", _("Vervangen")

    class Damage(models.TextChoices):
        KEY = "key", _("De verzegelde sleutel past niet op de bewaarde inzending.")
        MANIFEST = "manifest", _("De verzegelde inhoudsopgave is beschadigd.")
        FILES = "files", _("Een of meer bestanden zijn beschadigd of ontbreken.")

    TOLD_BY_NUMBER = True
    TRAIL_WORDS = {
        "start_envelope": _("Omslag begonnen"),
        "add_file": _("Bestand toegevoegd"),
        "remove_file": _("Bestand verwijderd"),
        "write_answers": _("Antwoorden bewaard"),
    }
    TONES = {
        State.DRAFT: "waiting",
        State.SEALED: "good",
        State.OPENED: "good",
        State.DAMAGED: "stopped",
        State.WITHDRAWN: "quiet",
        State.REPLACED: "quiet",
    }

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    box = models.ForeignKey(SealingBox, models.PROTECT, related_name="envelopes")
    owner = models.CharField(max_length=120, db_index=True)
    subject = models.CharField(max_length=120, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    state = FSMField(_("toestand"), choices=State, default=State.DRAFT, protected=True)

    draft_key = models.TextField(null=True)
    sealed_key = models.BinaryField(null=True)
    opened_key = models.TextField(null=True)
    manifest = models.BinaryField(null=True)
    manifest_sha256 = models.CharField(max_length=64)
    last_number = models.PositiveIntegerField(default=0)
    seal_digest = models.CharField(max_length=64, blank=True)
    receipt_key = models.TextField(null=True)
    receipt = models.BinaryField(null=True)
    damage = models.CharField(max_length=10, choices=Damage, blank=True)

    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    sealed_by = models.ForeignKey(**PERSON)
    sealed_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = EnvelopeQuerySet.as_manager()

    class Meta:
        ordering = ["box", "pk"]
        verbose_name = _("verzegelde inzending")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(state="draft", draft_key__isnull=False, sealed_key=None, opened_key=None, manifest__isnull=False)
                    | Q(state="sealed", draft_key=None, sealed_key__isnull=False, opened_key=None)
                    | Q(state="opened", draft_key=None, sealed_key__isnull=False, opened_key__isnull=False)
                    | Q(state="damaged", draft_key=None, sealed_key__isnull=False)
                    | Q(
                        state__in=["withdrawn", "replaced"],
                        draft_key=None,
                        sealed_key=None,
                        opened_key=None,
                        manifest=None,
                    )
                ),
                name="envelope_key_matches_its_state",
            ),
            models.CheckConstraint(
                condition=Q(sealed_at=None, sealed_by=None, seal_digest="", receipt=None, receipt_key=None)
                | Q(sealed_at__isnull=False, sealed_by__isnull=False, receipt__isnull=False, receipt_key__isnull=False)
                & ~Q(seal_digest=""),
                name="envelope_sealing_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn", "replaced"]) | Q(sealed_at__isnull=False),
                name="envelope_is_opened_after_sealing",
            ),
            models.UniqueConstraint(
                fields=["replaces"], condition=~Q(state="withdrawn"), name="one_replacement_per_envelope"
            ),
        ]

    def __str__(self):
        return f"{self.owner} / {self.box}"

    @property
    def dossier(self) -> str:
        return self.box.dossier

    @property
    def is_readable(self) -> bool:
        """Opened, so that its answers and its undamaged files can be read by whom the caller allows."""
        return self.opened_key is not None and self.damage in {"", self.Damage.FILES}

    # -- its makers -----------------------------------------------------------------------------

    @transition(
        state,
        source=[State.DRAFT],
        target=State.SEALED,
        conditions=[guards.box_still_takes],
        permission=allowed("documents.seal_envelope"),
        custom=verb(
            _("Verzegelen"),
            consequence=_("Niemand kan de inhoud nog lezen voor de opening, ook u niet."),
            action="documents.seal_envelope",
            offered=False,
        ),
    )
    def seal(self, *, by, sealed_key, seal_digest, receipt_key, receipt):
        self.draft_key, self.sealed_key, self.seal_digest = None, sealed_key, seal_digest
        self.receipt_key, self.receipt = receipt_key, receipt
        self.sealed_by, self.sealed_at = by, clock.now()

    @transition(
        state,
        source=[State.SEALED],
        target=State.WITHDRAWN,
        conditions=[guards.box_still_takes],
        permission=allowed("documents.seal_envelope"),
        custom=verb(
            _("Intrekken"),
            consequence=_("De sleutel wordt vernietigd: de inhoud kan nooit meer worden geopend."),
            action="documents.withdraw_envelope",
            offered=False,
        ),
    )
    def withdraw(self, *, by):
        self._destroy_keys()

    @transition(
        state,
        source=[State.DRAFT],
        target=State.WITHDRAWN,
        permission=allowed("documents.fill_envelope"),
        custom=verb(
            _("Klad weggooien"),
            consequence=_("De sleutel wordt vernietigd: de inhoud kan nooit meer worden gelezen."),
            action="documents.withdraw_envelope",
            offered=False,
        ),
    )
    def discard(self, *, by):
        self._destroy_keys()

    @transition(
        state,
        source=[State.SEALED],
        target=State.REPLACED,
        conditions=[guards.box_still_takes],
        permission=allowed("documents.seal_envelope"),
        custom=verb(
            _("Vervangen"),
            consequence=_("De nieuwe inzending komt in de plaats; de sleutel van deze wordt vernietigd."),
            action="documents.seal_envelope",
            offered=False,
        ),
    )
    def give_way(self, *, by):
        self._destroy_keys()

    def _destroy_keys(self):
        self.draft_key = self.sealed_key = self.opened_key = self.manifest = None
        self.withdrawn_at = clock.now()

    # -- the authority --------------------------------------------------------------------------

    @transition(
        state,
        source=[State.SEALED, State.DAMAGED],
        target=State.OPENED,
        conditions=[guards.box_is_released],
        permission=also_by_the_clock("documents.open_envelope"),
        custom=verb(
            _("Openen"), consequence=_("De inhoud wordt leesbaar."), action="documents.open_envelope", offered=False
        ),
    )
    def open(self, *, by, opened_key):
        self.opened_key, self.opened_at, self.damage = opened_key, clock.now(), ""

    @transition(
        state,
        source=[State.SEALED, State.DAMAGED],
        target=State.DAMAGED,
        conditions=[guards.box_is_released],
        permission=also_by_the_clock("documents.open_envelope"),
        custom=verb(
            _("Als beschadigd openen"),
            consequence=_("Wat onbeschadigd is, wordt leesbaar; de schade staat in het verloop."),
            action="documents.open_envelope",
            offered=False,
            facts=["damage"],
        ),
    )
    def report_damage(self, *, by, opened_key, damage):
        self.opened_key, self.opened_at, self.damage = opened_key, clock.now(), damage


class EnvelopeFile(models.Model):
    """One container on disk: its size and digest are those of the ciphertext; its name is inside the envelope."""

    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="files")
    number = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    intact = models.BooleanField(default=True)

    class Meta:
        ordering = ["envelope", "number"]
        verbose_name = _("verzegeld bestand")
        constraints = [models.UniqueConstraint(fields=["envelope", "number"], name="one_file_per_number")]

    def __str__(self):
        return f"{self.envelope_id} / {self.number}"
