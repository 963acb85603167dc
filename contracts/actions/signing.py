"""Signing: the partner's copy comes back and is judged, VDAB countersigns, and the lots are concluded."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import translation

from contracts import reference
from contracts.models import Contract, ContractLot, SignedCopy
from documents import keys, sealing, signatures, storage
from documents.actions import owe_letter
from lifecycle import clock, trail
from lifecycle.steps import Blocked, action, fire, reasons_of, refuse_overtaken, transitions, wrong_state
from partners.addresses import addressee
from procurement.models import Lot

FIELD = "Tegentekening"


@action("contracts.receive_signed_copy")
def receive_signed_copy(contract, *, by, file):
    """Judge what the partner uploads and keep it, accepted or refused; returns the `SignedCopy` with its verdict.

    Accepted is exactly the issued document plus valid signatures of people whose certificates we believe. A refused copy
    has its `reasons` in Dutch and, as `told`, in the language of the page. Raises `PermissionDenied` for who may not sign
    for the partner, `Blocked` when nothing is to be signed now.
    """
    fresh = Contract.objects.select_related("document", "participant").get(pk=contract.pk)
    _refuse_now(fresh, "receive_signed_copy", by, seen=contract.state)
    data = file if isinstance(file, bytes) else file.read()
    issued = storage.read(fresh.document.sha256)
    with translation.override("nl"):
        verdict = signatures.check_upload(issued, data, at=clock.now())
    copy = SignedCopy.objects.create(
        contract=fresh,
        document=fresh.document,
        sha256=storage.store(data),
        size=len(data),
        uploaded_by=by,
        uploaded_at=clock.now(),
        valid=verdict.is_accepted,
        signers=[_signer(signer) for signer in verdict.signers],
        reasons=verdict.reasons,
    )
    copy.told = verdict.reasons
    digest = trail.Code(copy.sha256)
    if copy.valid:
        fire(fresh, "receive_signed_copy", by=by, sha256=digest, signers=len(copy.signers))
        return copy
    if translation.get_language() != "nl":
        copy.told = signatures.check_upload(issued, data, at=clock.now()).reasons
    trail.record(fresh, "refuse_signed_copy", by=by, facts={"sha256": digest, "reasons": len(copy.reasons)})
    return copy


def _refuse_now(contract, verb, by, *, seen):
    """What `fire` would refuse, before a file is looked at."""
    found = [each for each in transitions(Contract) if each.name == verb]
    here = [each for each in found if each.source == contract.state]
    if not found[0].permission(contract, by):
        raise PermissionDenied
    if not here:
        if seen != contract.state:
            refuse_overtaken(contract)
        raise Blocked([wrong_state(contract, found[0])], contract)
    blocking, _warnings = reasons_of(contract, here[0], {})
    if blocking:
        raise Blocked(blocking, contract)


def _signer(signer):
    """What is kept of a signer: never the number in an eID certificate, which is the person's national number."""
    return {
        "name": signer.name,
        "issuer": signer.issuer,
        "certificate_sha256": signer.certificate_sha256,
        "claimed_at": signer.claimed_at and signer.claimed_at.isoformat(timespec="seconds"),
        "timestamped_at": signer.timestamped_at and signer.timestamped_at.isoformat(timespec="seconds"),
    }


@action("contracts.countersign")
def countersign(contract, *, by):
    """Sign for the authority, which concludes the contract; conclude every lot of which all contracts are signed.

    What stands in the way of concluding one of its lots (an unsent letter, a running standstill, a pending suspension)
    stands in the way of this: `Blocked` with all reasons, and nothing is signed.
    """
    locked = _lock_lots(contract)
    fresh = (
        Contract.objects.select_for_update(of=("self",)).select_related("document", "participant").get(pk=contract.pk)
    )
    _refuse_now(fresh, "countersign", by, seen=contract.state)
    final = _signed_for_the_authority(fresh, by)
    contract = fire(fresh, "countersign", by=by, final_sha256=trail.Code(storage.store(final)), final_size=len(final))
    for lot in locked:
        _conclude_if_all_are_signed(lot, by)
    if not contract.needs_partner_signature:
        _notify(contract, by)
    return contract


def _lock_lots(contract):
    """Two contracts of one lot that are signed at once: the second sees the first. Always in the order of the lots."""
    lots = ContractLot.objects.filter(contract=contract).values("lot")
    return list(Lot.objects.select_for_update(of=("self",)).filter(pk__in=lots).order_by("pk"))


def _bytes_to_sign(contract):
    copy = contract.signed_copy
    return copy.read() if copy else storage.read(contract.document.sha256)


def _signed_for_the_authority(contract, by):
    authority = settings.CONTRACTING_AUTHORITY["name"]
    places = contract.document.places
    return sealing.sign(
        _bytes_to_sign(contract),
        keys.seal(),
        field=FIELD,
        at=clock.now(),
        reason=reference.COUNTERSIGNATURE.format(authority=authority),
        place=places[reference.PLACE_OF_AUTHORITY] if places else None,
        who=f"met het zegel van {authority}, door {by.name}",
    )


def _conclude_if_all_are_signed(lot, by):
    signed = ContractLot.objects.filter(lot=lot, released=False, contract__signed_at__isnull=False)
    if lot.awards.exclude(pk__in=signed.values("award")).exists():
        return
    contracts = [each.contract for each in signed.select_related("contract").order_by("contract__number")]
    fire(lot, "conclude", by=by, contracts=contracts)


def _notify(contract, by):
    """A contract that is concluded by notification is sent: electronically and by registered post."""
    owe_letter(
        document=contract.document,
        subject=contract,
        reason="contract_concluded",
        by=by,
        **addressee(contract.participant),
    )


@action("contracts.withdraw")
def withdraw(contract, *, by, reason):
    """End a contract before its conclusion: its awards or its admission can have another one."""
    contract = fire(contract, "withdraw", by=by, reason=reason)
    contract.contract_lots.update(released=True)
    return contract
