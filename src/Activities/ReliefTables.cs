using System.Text;
using Relief.Flow.Activities.Adapters;
using Relief.Flow.Activities.Agents;
using Relief.Flow.Activities.Appeals;
using Relief.Flow.Activities.Archive;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Attachments;
using Relief.Flow.Activities.Audit;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Calls;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Catalogue;
using Relief.Flow.Activities.Changes;
using Relief.Flow.Activities.Channels;
using Relief.Flow.Activities.Charities;
using Relief.Flow.Activities.Conferences;
using Relief.Flow.Activities.Covers;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Entitlements;
using Relief.Flow.Activities.Entrants;
using Relief.Flow.Activities.Evaluations;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Grids;
using Relief.Flow.Activities.Guidance;
using Relief.Flow.Activities.HelpDays;
using Relief.Flow.Activities.InKind;
using Relief.Flow.Activities.Kin;
using Relief.Flow.Activities.Linkage;
using Relief.Flow.Activities.Matching;
using Relief.Flow.Activities.Neighbours;
using Relief.Flow.Activities.Notices;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.Organisations;
using Relief.Flow.Activities.Packages;
using Relief.Flow.Activities.Pairs;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Pauses;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Placements;
using Relief.Flow.Activities.PolicyLibrary;
using Relief.Flow.Activities.RedVest;
using Relief.Flow.Activities.Requests;
using Relief.Flow.Activities.Rounds;
using Relief.Flow.Activities.Settlement;
using Relief.Flow.Activities.SixChecks;
using Relief.Flow.Activities.SpecialRelief;
using Relief.Flow.Activities.SpotChecks;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Activities.Suppliers;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Activities.Tickets;
using Relief.Flow.Activities.Visits;

namespace Relief.Flow.Activities;

