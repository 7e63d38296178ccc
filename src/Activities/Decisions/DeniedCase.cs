using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Decisions;

/// <summary>What a denied case and an appeal against it tell each other (P25), and a case that is decided and its emergency on the fast track (P29).</summary>
public static class DeniedCase
{
    /// <summary>The flag of a case while an appeal about it is open: its file is not deleted then (E14).</summary>
    public const string AppealOpen = nameof(AppealOpen);

    /// <summary>It is surveyed anew.</summary>
    public const string Appealed = nameof(Appealed);

    /// <summary>What was surveyed is reviewed anew.</summary>
    public const string Reopened = nameof(Reopened);

    /// <summary>Its needs are classified anew.</summary>
    public const string Reclassify = nameof(Reclassify);

    /// <summary>The event by which a denied case hears what came of an appeal.</summary>
    public static string Heard(string caseId) => "appeal:" + caseId;

    /// <summary>The event by which an appeal, or an emergency, hears what was decided then.</summary>
    public static string Decided(string caseId) => "decided:" + caseId;

    /// <summary>Tells an appeal or an emergency what was decided; nobody, when none is open.</summary>
    public static Message[] Tell(Case decided, string decision) => decided.Flags.Contains(AppealOpen) || decided.Flags.Contains(EmergencyRelief.Flag)
        ? [Message.Of(new EventPublished(Decided(decided.Id), null, Answer.Json(new { decision })))]
        : [];
}
