using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Filing;

/// <summary>The papers that a person's file must hold: those of CZ-142, and what the pathway itself leaves as evidence.</summary>
public static class RequiredPapers
{
    private static readonly string[] Always = ["idCard", "householdRegister", "reliefStatusProof", "needDetermination", "receivedServices"];

    private static readonly Dictionary<string, string[]> ByPathway = new(StringComparer.Ordinal)
    {
        ["M1"] = ["agreement", "plan", "noticeProof"], ["M2"] = ["agreement", "plan", "assessment", "consent"], ["M3"] = ["consent", "referralLetter"], ["M4"] = ["consent", "plan"],
        ["M5"] = ["consent", "assessment", "plan"], ["M6"] = ["consent", "agreement", "plan", "trainingCertificate"], ["M7"] = ["consent", "deliveryReceipt"]
    };

    private static readonly (ConditionKind Kind, string Paper)[] WhereItApplies =
        [(ConditionKind.SeriousIllness, "illnessCertificate"), (ConditionKind.Disability, "disabilityCertificate")];

    /// <summary>Those of a person on a pathway, M1 to M7; proofs of illness and disability only where they apply.</summary>
    public static IReadOnlyList<string> Of(string pathway, PersonFacts facts) =>
        [.. Always, .. ByPathway[pathway], .. WhereItApplies.Where(pair => facts.Conditions.Any(condition => condition.Kind == pair.Kind)).Select(pair => pair.Paper)];
}
