"""The page of one contract with its parts, its files, and the upload of a signed copy."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from contracts import actions
from contracts.forms import ContractForm, services_formset
from contracts.milestones import timeline_of, waiting_of
from contracts.models import Amendment, Contract, SignedCopy
from documents import storage
from documents.models import Document
from lifecycle import steps
from lifecycle.history import history_of
from lifecycle.templatetags.lifecycle import dag
from lifecycle.views import StepView
from partners.models import Membership


def _contract_of(request, pk):
    found = Contract.objects.visible_to(request.user)
    return get_object_or_404(
        found.select_related(
            "participant__lead", "procedure", "admission__call", "document", "prepared_by", "countersigned_by"
        ),
        pk=pk,
    )


class ContractPage(LoginRequiredMixin, View):
    """What one person sees of one contract; what one may not see is 404."""

    def get(self, request, pk):
        contract, user = _contract_of(request, pk), request.user
        parts = _parts(contract, user)
        wanted = request.GET.get("tab")
        current = wanted if wanted in parts else "overeenkomst"
        label, _count, make = parts[current]
        context = {
            "record": contract,
            "trail": [(_("Contracten"), reverse("contract-list"))],
            "number": contract.number,
            "name": contract.participant.name,
            "facts": _facts(contract),
            "timeline": timeline_of(contract),
            "steps": steps.steps(contract, user),
            "waiting": waiting_of(contract),
            "tabs": [
                {"label": name, "url": f"?tab={key}", "current": key == current, "count": count}
                for key, (name, count, _make) in parts.items()
            ],
            "part_title": label,
            "part_template": f"contracts/parts/{current}.html",
            "signing": _signing(contract, user),
            "edit_url": _edit_url(contract, user),
            "measure": _measure(contract),
        }
        return TemplateResponse(request, "contracts/contract.html", context | make())


def _facts(contract):
    words = {"months": contract.term_months, "start": dag(contract.term_start)}
    facts = [contract.get_kind_display(), contract.subject]
    return [*facts, _("%(months)s maanden vanaf %(start)s") % words]


def _signing(contract, user):
    """The three things that the partner does: download, sign, upload. For who may sign, while it waits for them."""
    if not contract.waits_for_partner or not user.has_perm("contracts.sign_contract", contract):
        return None
    return {"document": contract.document, "url": f"{contract.get_absolute_url()}receive_signed_copy/"}


def _edit_url(contract, user):
    if contract.is_editable and user.has_perm("contracts.prepare_contract", contract):
        return reverse("contract-edit", args=[contract.pk])
    return None


def _measure(contract):
    """The reasons of what is in force now: a suspension, a notice of default, the end."""
    told = (Contract.State.SUSPENDED, Contract.State.IN_DEFAULT, Contract.State.TERMINATED)
    if contract.state not in told:
        return None
    return {
        "title": contract.get_state_display(),
        "ground": contract.get_ground_display(),
        "reason": contract.reason,
        "until": contract.answer_last_day if contract.state == Contract.State.IN_DEFAULT else None,
    }


# -- the parts ------------------------------------------------------------------------------------


def _parts(contract, user):
    """key -> (label, count, what makes its context); the history is the last."""
    services = contract.services.count()
    amendments = Amendment.objects.visible_to(user).filter(contract=contract)
    return {
        "overeenkomst": (_("Overeenkomst"), None, lambda: _agreement(contract)),
        "diensten": (_("Diensten en capaciteit"), services, lambda: _services(contract)),
        "ondertekening": (_("Ondertekening"), None, lambda: _signatures(contract, user)),
        "wijzigingen": (_("Wijzigingen"), amendments.count(), lambda: _amendments(contract, user, amendments)),
        "documenten": (_("Documenten"), None, lambda: {"papers": _papers(contract, user)}),
        "verloop": (_("Verloop"), None, lambda: {"told": history_of(contract, viewer=user)}),
    }


def _agreement(contract):
    return {"contract": contract, "lots": contract.lots, "lead": contract.participant.lead}


def _services(contract):
    rows = contract.services.select_related("lot", "service", "establishment__postcode__municipality")
    return {"contract": contract, "rows": rows}


def _signatures(contract, user):
    copies = list(contract.signed_copies.select_related("uploaded_by"))
    known = _names_of_signers(contract)
    for copy in copies:
        copy.is_current = copy.document_id == contract.document_id
        copy.unknown_signers = [each["name"] for each in copy.signers if each["name"].casefold() not in known]
    is_staff = user.has_perm("contracts.view_any_contract")
    return {"contract": contract, "copies": copies, "shows_people": is_staff}


def _names_of_signers(contract):
    """Who may sign for the partner, to compare with what certificates say."""
    people = Membership.objects.current().filter(organisation__in=contract.participant.organisations, may_sign=True)
    return {name.casefold() for name in people.values_list("user__name", flat=True)}


def _amendments(contract, user, amendments):
    may_draft = contract.is_running and user.has_perm("contracts.manage_contract", contract)
    return {
        "amendments": amendments.select_related("contract"),
        "new_url": reverse("amendment-new", args=[contract.pk]) if may_draft else None,
    }


def _papers(contract, user):
    return Document.objects.about(contract).visible_to(user)


# -- preparing ------------------------------------------------------------------------------------


class ContractEdit(LoginRequiredMixin, View):
    """The terms and services of a contract while it is prepared, on one page."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.contract = _contract_of(request, kwargs["pk"])
        if not request.user.has_perm("contracts.prepare_contract", self.contract):
            raise PermissionDenied
        if not self.contract.is_editable:
            messages.error(request, _("Dit contract is uitgereikt en kan niet meer worden aangepast."))
            return redirect(self.contract)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        return self._page(ContractForm(instance=self._copy()), services_formset(self.contract))

    def post(self, request, pk):
        form, services = (
            ContractForm(request.POST, instance=self._copy()),
            services_formset(self.contract, request.POST),
        )
        if all([form.is_valid(), services.is_valid()]):
            try:
                contract = actions.adjust(self.contract, by=request.user, services=services.rows(), **form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, refusal.messages)
            else:
                messages.success(request, _("Bewaard. Het contract is nog niet uitgereikt."))
                return redirect(contract)
        return self._page(form, services, status=422)

    def _copy(self):
        """What a refused form wrote on it must not be shown as the contract."""
        return Contract.objects.select_related("participant").get(pk=self.contract.pk)

    def _page(self, form, services, *, status=200):
        context = {
            "form": form,
            "services": services,
            "contract": self.contract,
            "trail": [
                (_("Contracten"), reverse("contract-list")),
                (str(self.contract), self.contract.get_absolute_url()),
            ],
        }
        return TemplateResponse(self.request, "contracts/contract_form.html", context, status=status)


