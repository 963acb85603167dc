"""What must hold before a step of an Open House scheme: one condition, one sentence, one ground each."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from admission.checklist import ITEMS
from admission.decision import Admit, Refuse, decide
from admission.grounds import CONDITIONS, EQUALITY, HEARING, OPEN_HOUSE, PROCEDURE, REASONS, SOUND_ADMINISTRATION
from lifecycle import clock, timelimits
from lifecycle.guards import Unmet, guard
from lifecycle.templatetags.lifecycle import dag

# -- preparing a call ---------------------------------------------------------------------------


@guard(_("Er is nog geen toelatingsvoorwaarde met haar bewijs."), ground=OPEN_HOUSE)
def has_conditions(call, facts):
    return call.first_version is not None and call.first_version.conditions.exists()


@guard(_("De vergoedingen of de tekst van de overeenkomst ontbreken."), ground=OPEN_HOUSE)
def has_fees_and_agreement(call, facts):
    version = call.first_version
    return version is not None and version.fees.exists() and bool(version.agreement_nl.strip())


@guard(_("De oproep moet eindigen na de dag waarop ze opengaat."), ground=EQUALITY)
def term_is_ahead(call, facts):
    return call.open_from < call.open_until and call.open_until > clock.today()


@guard(_("De checklist is niet volledig afgevinkt."), ground=OPEN_HOUSE)
def every_item_is_confirmed(call, facts):
    return not facts or set(facts.get("items", ())) == set(ITEMS)


@guard(_("Een jurist heeft de checklist voor Open House nog niet ondertekend."), ground=OPEN_HOUSE)
def checklist_is_signed(call, facts):
    return call.checklist_signed_at is not None


@guard(_("De oproep is gewijzigd sinds ze werd voorgelegd."), ground=SOUND_ADMINISTRATION)
def call_is_unchanged(call, facts):
    return call.submitted_digest == call.content_digest()


@guard(_("Geef de reden."), ground=REASONS)
def reason_is_given(record, facts):
    return bool((facts.get("reason") or "").strip()) if facts else True


# -- running and closing a call -----------------------------------------------------------------


@guard(_("De sluiting wordt te kort vooraf aangekondigd."), ground=PROCEDURE)
def closing_leaves_the_notice(call, facts):
    """The published number of days lies between the announcement and the last day, the same for everybody."""
    if "apply_until" not in facts:
        return True
    earliest = timelimits.period_end(clock.today(), days=timelimits.days("call-closing-notice-days"))
    return facts["apply_until"] >= earliest or Unmet(_now("De laatste dag is ten vroegste %s.") % dag(earliest))


@guard(_("De nieuwe sluitingsdatum moet vroeger vallen dan de bekendgemaakte."), ground=EQUALITY)
def closing_comes_sooner(call, facts):
    return "apply_until" not in facts or facts["apply_until"] < call.apply_until


@guard(_("De laatste dag om aan te vragen is nog niet voorbij."), ground=PROCEDURE)
def applying_is_over(call, facts):
    return timelimits.period_over(call.apply_until) or Unmet(opens_at=timelimits.first_moment_after(call.apply_until))


@guard(_("De looptijd van de oproep is nog niet voorbij."), ground=PROCEDURE)
def term_is_over(call, facts):
    return timelimits.period_over(call.open_until) or Unmet(opens_at=timelimits.first_moment_after(call.open_until))


@guard(_("Er zijn nog aanvragen zonder beslissing."), ground=SOUND_ADMINISTRATION)
def every_application_is_decided(call, facts):
    return not call.applications.undecided().exists()


# -- versions of the conditions -----------------------------------------------------------------


@guard(_("Deze versie heeft nog geen voorwaarden, vergoedingen of overeenkomst."), ground=OPEN_HOUSE)
def version_is_whole(version, facts):
    return version.conditions.exists() and version.fees.exists() and bool(version.agreement_nl.strip())


@guard(_("De oproep is niet bekendgemaakt; haar eerste voorwaarden gaan met haar mee."), ground=PROCEDURE)
def call_is_running(version, facts):
    return version.call.is_running


@guard(_("Er is al een latere versie bekendgemaakt."), ground=EQUALITY)
def version_is_the_latest(version, facts):
    return not version.call.versions.published().filter(number__gt=version.number).exists()


@guard(_("De voorwaarden zijn gewijzigd sinds ze werden vastgelegd."), ground=SOUND_ADMINISTRATION)
def version_is_unchanged(version, facts):
    return version.is_unchanged


@guard(_("De overgang is te kort: ze is voor iedereen even lang."), ground=EQUALITY)
def transition_is_long_enough(version, facts):
    """New conditions hold for sitting and new partners from the same day, after the published transition."""
    if "applies_from" not in facts:
        return True
    days = timelimits.days("conditions-transition-days")
    earliest = timelimits.first_moment_after(timelimits.period_end(clock.today(), days=days))
    words = _now("De nieuwe voorwaarden gelden ten vroegste vanaf %s.") % dag(earliest)
    return facts["applies_from"] >= clock.local_date(earliest) or Unmet(words)


# -- applying -----------------------------------------------------------------------------------


@guard(_("Aan deze aanvraag kan nu niets worden toegevoegd of gewijzigd."), ground=PROCEDURE)
def application_can_be_filled_in(application, facts):
    return application.is_draft if facts.get("drafts_only") else application.takes_evidence


@guard(_("De oproep neemt nu geen aanvragen aan."), ground=PROCEDURE)
def call_takes_applications(application, facts):
    call = application.call
    if call.takes_applications:
        return True
    opens_at = clock.at(call.open_from)
    return Unmet(opens_at=opens_at if call.is_running and opens_at > clock.now() else None)


@guard(_("Er gelden intussen nieuwe voorwaarden: trek dit ontwerp in en begin opnieuw."), ground=EQUALITY)
def conditions_are_in_force(application, facts):
    return application.conditions_version == application.call.version_in_force()


@guard(_("Nog niet elke voorwaarde is bevestigd en bewezen."), ground=CONDITIONS)
def every_condition_is_evidenced(application, facts):
    missing = application.conditions_without_evidence()
    return not missing or Unmet(_now("Het gaat om: %s.") % ", ".join(missing))


@guard(_("Geef minstens één vestiging op waar u de dienst aanbiedt."), ground=CONDITIONS)
def services_are_declared(application, facts):
    return application.services.exists()


@guard(_("Aanvaard de overeenkomst en de vergoedingen zoals ze zijn bekendgemaakt."), ground=OPEN_HOUSE)
def agreement_is_accepted(application, facts):
    return not facts or facts.get("agreement_accepted") is True


# -- completeness -------------------------------------------------------------------------------


@guard(_("Som op wat ontbreekt, in één keer."), ground=EQUALITY)
def missing_is_listed(application, facts):
    return not facts or bool((facts.get("missing") or "").strip())


@guard(_("De termijn om aan te vullen is voorbij."), ground=PROCEDURE)
def completion_term_runs(application, facts):
    return not timelimits.period_over(application.completion_last_day)


@guard(_("De aanvrager heeft nog tijd om aan te vullen."), ground=PROCEDURE)
def completion_term_is_over(application, facts):
    return _over(application.completion_last_day)


# -- deciding -----------------------------------------------------------------------------------


@guard(_("Verklaar dat u geen belang hebt bij deze aanvraag."), ground=SOUND_ADMINISTRATION)
def no_interest_is_stated(application, facts):
    return not facts or facts.get("no_interest") is True


@guard(_("Alleen bekendgemaakte voorwaarden worden beoordeeld, elk met een motivering."), ground=OPEN_HOUSE)
def results_are_published_conditions(application, facts):
    results = facts.get("results", {})
    if not results:
        return not facts
    codes = set(application.conditions_version.conditions.values_list("code", flat=True))
    return set(results) <= codes and all((reason or "").strip() for _met, reason in results.values())


@guard(_("Nog niet elke voorwaarde is beoordeeld."), ground=CONDITIONS)
def every_condition_is_assessed(application, facts):
    missing = application.conditions_without_result()
    return not missing or Unmet(_now("Het gaat om: %s.") % ", ".join(missing))


@guard(_("Niet elke voorwaarde is vervuld: toelaten kan niet."), ground=OPEN_HOUSE)
def decision_is_to_admit(application, facts):
    results = application.results_by_code()
    return bool(results) and decide(results) == Admit()


@guard(_("Elke voorwaarde is vervuld: weigeren kan niet."), ground=OPEN_HOUSE)
def decision_is_to_refuse(application, facts):
    results = application.results_by_code()
    return bool(results) and isinstance(decide(results), Refuse)


@guard(_("De bekendgemaakte voorwaarden van deze aanvraag zijn gewijzigd."), ground=OPEN_HOUSE)
def bound_conditions_are_unchanged(application, facts):
    return application.conditions_version.is_unchanged


@guard(_("De termijn om gehoord te worden is voorbij."), ground=HEARING)
def hearing_term_runs(application, facts):
    return not timelimits.period_over(application.hearing_last_day)


@guard(_("De aanvrager kan nog gehoord worden."), ground=HEARING)
def hearing_is_over(application, facts):
    """The applicant was heard, or let the term pass."""
    return application.heard_at is not None or _over(application.hearing_last_day)


@guard(_("Schrijf wat u wilt laten meewegen."), ground=HEARING)
def statement_is_given(application, facts):
    return not facts or bool((facts.get("statement") or "").strip())


@guard(_("Antwoord in de motivering op wat de aanvrager heeft aangevoerd."), ground=REASONS)
def hearing_is_answered(application, facts):
    return application.heard_at is None or not facts or bool((facts.get("answer") or "").strip())


# -- admissions ---------------------------------------------------------------------------------


@guard(_("Kies de bekendgemaakte grond en geef de reden."), ground=REASONS)
def ground_is_given(admission, facts):
    return not facts or bool(facts.get("ground") and (facts.get("reason") or "").strip())


@guard(_("Het voornemen is nog niet meegedeeld, of de partner kan nog gehoord worden."), ground=HEARING)
def partner_was_heard(admission, facts):
    """Withdrawal follows a written intention and the hearing term."""
    if admission.measure_hearing_last_day is None:
        return False
    return _over(admission.measure_hearing_last_day)


@guard(_("Zonder voornemen en hoorrecht kan schorsen alleen om veiligheid, fraude of uitsluiting."), ground=HEARING)
def partner_was_heard_or_it_is_urgent(admission, facts):
    if not facts or facts.get("ground") in admission.URGENT_GROUNDS:
        return True
    last = admission.measure_hearing_last_day
    return last is not None and timelimits.period_over(last)


@guard(_("De einddatum ligt in het verleden."), ground=PROCEDURE)
def last_day_is_ahead(admission, facts):
    return "last_day" not in facts or facts["last_day"] >= clock.today()


@guard(_("De opzegtermijn is korter dan bekendgemaakt."), ground=CONDITIONS)
def notice_is_kept(admission, facts):
    if "last_day" not in facts:
        return True
    earliest = timelimits.period_end(clock.today(), days=admission.conditions_version.notice_days)
    return facts["last_day"] >= earliest or Unmet(_now("De laatste dag is ten vroegste %s.") % dag(earliest))


@guard(_("Er zijn geen nieuwe voorwaarden om te bevestigen."), ground=CONDITIONS)
def newer_conditions_are_published(admission, facts):
    newest = admission.call.newest_version()
    return newest is not None and newest.number > admission.conditions_version.number


@guard(_("De toelating loopt door: de oproep is niet beëindigd en de voorwaarden zijn bevestigd."), ground=CONDITIONS)
def admission_has_lapsed(admission, facts):
    return admission.has_lapsed


def _over(last_day):
    return timelimits.period_over(last_day) or Unmet(opens_at=timelimits.first_moment_after(last_day))
