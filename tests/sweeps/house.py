"""A house full of records: of everything that has a lifecycle or a page there is one, made through the actions.

Voorbeeldpartner Alfa is the owner of what a partner can own; Voorbeeldpartner Beta, its rival, has a draft of its own.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Model, QuerySet

from admission import actions as admission
from admission.models import EvidenceFile
from catalogue.models import Product
from contracts import actions as contracts
from contracts.models import Amendment, SignedCopy
from documents import bounces, keys, storage
from documents.actions import owe_letter
from documents.correcting import propose_sending
from documents.envelopes.uploads import take_in
from documents.models import ClauseVersion, Document, Letter, TemplateVersion
from lifecycle import clock
from lifecycle.actions import propose_value
from lifecycle.models import LegalValue, PolicyOverride
from lifecycle.steps import fire
from partners import actions as partners
from partners.actions import participant_alone
from procurement import actions as procurement
from procurement.audience import tell_everybody
from procurement.models import ApprovedVersion, Award, Outage
from tests.admission import world as open_house
from tests.people import make_establishment, make_member, make_organisation, make_user
from tests.procurement import changes, story

STAFF = {
    "officer": "procurement_officer",
    "lawyer": "legal_officer",
    "evaluator": "evaluator",
    "opener": "opening_officer",
    "decider": "decision_maker",
    "manager": "contract_manager",
    "auditor": "auditor",
    "admin": "administrator",
}
# Who visits: nobody, somebody else's people, the candidate itself, and one of each of the staff.
PEOPLE = "anonymous stranger rival owner officer lawyer evaluator opener decider manager auditor admin".split()
PAPER = b"%PDF-1.7\n% een brief van niemand\n%%EOF\n"


@dataclass
class House:
    """`people` by their short name (also `second_opener`), `organisations` and `parties` by owner and rival."""

    people: dict = field(default_factory=dict)
    organisations: dict = field(default_factory=dict)
    parties: dict = field(default_factory=dict)
    records: dict[str, Model] = field(default_factory=dict)

    def __getitem__(self, name):
        return self.records[name]

    def person(self, name):
        return self.people[name]

    def keep(self, **records):
        self.records |= records


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def build() -> House:
    """Takes about a second. Media and keys go where the settings say."""
    keys.make_keys()
    house = House()
    _people(house)
    _procedures(house)
    _offers(house)
    _open_house(house)
    _papers(house)
    _contract(house)
    _subscriptions(house["running"], house)
    _seconded(house)
    _corrections(house)
    _messages(house)
    _changes(house)
    _joining(house)
    return house


def _people(house):
    people = house.people
    for short, role in STAFF.items():
        people[short] = make_user(f"{short.title()} Voorbeeld", role)
    people["second_opener"] = make_user("Tweede Opener", "opening_officer")
    for short, name in (("owner", "Voorbeeldpartner Alfa vzw"), ("rival", "Voorbeeldpartner Beta vzw")):
        people[short] = make_user(f"{short.title()} Kandidaat")
        house.organisations[short] = make_organisation(name)
        make_member(house.organisations[short], people[short])
        house.parties[short] = participant_alone(house.organisations[short], by=people[short])
    house.keep(
        organisation=house.organisations["owner"],
        establishment=make_establishment(house.organisations["owner"]),
        colleague=make_member(house.organisations["owner"], make_user("Een Collega"), may_sign=False),
    )
    people["stranger"] = make_user("Vera Vreemdeling")


def _joining(house):
    """A colleague who was invited, and the rival who asks access: to Alfa, and to an organisation that nobody signs for."""
    alfa, asked = house.organisations["owner"], {"by": house.person("rival"), "words": "Ik ben de nieuwe directeur."}
    orphan = make_organisation("Voorbeeldpartner Delta vzw")
    house.keep(
        invitation=partners.invite(alfa, by=house.person("owner"), email="genodigd@voorbeeld.example"),
        join_request=partners.ask_to_join(enterprise_number=alfa.enterprise_number, **asked),
        orphan_request=partners.ask_to_join(enterprise_number=orphan.enterprise_number, **asked),
    )


def _publish(house, number):
    procedure = story.make_procedure(number)
    return story.publish(procedure, officer=house.person("officer"), decision_maker=house.person("decider"))


def _procedures(house):
    """A draft, one that takes applications, and one of which the applications are open."""
    owner, rival = house.person("owner"), house.person("rival")
    house.keep(draft_procedure=story.make_procedure("2026-002"), running=_publish(house, "2026-003"))
    house.keep(sealed=story.submit_application(house["running"], organisation=house.organisations["owner"], by=owner))
    draft = story.start(house["running"], organisation=house.organisations["rival"], by=rival)
    story.fill(draft, by=rival)
    house.keep(rivals_draft=draft)
    _questions(house)
    procedure = _publish(house, "2026-001")
    story.submit_application(procedure, organisation=house.organisations["owner"], by=owner)
    story.open_applications(procedure, house.person("opener"), house.person("second_opener"))
    for short in ("officer", "evaluator", "decider"):
        procurement.state_interests(procedure, by=house.person(short), has_conflict=False)
    application = procurement.assess_application(
        procedure.applications.get(),
        by=house.person("officer"),
        findings={"S1": (True, "Twee referenties.")},
        outcome="select",
        reasons="Voldoet aan S1.",
    )
    house.keep(
        procedure=procurement.decide_selection(fresh(procedure), by=house.person("decider")),
        application=fresh(application),
    )


def _subscriptions(procedure, house):
    """One that counts, and one that was only asked for."""
    for email in ("lezer@voorbeeld.example", "vrager@voorbeeld.example"):
        procurement.ask_subscription(procedure, email=email)
    asked, subscription = procedure.subscriptions.order_by("-pk")
    house.keep(asked_subscription=asked, subscription=procurement.confirm_subscription(subscription))


def _questions(house):
    """Of the owner one question that was answered to all, and a confidential one that waits; of the rival one that waits."""
    running, owner, rival = house["running"], house.person("owner"), house.person("rival")
    alfa, beta = house.organisations["owner"], house.organisations["rival"]
    asked = procurement.ask_question(running, by=owner, organisation=alfa, text="Telt onderaanneming mee?")
    drafted = fire(asked, "draft_answer", by=house.person("officer"), wording="Telt ze mee?", answer="Ja.")
    fire(drafted, "approve_answer", by=house.person("lawyer"))
    procurement.publish_answers(running, by=house.person("officer"))
    secret = procurement.ask_question(
        running, by=owner, organisation=alfa, text="Mag onze methode?", confidential=True, motive="Ze is van ons."
    )
    rivals = procurement.ask_question(running, by=rival, organisation=beta, text="Mag het met minder?")
    house.keep(question=fresh(asked), secret_question=secret, rivals_question=rivals)


def _messages(house):
    """A message to everybody about the procedure, of which the owner's copy came back."""
    message = tell_everybody(
        house["procedure"], reason="test", title="Er is nieuws", body="Lees het.", by=house.person("officer")
    )
    copy = message.deliveries.get(recipient=house.parties["owner"].ref)
    bounces.came_back(copy.uid, "5.1.1")
    house.keep(message=message, copy=copy, returned=copy.returned)