# -- signing --------------------------------------------------------------------------------------


class ReceiveSignedCopy(StepView):
    """The page of that verb; a refused copy comes back with its reasons next to the field, and is kept."""

    model = Contract

    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, verb="receive_signed_copy", **kwargs)

    def post(self, request, *args, **kwargs):
        form = self._form(request.POST, request.FILES)
        largest = settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        if int(request.META.get("CONTENT_LENGTH") or 0) > largest:
            # The upload handler left it out: say why, instead of that there is none.
            form.errors["file"] = form.error_class(
                [_("Het bestand is te groot: hoogstens %s.") % filesizeformat(largest)]
            )
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            copy = actions.receive_signed_copy(self.record, by=request.user, file=form.cleaned_data["file"])
        except steps.Blocked as refusal:
            return self._page(form, refusal=refusal, status=409)
        if not copy.valid:
            form.add_error("file", copy.told)
            return self._page(form, status=422)
        messages.success(request, _("Aanvaard: ondertekend door %s. VDAB tekent nu tegen.") % copy.signer_names)
        return redirect(f"{self.record.get_absolute_url()}?tab=ondertekening")


class ContractStep(StepView):
    model = Contract


# -- files ----------------------------------------------------------------------------------------


class FinalDownload(LoginRequiredMixin, View):
    """The PDF that both signed, for everybody who may see the contract."""

    def get(self, request, pk):
        contract = _contract_of(request, pk)
        if not contract.final_sha256:
            raise Http404
        return _pdf(contract.final_sha256, contract.final_name)


class SignedCopyDownload(LoginRequiredMixin, View):
    """What was handed in, as it was handed in. A refused file can be anything: it is never shown, only saved."""

    def get(self, request, pk):
        copy = get_object_or_404(SignedCopy.objects.visible_to(request.user).select_related("contract"), pk=pk)
        return _pdf(copy.sha256, f"{copy.contract.number}-exemplaar-{copy.pk}.pdf", is_pdf=copy.valid)


def _pdf(sha256, name, *, is_pdf=True):
    try:
        data = storage.read(sha256)
    except FileNotFoundError as error:
        raise Http404 from error
    return HttpResponse(
        data,
        headers={
            "Content-Type": "application/pdf" if is_pdf else "application/octet-stream",
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-cache",
        },
    )
