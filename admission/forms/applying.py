"""What an applicant fills in. Everything that is right is kept, also when something else is wrong."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from admission import actions
from partners.models import Establishment, Membership, Organisation


class StartForm(forms.Form):
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Voor welke organisatie"),
        empty_label=None,
        widget=forms.RadioSelect,
        help_text=_("U kiest uit de organisaties waarvoor u mag voorbereiden."),
    )

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        own = Membership.objects.current().filter(user=user, may_prepare=True).values("organisation")
        self.fields["organisation"].queryset = found = Organisation.objects.filter(pk__in=own)
        if len(found) == 1:
            self.fields["organisation"].initial = found[0]


class DraftForm(forms.Form):
    """The services by establishment, and per condition the statement, its explanation and a file."""

    def __init__(self, *args, application, **options):
        super().__init__(*args, **options)
        self.application = application
        self.conditions = list(application.conditions_version.conditions.all())
        self.places = []
        if application.is_draft:
            self._add_places()
        stated = {each.condition_id: each for each in application.declarations.all()}
        for condition in self.conditions:
            self._add_condition(condition, stated.get(condition.pk))

    def _add_places(self):
        application = self.application
        declared = {(row.service_id, row.establishment_id): row.availability for row in application.services.all()}
        establishments = Establishment.objects.filter(
            organisation__in=application.participant.organisations
        ).select_related("postcode__municipality")
        services = list(application.call.product.services.all())
        for establishment in establishments:
            for service in services:
                name = f"places_{service.pk}_{establishment.pk}"
                self.places.append((name, service, establishment))
                self.fields[name] = forms.IntegerField(
                    label=f"{service} – {establishment}",
                    min_value=1,
                    max_value=100_000,
                    required=False,
                    initial=declared.get((service.pk, establishment.pk)),
                )

    def _add_condition(self, condition, statement):
        self.fields[f"confirmed_{condition.pk}"] = forms.BooleanField(
            label=_("Wij verklaren op eer dat we aan deze voorwaarde voldoen"),
            required=False,
            initial=statement.confirmed if statement else False,
        )
        self.fields[f"explanation_{condition.pk}"] = forms.CharField(
            label=_("Toelichting"),
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 3}),
            initial=statement.explanation if statement else "",
        )
        self.fields[f"file_{condition.pk}"] = forms.FileField(
            label=_("Bewijsstuk toevoegen"),
            required=False,
            max_length=200,
            help_text=_("pdf, docx, xlsx, odt, png of jpg; hoogstens %s per keer bewaren.")
            % filesizeformat(20 * 1024**2),
        )

    # -- for the page ---------------------------------------------------------------------------

    def place_fields(self):
        return [self[name] for name, _service, _establishment in self.places]

    def parts(self):
        """Per condition: the condition, its three fields, and the files that are there."""
        files = list(self.application.evidence.all())
        return [
            {
                "condition": condition,
                "fields": [self[f"{name}_{condition.pk}"] for name in ("confirmed", "explanation", "file")],
                "files": [file for file in files if file.condition_id == condition.pk],
            }
            for condition in self.conditions
        ]

    # -- saving ---------------------------------------------------------------------------------

    def save(self, *, by) -> bool:
        """Keep everything that is right; returns whether nothing was refused. Refusals stand next to their field."""
        for name, service, establishment in self.places:
            if name in self.cleaned_data:
                self._save_place(name, service, establishment, by)
        for condition in self.conditions:
            self._save_statement(condition, by)
            upload = self.cleaned_data.get(f"file_{condition.pk}")
            if upload:
                self._try(f"file_{condition.pk}", actions.add_evidence, by=by, condition=condition, upload=upload)
        return not self.errors

    def _save_place(self, name, service, establishment, by):
        places = self.cleaned_data[name]
        if places:
            given = {"service": service, "establishment": establishment, "availability": places}
            self._try(name, actions.declare_service, by=by, **given)
        elif row := self.application.services.filter(service=service, establishment=establishment).first():
            actions.remove_service(self.application, by=by, row=row)

    def _save_statement(self, condition, by):
        explanation = self.cleaned_data.get(f"explanation_{condition.pk}")
        if explanation is None:  # refused by its field: what stands in the database stays
            return
        confirmed = self.cleaned_data.get(f"confirmed_{condition.pk}", False)
        actions.declare(self.application, by=by, condition=condition, confirmed=confirmed, explanation=explanation)

    def _try(self, name, act, **given):
        try:
            act(self.application, **given)
        except ValidationError as refusal:
            self.add_error(name, refusal.messages)
