"""Who may manage what: the pages of administrators, in the signs of `test_urls`."""

from django.contrib import admin
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.sweeps.house import PEOPLE
from tests.sweeps.test_urls import names, sign

# What can be managed there, and who may list it, add to it, import and export it.
ADMIN = """
# who                                       an st ri ow of la ev op de ma au ad
admin:index                                 >  >  >  >  +  >  >  >  >  >  >  +
admin:password_change                       >  >  >  >  +  >  >  >  >  >  >  +
admin:password_change_done                  >  >  >  >  +  >  >  >  >  >  >  +
admin:auth_group_changelist                 >  >  >  >  -  >  >  >  >  >  >  -
admin:auth_group_add                        >  >  >  >  -  >  >  >  >  >  >  -
admin:account_emailaddress_changelist       >  >  >  >  -  >  >  >  >  >  >  -
admin:account_emailaddress_add              >  >  >  >  -  >  >  >  >  >  >  -
admin:mfa_authenticator_changelist          >  >  >  >  -  >  >  >  >  >  >  -
admin:mfa_authenticator_add                 >  >  >  >  -  >  >  >  >  >  >  -
admin:accounts_user_changelist              >  >  >  >  -  >  >  >  >  >  >  +
admin:accounts_user_add                     >  >  >  >  -  >  >  >  >  >  >  -
admin:accounts_roleassignment_changelist    >  >  >  >  -  >  >  >  >  >  >  +
admin:accounts_roleassignment_add           >  >  >  >  -  >  >  >  >  >  >  +
admin:catalogue_product_process_import      >  >  >  >  m  >  >  >  >  >  >  m
admin:catalogue_product_import              >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_product_export              >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_product_changelist          >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_product_add                 >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_service_process_import      >  >  >  >  m  >  >  >  >  >  >  m
admin:catalogue_service_import              >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_service_export              >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_service_changelist          >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_service_add                 >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_productpart_process_import  >  >  >  >  m  >  >  >  >  >  >  m
admin:catalogue_productpart_import          >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_productpart_export          >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_productpart_changelist      >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_productpart_add             >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_combination_process_import  >  >  >  >  m  >  >  >  >  >  >  m
admin:catalogue_combination_import          >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_combination_export          >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_combination_changelist      >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_combination_add             >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_area_process_import         >  >  >  >  m  >  >  >  >  >  >  m
admin:catalogue_area_import                 >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_area_export                 >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_area_changelist             >  >  >  >  +  >  >  >  >  >  >  +
admin:catalogue_area_add                    >  >  >  >  +  >  >  >  >  >  >  +
admin:partners_organisation_process_import  >  >  >  >  m  >  >  >  >  >  >  m
admin:partners_organisation_import          >  >  >  >  +  >  >  >  >  >  >  -
admin:partners_organisation_export          >  >  >  >  +  >  >  >  >  >  >  -
admin:partners_organisation_changelist      >  >  >  >  +  >  >  >  >  >  >  -
admin:partners_organisation_add             >  >  >  >  -  >  >  >  >  >  >  -
"""  # fmt: skip


def admin_lines():
    return [line.split() for line in ADMIN.strip().splitlines() if not line.startswith("#")]


def admin_pages():
    for name in names(get_resolver()):
        if name.startswith("admin:") and name not in ENTRANCES:
            try:
                yield name, reverse(name)
            except NoReverseMatch:
                continue


# Signing in and out happens at the one door; a language file and a look-up that refuses without its parameters.
ENTRANCES = {"admin:login", "admin:logout", "admin:jsi18n", "admin:autocomplete"}


def test_who_may_manage_what(house, visitors):
    answers = [[name, *(sign(visitors[person].get(url)) for person in PEOPLE)] for name, url in admin_pages()]

    assert answers == admin_lines()


def test_nothing_of_a_dossier_can_be_managed_past_its_verbs():
    """Procedures, offers, envelopes, documents, contracts and the trail have no page there at all."""
    managed = {model._meta.app_label for model in admin.site._registry}

    assert managed <= {"accounts", "account", "mfa", "auth", "catalogue", "partners"}
