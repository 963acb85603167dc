"""Every list asks the database as often for a hundred rows as for ten."""

import itertools
import uuid

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.actions import participant_alone
from procurement.models import Procedure
from tests.people import make_establishment, make_member, make_organisation, sign_in

# Which list, and for whom.
LISTS = [
    ("public", "anonymous"),
    ("catalogue", "anonymous"),
    ("procedure-list", "anonymous"),
    ("procedure-list", "officer"),
    ("call-list", "anonymous"),
    ("call-list", "officer"),
    ("admission-application-list", "officer"),
    ("admission-application-list", "owner"),
    ("admission-list", "manager"),
    ("admission-list", "owner"),
    ("question-list", "officer"),
    ("question-list", "owner"),
    ("contract-list", "manager"),
    ("contract-list", "owner"),
    ("contract-todo", "lawyer"),
    ("organisation-list", "officer"),
    ("organisation-list", "owner"),
    ("documents:documents", "lawyer"),
    ("documents:documents", "owner"),
    ("documents:templates", "lawyer"),
    ("legal-values", "auditor"),
    ("documents:messages", "lawyer"),
    ("documents:messages", "owner"),
    ("documents:returned-mails", "officer"),
]
_numbers = itertools.count(1)


def copy(record, **changes):
    """Another row like this one, past the verbs: a list does not ask how its rows came about."""
    values = {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}
    del values[record._meta.pk.attname]
    (made,) = QuerySet(type(record)).bulk_create([type(record)(**values | changes)])
    return made


def add_one_of_everything(house):
    n = next(_numbers)
    procedure = copy(house["procedure"], number=f"2030-{n:03d}")
    copy(house["lot"], procedure_id=procedure.pk)
    copy(
        house["application"],
        procedure_id=procedure.pk,
        envelope_id=copy(house["application"].envelope, uid=uuid.uuid4()).pk,
    )
    copy(house["question"], procedure_id=procedure.pk)
    copy(house["secret_question"], procedure_id=house["running"].pk)
    call = copy(house["call"], number=f"OH-2030-{n:03d}")
    version = copy(house["version"], call_id=call.pk)
    application = copy(house["admission_application"], call_id=call.pk, conditions_version_id=version.pk)
    copy(house["admission"], call_id=call.pk, application_id=application.pk, conditions_version_id=version.pk)
    contract = copy(house["contract"], number=f"2030-C{n:03d}", running=1000 + n, procedure_id=procedure.pk)
    copy(house["contract"].contract_lots.get(), contract_id=contract.pk, released=True)
    copy(house["contract"].services.first(), contract_id=contract.pk)
    copy(house["document"], number=f"2030-BRIEF-{n:03d}", running=1000 + n)
    message = copy(house["message"])
    delivery = copy(house["copy"], message_id=message.pk, uid=uuid.uuid4())
    copy(house["returned"], delivery_id=delivery.pk)
    copy(house["letter"], uid=uuid.uuid4())
    copy(house["template"], number=1000 + n, state="draft", approved_at=None)
    copy(house["legal_value"])
    organisation = make_organisation(f"Voorbeeldpartner {n}")
    make_member(organisation, house.person("owner"))
    make_establishment(organisation)
    participant_alone(organisation, by=house.person("owner"))


def count_queries(house, client):
    counts = {}
    for name, person in LISTS:
        visitor = type(client)()
        if person != "anonymous":
            sign_in(visitor, house.person(person))
        visitor.get(reverse(name))
        with CaptureQueriesContext(connection) as queries:
            answer = visitor.get(reverse(name))
        assert answer.status_code == 200
        counts[name, person] = len(queries)
    return counts


@pytest.mark.slow
def test_a_list_of_a_hundred_asks_as_often_as_a_list_of_ten(house, client):
    for _row in range(10):
        add_one_of_everything(house)
    ten = count_queries(house, client)

    for _row in range(90):
        add_one_of_everything(house)
    hundred = count_queries(house, client)

    assert Procedure.objects.count() > 100
    assert hundred == ten