def _offers(house):
    """An opened offer and, for another lot, none; the letters of the selection are no part of this story."""
    owner = house.person("owner")
    procedure = story.put(house["procedure"], "selection_notified")
    deadline = clock.now() + dt.timedelta(days=60)
    procedure = procurement.invite_tenders(procedure, by=house.person("officer"), offers_deadline=deadline)
    offer = procurement.start_offer(house["application"], by=owner, lot=procedure.lots.first())
    take_in(offer.envelope, by=owner, name="offerte.pdf", chunks=[story.PDF])
    procurement.write_answers(offer, by=owner, answers={"capacity": 120})
    procurement.submit_offer(offer, by=owner)
    clock.travel_to(deadline + dt.timedelta(minutes=1))
    procedure = fire(procedure, "close_tenders", by=house.person("opener"))
    story.release(procedure.box("offers-1"), house.person("opener"), house.person("second_opener"))
    procedure = procurement.open_tenders(procedure, by=house.person("opener"))
    lot = procedure.lots.first()
    decided = {"decided_by": house.person("decider"), "decided_at": clock.now(), "registry_checked_at": clock.now()}
    house.keep(
        procedure=procedure,
        offer=fresh(offer),
        box=procedure.box("offers-1"),
        envelope=fresh(offer).envelope,
        open_lot=procedure.lots.last(),
        lot=story.put(lot, "ready_to_conclude", **decided),
    )


