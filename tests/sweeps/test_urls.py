"""Who gets in where: every address of the house, for everybody.

A line is an address, the record of `tests/sweeps/house.py` it is about, and what each person gets:

    +  the page, or the file            L  must sign in first           >  is led to another page
    -  403: may not do that             0  404: may not know of it      m  405: not with GET
    !  409: may, but not now            ~  503: not ready (nobody does the work that the story owes)

The opening officers, the procurement officer, the evaluator and the decision maker stated to have no interest in the
procedure; the others of the authority made no statement.
"""

from django.urls import URLResolver, get_resolver, reverse

from lifecycle.models import Entry
from tests.sweeps.house import PEOPLE

SIGNS = {200: "+", 403: "-", 404: "0", 405: "m", 409: "!", 503: "~"}

TABLE = """
# who                                                                            an st ri ow of la ev op de ma au ad
home                            .                     .                          >  +  +  +  +  +  +  +  +  +  +  +
public                          .                     .                          +  +  +  +  +  +  +  +  +  +  +  +
accessibility                   .                     .                          +  +  +  +  +  +  +  +  +  +  +  +
health-alive                    .                     .                          +  +  +  +  +  +  +  +  +  +  +  +
health-ready                    .                     .                          ~  ~  ~  ~  ~  ~  ~  ~  ~  ~  ~  ~
set_language                    .                     .                          m  m  m  m  m  m  m  m  m  m  m  m
catalogue                       .                     .                          +  +  +  +  +  +  +  +  +  +  +  +
organisation-list               .                     .                          L  +  +  +  +  +  +  +  +  +  +  +
organisation-mine               .                     .                          L  >  >  >  >  >  >  >  >  >  >  >
organisation-register           .                     .                          L  +  +  +  -  -  -  -  -  -  -  -
organisation                    organisation          .                          L  0  0  +  +  +  0  0  +  +  +  0
establishment-add               organisation          .                          L  0  0  +  -  -  0  0  -  -  -  0
member-add                      organisation          .                          L  0  0  +  -  -  0  0  -  -  -  0
membership-end                  organisation          .                          L  0  0  +  -  -  0  0  -  -  -  0
organisation-step               organisation          confirm                    L  0  0  -  +  -  0  0  -  -  -  0
documents:documents             .                     .                          L  +  +  +  +  +  +  +  +  +  +  +
documents:document              document              .                          0  0  0  +  +  +  0  0  +  +  +  0
documents:document              public_document       .                          +  +  +  +  +  +  +  +  +  +  +  +
documents:document-download     document              .                          0  0  0  +  +  +  0  0  +  +  +  0
documents:document-download     public_document       .                          +  +  +  +  +  +  +  +  +  +  +  +
documents:document-step         document              retry                      L  0  0  -  +  +  0  0  -  -  -  0
documents:register-sending      letter                .                          L  0  0  -  +  +  0  0  -  -  -  0
documents:correct-sending       registered_letter     .                          L  0  0  -  +  +  0  0  -  -  -  0
documents:correction            correction            .                          L  0  0  0  +  +  0  0  +  +  +  0
documents:correction-step       correction            confirm                    L  0  0  0  -  +  0  0  -  -  -  0
legal-values                    .                     .                          L  -  -  -  +  +  +  +  +  +  +  +
legal-value-new                 .                     .                          L  -  -  -  -  +  -  -  -  -  -  -
legal-value                     legal_value           .                          L  0  0  0  +  +  +  +  +  +  +  +
legal-value-correct             approved_value        .                          L  0  0  0  -  +  -  -  -  -  -  -
legal-value-correct             legal_value           .                          L  0  0  0  -  !  -  -  -  -  -  -
legal-value-step                legal_value           approve                    L  0  0  0  -  +  -  -  -  -  -  -
documents:messages              .                     .                          L  +  +  +  +  +  +  +  +  +  +  +
documents:message               message               .                          L  0  0  +  +  +  0  0  +  +  +  0
documents:returned-mails        .                     .                          L  -  -  -  +  +  -  -  -  -  -  -
documents:returned-mail         returned              .                          L  -  -  -  +  +  -  -  -  -  -  -
documents:templates             .                     .                          L  -  -  -  -  +  -  -  -  -  -  -
documents:template-version      template              .                          L  0  0  0  0  +  0  0  0  0  0  0
documents:template-version-write template             .                          L  0  0  0  0  +  0  0  0  0  0  0
documents:template-version-step template              approve                    L  0  0  0  0  +  0  0  0  0  0  0
documents:clause-version        clause                .                          L  0  0  0  0  +  0  0  0  0  0  0
documents:clause-version-write clause               .                          L  0  0  0  0  +  0  0  0  0  0  0
documents:clause-version-step   clause                approve                    L  0  0  0  0  +  0  0  0  0  0  0
procedure-list                  .                     .                          +  +  +  +  +  +  +  +  +  +  +  +
procedure-new                   .                     .                          L  -  -  -  +  -  -  -  -  -  -  -
procedure                       procedure             .                          +  +  +  +  +  +  +  +  +  +  +  +
procedure                       draft_procedure       .                          0  0  0  0  +  +  +  +  +  +  +  0
procedure-edit                  draft_procedure       .                          L  0  0  0  +  -  -  -  -  -  -  0
procedure-edit                  running               .                          L  -  -  -  !  -  -  -  -  -  -  -
procedure-lots                  draft_procedure       .                          L  0  0  0  +  -  -  -  -  -  -  0
procedure-criteria              draft_procedure       .                          L  0  0  0  +  -  -  -  -  -  -  0
procedure-conditions            draft_procedure       .                          L  0  0  0  +  -  -  -  -  -  -  0
planning                        draft_procedure       .                          L  0  0  0  +  +  +  +  +  +  +  0
planning                        running               .                          L  -  -  -  +  +  +  +  +  +  +  -
planning-milestone-new          draft_procedure       .                          L  0  0  0  +  -  -  -  -  -  -  0
planning-milestone              draft_procedure       conclusion                 L  0  0  0  +  -  -  -  -  -  -  0
planning-milestone              running               conclusion                 L  -  -  -  +  -  -  -  -  -  -  -
procedure-calendar              running               .                          +  +  +  +  +  +  +  +  +  +  +  +
procedure-calendar              draft_procedure       .                          0  0  0  0  0  0  0  0  0  0  0  0
staff-calendar                  .                     niet-geheim                0  0  0  0  0  0  0  0  0  0  0  0
calendar-address                .                     .                          L  -  -  -  +  +  +  +  +  +  +  -
procedure-sub-criteria          draft_procedure       .                          L  0  0  0  +  -  -  -  -  -  -  0
procedure-guide-draft           draft_procedure       .                          L  0  0  0  +  +  +  +  +  +  +  0
procedure-exclusions            draft_procedure       .                          L  0  0  0  +  -  -  -  -  -  -  0
procedure-exclusions            running               .                          L  -  -  -  !  -  -  -  -  -  -  -
procedure-missing               draft_procedure       .                          L  0  0  0  +  -  -  -  -  -  -  0
procedure-copy                  procedure             .                          L  -  -  -  +  -  -  -  -  -  -  -
procedure-copy                  draft_procedure       .                          L  0  0  0  +  -  -  -  -  -  -  0
procedure-team                  procedure             .                          L  -  -  -  +  +  -  -  +  -  +  -
procedure-team                  draft_procedure       .                          L  0  0  0  +  +  -  -  +  -  +  0
procedure-consultations         procedure             .                          L  0  0  0  +  +  -  -  +  -  +  0
procedure-involvements          draft_procedure       .                          L  0  0  0  +  +  -  -  +  -  +  0
procedure-estimate              draft_procedure       .                          L  0  0  0  +  +  +  +  +  +  +  0
procedure-estimate              running               .                          L  -  -  -  +  +  +  +  +  +  +  -
procedure-award-value           procedure             .                          L  -  -  -  +  -  -  -  -  -  -  -
lot-award-value                 open_lot              .                          L  -  -  -  +  -  -  -  -  -  -  -
lot-award-value                 lot                   .                          L  -  -  -  !  -  -  -  -  -  -  -
award-value-sign-off            award_value           .                          L  -  -  -  -  -  -  -  -  -  -  -
approval-minutes                approved_version      .                          L  0  0  0  +  +  +  +  +  +  +  0
policy-override                 override              .                          L  -  -  -  +  +  -  -  +  -  -  -
procedure-step                  draft_procedure       record_outside_approval    L  0  0  0  -  +  -  -  -  -  -  0
interests                       procedure             .                          L  -  -  -  +  +  +  +  +  -  -  -
interests                       draft_procedure       .                          L  0  0  0  +  +  +  +  +  -  -  0
box-release                     running               .                          L  -  -  -  -  -  -  +  -  -  -  -
subscription-ask                running               .                          +  +  +  +  +  +  +  +  +  +  +  +
subscription-ask                draft_procedure       .                          0  0  0  0  0  0  0  0  0  0  0  0
subscription-confirm            asked_subscription    .                          +  +  +  +  +  +  +  +  +  +  +  +
subscription-end                subscription          .                          +  +  +  +  +  +  +  +  +  +  +  +
application-start               running               .                          L  +  +  +  +  +  +  +  +  +  +  +
question-ask                    running               .                          L  +  +  +  +  +  +  +  +  +  +  +
question-ask                    draft_procedure       .                          L  0  0  0  +  +  +  +  +  +  +  0
answers-publish                 running               .                          L  -  -  -  +  -  -  -  -  -  -  -
answers-publish                 draft_procedure       .                          L  0  0  0  +  -  -  -  -  -  -  0
question-terms                  running               .                          L  -  -  -  +  -  -  -  -  -  -  -
question-terms                  draft_procedure       .                          L  0  0  0  +  -  -  -  -  -  -  0
question-list                   .                     .                          L  +  +  +  +  +  +  +  +  +  +  +
question                        question              .                          L  0  0  +  +  +  0  0  +  0  +  0
question                        secret_question       .                          L  0  0  +  +  +  0  0  +  0  +  0
question                        rivals_question       .                          L  0  +  0  +  +  0  0  +  0  +  0
question-step                   secret_question       send_back                  L  0  0  -  +  -  0  0  -  0  -  0
question-step                   secret_question       accept_confidentiality     L  0  0  -  +  -  0  0  -  0  -  0
question-step                   secret_question       withdraw                   L  0  0  +  -  -  0  0  -  0  -  0
question-step                   secret_question       ask_openly                 L  0  0  +  -  -  0  0  -  0  -  0
question-step                   secret_question       answer_alone               L  0  0  -  +  +  0  0  -  0  -  0
question-step                   rivals_question       draft_answer               L  0  -  0  +  -  0  0  -  0  -  0
question-step                   rivals_question       approve_answer             L  0  -  0  +  +  0  0  -  0  -  0
question-step                   rivals_question       publish                    L  0  0  0  0  0  0  0  0  0  0  0
addendum-new                    running               .                          L  -  -  -  +  -  -  -  -  -  -  -
addendum-new                    procedure             .                          L  -  -  -  !  -  -  -  -  -  -  -
addendum                        addendum              .                          +  +  +  +  +  +  +  +  +  +  +  +
addendum                        draft_addendum        .                          0  0  0  0  +  +  +  +  +  +  +  0
addendum-edit                   draft_addendum        .                          L  0  0  0  +  -  -  -  -  -  -  0
addendum-edit                   addendum              .                          L  -  -  -  !  -  -  -  -  -  -  -
addendum-step                   draft_addendum        publish                    L  0  0  0  -  +  -  -  +  -  -  0
addendum-step                   draft_addendum        drop                       L  0  0  0  +  +  -  -  +  -  -  0
addendum-step                   addendum              publish_extension          L  0  0  0  0  0  0  0  0  0  0  0
outage-list                     .                     .                          +  +  +  +  +  +  +  +  +  +  +  +
outage-record                   .                     .                          L  -  -  -  +  -  -  -  -  -  -  +
outage                          outage                .                          +  +  +  +  +  +  +  +  +  +  +  +
outage                          open_outage           .                          0  0  0  0  +  +  0  0  0  0  0  +
outage-step                     open_outage           end                        L  0  0  0  +  -  0  0  0  0  0  +
outage-step                     open_outage           confirm                    L  0  0  0  -  +  0  0  0  0  0  +
outage-step                     open_outage           dismiss                    L  0  0  0  -  +  0  0  0  0  0  +
procedure-step                  running               extend_deadline            L  -  -  -  +  +  -  -  -  -  -  -
procedure-step                  running               rectify                    L  0  0  0  0  0  0  0  0  0  0  0
procedure-step                  draft_procedure       abandon                    L  0  0  0  +  -  -  -  -  -  -  0
procedure-step                  draft_procedure       submit_for_approval        L  0  0  0  +  -  -  -  -  -  -  0
procedure-step                  procedure             approve                    L  -  -  -  -  -  -  -  +  -  -  -
procedure-step                  procedure             publish                    L  -  -  -  +  -  -  -  -  -  -  -
procedure-step                  procedure             open_tenders               L  -  -  -  -  -  -  +  -  -  -  -
procedure-step                  procedure             decide_selection           L  -  -  -  -  -  -  -  +  -  -  -
procedure-step                  procedure             notify_selection           L  -  -  -  +  -  -  -  -  -  -  -
procedure-step                  procedure             invite_tenders             L  -  -  -  +  -  -  -  -  -  -  -
procedure-step                  procedure             start_negotiation          L  -  -  -  -  -  +  -  -  -  -  -
procedure-step                  procedure             cancel                     L  -  -  -  -  -  -  -  +  -  -  -
procedure-step                  procedure             archive                    L  -  -  -  +  -  -  -  -  -  -  -
notice-new                      procedure             .                          L  -  -  -  +  +  -  -  -  -  -  -
notice-new                      draft_procedure       .                          L  0  0  0  !  !  -  -  -  -  -  0
notice-subtype                  procedure             .                          L  -  -  -  -  +  -  -  -  -  -  -
field-sheet                     procedure             14                         L  -  -  -  +  +  +  +  +  +  +  -
field-sheet                     procedure             35                         L  -  -  -  +  +  +  +  +  +  +  -
field-sheet                     procedure             19                         L  -  -  -  0  0  0  0  0  0  0  -
field-sheet-change              procedure             14                         L  -  -  -  +  +  +  +  +  +  +  -
notice                          notice                .                          L  -  -  -  +  +  +  +  +  +  +  -
notice-proof                    change_notice         .                          L  -  -  -  +  +  +  +  +  +  +  -
notice-proof                    notice                .                          L  -  -  -  0  0  0  0  0  0  0  -
notice-publication              change_notice         .                          L  -  -  -  +  +  -  -  -  -  -  -
notice-correct                  notice                .                          L  -  -  -  +  +  -  -  -  -  -  -
lot                             lot                   .                          +  +  +  +  +  +  +  +  +  +  +  +
lot-registry-check              lot                   .                          L  -  -  -  -  !  -  -  -  -  -  -
lot-step                        lot                   propose_award              L  -  -  -  +  -  -  -  -  -  -  -
lot-step                        lot                   decide_award               L  -  -  -  -  -  -  -  +  -  -  -
lot-step                        lot                   notify_award               L  -  -  -  +  -  -  -  -  -  -  -
lot-step                        lot                   end_standstill             L  -  -  -  -  +  -  -  -  -  -  -
lot-step                        lot                   record_suspension_request  L  -  -  -  -  +  -  -  -  -  -  -
lot-step                        lot                   renounce                   L  -  -  -  -  -  -  -  +  -  -  -
lot-step                        lot                   conclude                   L  0  0  0  0  0  0  0  0  0  0  0
application                     application           .                          L  0  0  +  +  0  +  +  +  0  0  0
application                     sealed                .                          L  0  0  +  0  0  0  0  0  0  0  0
application                     rivals_draft          .                          L  0  +  0  0  0  0  0  0  0  0  0
application-received            application           .                          L  0  0  +  +  0  +  +  +  0  0  0
application-received            sealed                .                          L  0  0  +  0  0  0  0  0  0  0  0
application-received            rivals_draft          .                          L  0  +  0  0  0  0  0  0  0  0  0
application-lots                sealed                .                          L  0  0  >  0  0  0  0  0  0  0  0
application-lots                rivals_draft          .                          L  0  >  0  0  0  0  0  0  0  0  0
application-answers             application           .                          L  0  0  >  >  0  >  >  >  0  0  0
application-answers             sealed                .                          L  0  0  >  0  0  0  0  0  0  0  0
application-answers             rivals_draft          .                          L  0  >  0  0  0  0  0  0  0  0  0
application-files               application           .                          L  0  0  >  >  0  >  >  >  0  0  0
application-files               sealed                .                          L  0  0  >  0  0  0  0  0  0  0  0
application-files               rivals_draft          .                          L  0  >  0  0  0  0  0  0  0  0  0
application-file                application           1                          L  0  0  +  +  0  +  +  +  0  0  0
application-file                sealed                1                          L  0  0  -  0  0  0  0  0  0  0  0
application-file                rivals_draft          1                          L  0  +  0  0  0  0  0  0  0  0  0
application-file-remove         sealed                1                          L  0  0  >  0  0  0  0  0  0  0  0
application-file-remove         rivals_draft          1                          L  0  >  0  0  0  0  0  0  0  0  0
application-uploads             rivals_draft          .                          L  0  m  0  0  0  0  0  0  0  0  0
application-uploads             application           .                          L  0  0  m  -  0  -  -  -  0  0  0
application-upload              rivals_draft          1                          L  0  m  0  0  0  0  0  0  0  0  0
application-confirm             sealed                .                          L  0  0  >  0  0  0  0  0  0  0  0
application-confirm             rivals_draft          .                          L  0  >  0  0  0  0  0  0  0  0  0
offer-start                     application           .                          L  0  0  +  -  0  -  -  -  0  0  0
application-step                sealed                submit                     L  0  0  +  0  0  0  0  0  0  0  0
application-step                sealed                withdraw                   L  0  0  +  0  0  0  0  0  0  0  0
application-step                application           assess                     L  0  0  -  +  0  -  -  -  0  0  0
application-step                application           find_incomplete            L  0  0  -  +  0  -  -  -  0  0  0
application-step                application           select                     L  0  0  0  0  0  0  0  0  0  0  0
offer                           offer                 .                          L  0  0  +  +  0  +  +  +  0  0  0
offer-answers                   offer                 .                          L  0  0  >  >  0  >  >  >  0  0  0
offer-files                     offer                 .                          L  0  0  >  >  0  >  >  >  0  0  0
offer-confirm                   offer                 .                          L  0  0  >  >  0  >  >  >  0  0  0
offer-file                      offer                 1                          L  0  0  +  +  0  +  +  +  0  0  0
offer-file-remove               offer                 1                          L  0  0  >  >  0  >  >  >  0  0  0
offer-uploads                   offer                 .                          L  0  0  m  -  0  -  -  -  0  0  0
offer-upload                    offer                 1                          L  0  0  m  -  0  -  -  -  0  0  0
offer-step                      offer                 submit                     L  0  0  +  -  0  -  -  -  0  0  0
offer-step                      offer                 declare_regular            L  0  0  -  -  0  +  -  -  0  0  0
offer-step                      offer                 evaluate                   L  0  0  -  -  0  +  -  -  0  0  0
offer-step                      offer                 award                      L  0  0  0  0  0  0  0  0  0  0  0
call-list                       .                     .                          +  +  +  +  +  +  +  +  +  +  +  +
call-new                        .                     .                          L  -  -  -  +  -  -  -  -  -  -  -
call                            call                  .                          +  +  +  +  +  +  +  +  +  +  +  +
call                            draft_call            .                          0  0  0  0  +  +  +  0  +  +  +  0
call-partners                   call                  .                          +  +  +  +  +  +  +  +  +  +  +  +
call-partners                   draft_call            .                          0  0  0  0  +  +  +  0  +  +  +  0
call-history                    call                  .                          +  +  +  +  +  +  +  +  +  +  +  +
call-history                    draft_call            .                          0  0  0  0  +  +  +  0  +  +  +  0
call-edit                       draft_call            .                          0  0  0  0  +  -  -  0  -  -  -  0
conditions-version-new          call                  .                          L  -  -  -  m  -  -  -  -  -  -  -
admission-application-start     call                  .                          L  +  +  +  +  +  +  +  +  +  +  +
call-step                       draft_call            submit_for_review          L  0  0  0  +  -  -  0  -  -  -  0
call-step                       call                  sign_checklist             L  -  -  -  -  +  -  -  -  -  -  -
call-step                       call                  approve                    L  -  -  -  -  -  -  -  +  -  -  -
call-step                       call                  publish                    L  -  -  -  +  -  -  -  -  -  -  -
call-step                       call                  announce_closing           L  -  -  -  +  -  -  -  -  -  -  -
conditions-version              version               .                          +  +  +  +  +  +  +  +  +  +  +  +
conditions-version              draft_version         .                          0  0  0  0  +  +  +  0  +  +  +  0
conditions-version-edit         draft_version         .                          L  -  -  -  +  -  -  -  -  -  -  -
conditions-version-step         version               approve                    L  -  -  -  -  -  -  -  +  -  -  -
conditions-version-step         version               publish                    L  -  -  -  +  -  -  -  -  -  -  -
admission-application-list      .                     .                          L  +  +  +  +  +  +  +  +  +  +  +
admission-application           admission_application .                          L  0  0  +  +  +  +  0  +  +  +  0
admission-application           admission_draft       .                          L  0  +  0  0  0  0  0  0  0  0  0
admission-application-edit      admission_draft       .                          0  0  +  0  0  0  0  0  0  0  0  0
admission-application-step      admission_draft       submit                     L  0  +  0  0  0  0  0  0  0  0  0
admission-application-step      admission_application find_complete              L  0  0  -  +  -  -  0  -  -  -  0
admission-application-step      admission_application assess                     L  0  0  -  -  -  +  0  -  -  -  0
admission-application-step      admission_application admit                      L  0  0  -  -  -  -  0  +  -  -  0
evidence                        evidence              .                          L  0  0  +  +  +  +  0  +  +  +  0
evidence                        draft_evidence        .                          L  0  +  0  0  0  0  0  0  0  0  0
evidence-remove                 evidence              .                          L  m  m  m  m  m  m  m  m  m  m  m
evidence-remove                 draft_evidence        .                          L  m  m  m  m  m  m  m  m  m  m  m
admission-list                  .                     .                          L  +  +  +  +  +  +  +  +  +  +  +
admission                       admission             .                          L  0  0  +  +  +  +  0  +  +  +  0
admission-step                  admission             begin_re_verification      L  0  0  -  -  -  -  0  -  +  -  0
admission-step                  admission             suspend                    L  0  0  -  -  -  -  0  +  -  -  0
admission-step                  admission             end_by_partner             L  0  0  +  -  -  -  0  -  -  -  0
contract-list                   .                     .                          L  +  +  +  +  +  +  +  +  +  +  +
contract-todo                   .                     .                          L  -  -  -  -  +  -  -  -  -  -  -
contract-conclude               award                 .                          L  -  -  -  -  m  -  -  -  -  -  -
contract-enrol                  admission             .                          L  -  -  -  -  m  -  -  -  -  -  -
contract                        contract              .                          L  0  0  +  +  +  0  0  +  +  +  0
contract-edit                   contract              .                          L  0  0  -  -  >  0  0  -  -  -  0
contract-final                  contract              .                          L  0  0  +  +  +  0  0  +  +  +  0
amendment-new                   contract              .                          L  0  0  -  -  +  0  0  -  +  -  0
contract-receive-signed-copy    contract              .                          L  0  0  +  -  -  0  0  -  -  -  0
contract-step                   contract              issue                      L  0  0  -  -  +  0  0  -  -  -  0
contract-step                   contract              countersign                L  0  0  -  -  -  0  0  +  -  -  0
contract-step                   contract              suspend                    L  0  0  -  -  +  0  0  -  +  -  0
contract-step                   contract              terminate                  L  0  0  -  -  -  0  0  +  -  -  0
signed-copy                     signed_copy           .                          L  0  0  +  +  +  0  0  +  +  +  0
amendment                       amendment             .                          L  0  0  0  +  +  0  0  +  +  +  0
amendment-step                  amendment             check_legality             L  0  0  0  -  -  0  0  -  +  -  0
amendment-step                  amendment             sign                       L  0  0  0  -  -  0  0  +  -  -  0
amendment-step                  amendment             abandon                    L  0  0  0  -  +  0  0  -  +  -  0
"""  # fmt: skip