/// <summary>Which record is kept in which table; columns are the properties in snake_case.</summary>
internal static class ReliefTables
{
    public static readonly IReadOnlyDictionary<Type, string> Names = new Dictionary<Type, string>
    {
        [typeof(AreaUnit)] = "area_unit",
        [typeof(Organisation)] = "organisation",
        [typeof(StaffMember)] = "staff_member",
        [typeof(StaffRole)] = "staff_role",
        [typeof(KinDeclaration)] = "kin_declaration",
        [typeof(StaffDeputy)] = "staff_deputy",
        [typeof(Appeal)] = "appeal",
        [typeof(AppealParty)] = "appeal_party",
        [typeof(ExternalTrack)] = "external_track",
        [typeof(KinStatement)] = "kin_statement",
        [typeof(KinRelative)] = "kin_relative",
        [typeof(KinFilingRecord)] = "kin_filing",
        [typeof(Household)] = "household",
        [typeof(Person)] = "person",
        [typeof(ReliefIdentity)] = "relief_identity",
        [typeof(PersonCondition)] = "person_condition",
        [typeof(PolicyParameter)] = "policy_parameter",
        [typeof(CalendarOverride)] = "calendar_override",
        [typeof(CatalogueItem)] = "service_item",
        [typeof(PriceVersion)] = "price_version",
        [typeof(Supplier)] = "supplier",
        [typeof(Worker)] = "worker",
        [typeof(WorkerTraining)] = "worker_training",
        [typeof(FundSource)] = "fund_source",
        [typeof(FundAccount)] = "fund_account",
        [typeof(FundCap)] = "fund_cap",
        [typeof(FundYear)] = "fund_year",
        [typeof(CarryDecision)] = "carry_decision",
        [typeof(AccountCheck)] = "account_check",
        [typeof(LedgerEntry)] = "ledger_entry",
        [typeof(Reservation)] = "reservation",
        [typeof(ReservationPart)] = "reservation_part",
        [typeof(Application)] = "application",
        [typeof(Case)] = "case_file",
        [typeof(NeedItem)] = "need_item",
        [typeof(NeedChange)] = "need_change",
        [typeof(SurveyRecord)] = "survey_record",
        [typeof(SurveySigner)] = "survey_signer",
        [typeof(SurveyAttempt)] = "survey_attempt",
        [typeof(SurveyDraft)] = "survey_draft",
        [typeof(SurveyReceipt)] = "survey_receipt",
        [typeof(DecisionRecord)] = "decision_record",
        [typeof(RoutingVersion)] = "routing_version",
        [typeof(NeedRouting)] = "need_routing",
        [typeof(Order)] = "service_order",
        [typeof(PlanVersion)] = "plan_version",
        [typeof(PlanLine)] = "plan_line",
        [typeof(AgreementRecord)] = "agreement_record",
        [typeof(AgreementSignature)] = "agreement_signature",
        [typeof(VisitSlot)] = "visit_slot",
        [typeof(VisitRecord)] = "service_record",
        [typeof(FileNumber)] = "service_number",
        [typeof(NumberSeries)] = "number_series",
        [typeof(ArchiveFile)] = "archive_file",
        [typeof(ArchiveItem)] = "archive_item",
        [typeof(SettlementBatch)] = "settlement_batch",
        [typeof(SettlementLine)] = "settlement_line",
        [typeof(LineSplit)] = "line_split",
        [typeof(LineDispute)] = "line_dispute",
        [typeof(RecordFreeze)] = "record_freeze",
        [typeof(LineCorrection)] = "line_correction",
        [typeof(InKindEntry)] = "in_kind_entry",
        [typeof(Pair)] = "pair",
        [typeof(PairNeed)] = "pair_need",
        [typeof(PairContact)] = "pair_contact",
        [typeof(OrderCover)] = "order_cover",
        [typeof(HelpRequest)] = "help_request",
        [typeof(HelpMandate)] = "help_mandate",
        [typeof(HelpErrand)] = "help_errand",
        [typeof(PaperLink)] = "paper_link",
        [typeof(CareAssessment)] = "care_assessment",
        [typeof(Placement)] = "placement",
        [typeof(OrderPause)] = "order_pause",
        [typeof(CharityProject)] = "charity_project",
        [typeof(DataConsent)] = "data_consent",
        [typeof(CharityList)] = "charity_list",
        [typeof(Nomination)] = "charity_nomination",
        [typeof(Attendance)] = "attendance",
        [typeof(TeamMember)] = "team_member",
        [typeof(PreciseAssessment)] = "precise_assessment",
        [typeof(HelpSession)] = "help_session",
        [typeof(GoalReviewRecord)] = "goal_review",
        [typeof(Ticket)] = "ticket",
        [typeof(SpotCheckPlan)] = "spot_check_plan",
        [typeof(SpotCheckStratum)] = "spot_check_stratum",
        [typeof(SpotCheckItem)] = "spot_check_item",
        [typeof(SpotCheckFinding)] = "spot_check_finding",
        [typeof(SpotCheckYear)] = "spot_check_year",
        [typeof(Evaluation)] = "evaluation",
        [typeof(Conference)] = "conference",
        [typeof(ConferenceUnit)] = "conference_unit",
        [typeof(UnitOpinion)] = "conference_opinion",
        [typeof(UnitVote)] = "conference_vote",
        [typeof(ConferenceMeasure)] = "conference_measure",
        [typeof(PersonChange)] = "person_change",
        [typeof(Residence)] = "residence",
        [typeof(TransferPackage)] = "transfer_package",
        [typeof(EntrantList)] = "entrant_list",
        [typeof(Entrant)] = "entrant",
        [typeof(Discovery)] = "discovery",
        [typeof(DiscoveryContact)] = "discovery_contact",
        [typeof(HelpDay)] = "help_day",
        [typeof(HelpDesk)] = "help_desk",
        [typeof(HelpEntry)] = "help_entry",
        [typeof(PolicyEntry)] = "policy_entry",
        [typeof(ReliefLinkage)] = "linkage",
        [typeof(LinkageReferral)] = "linkage_referral",
        [typeof(PersonMeasure)] = "person_measure",
        [typeof(EmergencyRelief)] = "emergency",
        [typeof(Exchange)] = "exchange",
        [typeof(SharingAgreement)] = "sharing_agreement",
        [typeof(SharingConsent)] = "sharing_consent",
        [typeof(Reconciliation)] = "reconciliation",
        [typeof(Entitlement)] = "entitlement",
        [typeof(EntitlementFile)] = "entitlement_file",
        [typeof(MatchRule)] = "match_rule",
        [typeof(MatchRun)] = "match_run",
        [typeof(MatchFile)] = "match_file",
        [typeof(MatchRefusal)] = "match_refusal",
        [typeof(MatchHit)] = "match_hit",
        [typeof(GridCell)] = "grid_cell",
        [typeof(GridVillage)] = "grid_village",
        [typeof(GridPost)] = "grid_post",
        [typeof(VisitRound)] = "visit_round",
        [typeof(HomeVisit)] = "home_visit",
        [typeof(HomeReport)] = "home_report",
        [typeof(CheckRun)] = "check_run",
        [typeof(CheckSheet)] = "check_sheet",
        [typeof(CheckSubject)] = "check_subject",
        [typeof(CheckAction)] = "check_action",
        [typeof(Urging)] = "urging",
        [typeof(ItemAdjustment)] = "item_adjustment",
        [typeof(GuidanceSummary)] = "guidance_summary",
        [typeof(TypicalCase)] = "typical_case",
        [typeof(NeighbourVolunteer)] = "neighbour_volunteer",
        [typeof(CourseCertificate)] = "course_certificate",
        [typeof(VolunteerCertificate)] = "volunteer_certificate",
        [typeof(NeighbourLog)] = "neighbour_log",
        [typeof(SubsidySheet)] = "subsidy_sheet",
        [typeof(Subsidy)] = "subsidy",
        [typeof(SubsidyLog)] = "subsidy_log",
        [typeof(NoticeRecord)] = "notice_record",
        [typeof(PublicationConsent)] = "publication_consent",
        [typeof(AuditEvent)] = "audit_event",
        [typeof(DoorbellGateway)] = "doorbell_gateway",
        [typeof(DoorbellDevice)] = "doorbell_device",
        [typeof(ResponderLink)] = "responder_link",
        [typeof(DoorbellSignal)] = "doorbell_signal",
        [typeof(Alert)] = "alert",
        [typeof(AlertResponder)] = "alert_responder",
        [typeof(AlertNotification)] = "alert_notification",
        [typeof(HeardTest)] = "heard_test",
        [typeof(Channel)] = "channel",
        [typeof(ChannelNonce)] = "channel_nonce",
        [typeof(ChannelMatter)] = "channel_matter",
        [typeof(ChannelRating)] = "channel_rating",
        [typeof(LostCall)] = "lost_call",
        [typeof(StoredFile)] = "stored_file",
        [typeof(TaskAttachment)] = "task_attachment",
    };

    public static string KeyOf(Type type) =>
        type == typeof(AreaUnit) || type == typeof(CatalogueItem) ? "Code" : type == typeof(FileNumber) ? "Number" : "Id";

    public static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