def _open_house(house):
    officer, owner = house.person("officer"), house.person("owner")
    product = Product.objects.flanking_actions().get(code="language-coaching")
    clock.travel_to(open_house.at(2026, 6, 20))
    day = clock.today()
    draft = open_house.draft_call(officer, number="OH-2026-09")
    call = open_house.published_call(
        officer, house.person("lawyer"), house.person("decider"), product=product, open_from=day
    )
    draft_application = open_house.filled_application(
        call, house.person("rival"), house.parties["rival"], make_establishment(house.organisations["rival"])
    )
    application = open_house.in_assessment(call, owner, house.parties["owner"], house["establishment"], checker=officer)
    admission.assess(application, by=house.person("evaluator"), results=open_house.results(), no_interest=True)
    admitted = admission.admit(fresh(application), by=house.person("decider"))
    house.keep(
        draft_call=draft,
        draft_version=draft.versions.get(),
        call=fresh(call),
        version=call.versions.get(),
        admission_draft=draft_application,
        admission_application=fresh(application),
        admission=admitted,
        evidence=EvidenceFile.objects.filter(application=application).first(),
        draft_evidence=EvidenceFile.objects.filter(application=draft_application).first(),
    )


def _changes(house):
    """A rectification that everybody knows and a draft of another, an outage that was confirmed and one that was not."""
    clock.travel_to(story.DEADLINE - dt.timedelta(days=20))
    officer, lawyer = house.person("officer"), house.person("lawyer")
    published = changes.drafted(fresh(house["running"]), by=officer, wanted=changes.new_weights(house["running"]))
    house.keep(
        addendum=procurement.publish_addendum(published, by=lawyer),
        draft_addendum=changes.drafted(
            fresh(house["running"]), by=officer, wanted=changes.new_weights(house["running"], 70, 30)
        ),
    )
    recorded = changes.outage(clock.now() - dt.timedelta(hours=1), 20, by=officer)
    house.keep(
        outage=procurement.confirm_outage(recorded, by=lawyer),
        open_outage=procurement.record_outage(Outage(started_at=clock.now(), affected="Alles."), by=officer),
    )
    clock.travel_to(house["lot"].decided_at)


def _papers(house):
    """A sealed letter to the owner, which still has to be sent by registered post, and texts."""
    document = Document.objects.about(house["application"]).first()
    document = _sealed(document)
    letter = owe_letter(
        document=document,
        subject=house["application"],
        name="Voorbeeldpartner Alfa vzw",
        email="post@voorbeeldpartner.example",
        address="Voorbeeldstraat 1",
        reason="invitation_letter",
        by=house.person("officer"),
    )
    house.keep(
        document=document,
        letter=letter,
        public_document=_sealed(Document.objects.filter(kind="selection_guide").first()),
        template=TemplateVersion.objects.approved().first(),
        clause=ClauseVersion.objects.approved().first(),
    )


def _sealed(document):
    """As its worker leaves it, without making the PDF."""
    moment = clock.now()
    return story.put(
        document,
        "sealed",
        rendered_at=moment,
        sealed_at=moment,
        delivered_at=moment,
        rendered_sha256="0" * 64,
        sha256=storage.store(PAPER),
        size=len(PAPER),
        pages=1,
        failure="geen",
    )