# What the tests of accounts sweep: signing in, and the pages of the account (django-allauth).
ELSEWHERE = ("account_", "mfa_", "admin:")


# Addresses that are proofs themselves.
BY_TOKEN = {"subscription-confirm", "subscription-end"}


def lines():
    return [line.split() for line in TABLE.strip().splitlines() if not line.startswith("#")]


def names(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, prefix + (f"{pattern.namespace}:" if pattern.namespace else ""))
        elif pattern.name:
            yield prefix + pattern.name


# What the last part of an address is called where it is no verb.
LAST_PART = {"planning-milestone": "code", "staff-calendar": "secret"}


def address(name, house, key, verb):
    if name in BY_TOKEN:
        return reverse(name, args=[house[key].token])
    kwargs = {} if key == "." else {"pk": house[key].pk}
    if verb != ".":
        kwargs |= {"number": int(verb)} if verb.isdigit() else {LAST_PART.get(name, "verb"): verb}
    if name == "membership-end":
        kwargs |= {"membership": house["colleague"].pk}
    return reverse(name, kwargs=kwargs)


def sign(response):
    if response.streaming:
        list(response.streaming_content)
    if response.status_code == 302:
        return "L" if response.url.startswith(reverse("account_login")) else ">"
    return SIGNS.get(response.status_code, str(response.status_code))


def test_every_address_of_the_house_stands_in_the_table():
    listed = {name for name, *_rest in lines()}
    found = {name for name in names(get_resolver()) if not name.startswith(ELSEWHERE)}

    assert listed == found


def test_who_gets_in_where(house, visitors):
    answers = []
    for name, key, verb, *_expected in lines():
        url = address(name, house, key, verb)
        answers.append([name, key, verb, *(sign(visitors[person].get(url)) for person in PEOPLE)])

    assert answers == lines()


def test_nobody_changes_by_posting_what_they_may_not_ask_for(house, visitors):
    """Who is refused the page is refused its button too, and nothing is written."""
    entries, admitted = Entry.objects.count(), []
    for name, key, verb, *answers in lines():
        url = address(name, house, key, verb)
        for person, answer in zip(PEOPLE, answers, strict=True):
            if answer in {"L", "-", "0"}:
                told = sign(visitors[person].post(url))
                admitted += [(name, key, verb, person, told)] if told not in {"L", "-", "0", "m"} else []

    assert admitted == []
    assert Entry.objects.count() == entries


def test_a_stranger_changes_nothing_by_posting_to_what_everybody_may_ask_for(house, visitors):
    entries = Entry.objects.count()
    for name, key, verb, *answers in lines():
        if answers[1] not in {"L", "-", "0"} and name not in OPEN_TO_POST:
            for person in ("anonymous", "stranger"):
                sign(visitors[person].post(address(name, house, key, verb)))

    assert Entry.objects.count() == entries


# Whoever signed in may register an organisation of his own; whoever holds the link of a mail may use it.
OPEN_TO_POST = {"organisation-register", *BY_TOKEN}