def _seconded(house):
    """What asks a second person: a version that a body approved, a value above the estimate, a policy to set aside."""
    officer, procedure = house.person("officer"), house["procedure"]
    version = ApprovedVersion.objects.create(
        procedure=house["running"],
        number=2,
        content={},
        digest="0" * 64,
        recorded_by=house.person("lawyer"),
        approved_at=clock.now(),
        body="Raad van bestuur",
        decided_on=clock.today(),
        minutes_sha256=storage.store(PAPER),
        minutes_size=len(PAPER),
    )
    override = PolicyOverride.objects.create(
        subject=procedure.ref, verb="start_negotiation", guard="no_lot_is_proposed", reason="geen", asked_by=officer
    )
    value = story.record_award_value(house["open_lot"], by=officer, value=Decimal(4_000_000))
    house.keep(approved_version=version, override=override, award_value=value)


def _contract(house):
    lot, offer = house["lot"], story.put(house["offer"], "awarded", capacity=120)
    award = Award.objects.create(lot=lot, offer=offer, rank=1, decided_at=lot.decided_at)
    contract = contracts.conclude(award=award, by=house.person("lawyer"))
    moment = clock.now()
    contract = story.put(
        contract,
        "active",
        document=house["document"],
        issued_at=moment,
        signed_at=moment,
        countersigned_by=house.person("decider"),
        final_sha256=storage.store(PAPER + b"% getekend\n"),
        final_size=len(PAPER),
        ground="breach",
        reason="geen",
        ended_at=moment,
    )
    copy = SignedCopy.objects.create(
        contract=contract,
        document=house["document"],
        sha256=storage.store(PAPER + b"% teruggekomen\n"),
        size=len(PAPER),
        uploaded_by=house.person("owner"),
        uploaded_at=moment,
        valid=True,
        signers=[{"name": "Owner Kandidaat"}],
        reasons=[],
    )
    amendment = Amendment.objects.create(
        contract=contract,
        number=1,
        ground="mod-minv",
        content="Een vestiging meer.",
        reasons="De vraag groeit.",
        value_change=Decimal(100),
        drafted_by=house.person("lawyer"),
        drafted_at=moment,
    )
    house.keep(award=award, contract=contract, signed_copy=copy, amendment=amendment)


def _corrections(house):
    """A letter and a notice of which something was recorded wrongly, and a number of the law that one person proposed."""
    officer = house.person("officer")
    letter = QuerySet(Letter).create(**_letter(house), registered_number="RN 1", registered_sent_at=clock.now())
    correction = propose_sending(
        letter, by=officer, number="RN 2", sent_at=clock.now() - dt.timedelta(minutes=1), reason="Tikfout."
    )
    procedure = house["procedure"]
    procurement.confirm_notice_subtype(procedure, by=house.person("lawyer"), subtype="14")
    change = procurement.record_notice(
        procedure,
        by=officer,
        kind="change",
        subtype="14",
        number="BDA-2",
        sent_on=clock.today(),
        proof=PAPER,
    )
    value = LegalValue.objects.approved().get(key="standstill-days")
    proposed = propose_value(
        value,
        by=make_user("Tweede Jurist", "legal_officer"),
        value=Decimal(16),
        valid_from=dt.date(2030, 1, 1),
        source="een wet van morgen",
        certain=True,
    )
    lawyer, moment = house.person("lawyer"), clock.now()
    decided = {"decided_by": lawyer, "decided_at": moment}
    house.keep(
        registered_letter=letter,
        correction=story.put(correction, "proposed", **decided, noted_by=lawyer, noted_at=moment),
        notice=procedure.notices.get(kind="call"),
        change_notice=change,
        approved_value=value,
        legal_value=story.put(proposed, "proposed", **decided),
    )


def _letter(house):
    first = house["letter"]
    moment = clock.now()
    return {
        "document": first.document,
        "subject": first.subject,
        "reason": first.reason,
        "name": first.name,
        "email": first.email,
        "owed_at": moment,
        "registered_by": house.person("officer"),
        "registered_recorded_at": moment,
    }
