namespace Relief.Flow.Activities.Rounds;

/// <summary>How one attempt at a visit went (P18 step 2).</summary>
public enum VisitOutcome
{
    Done,

    /// <summary>It is tried again; the second time the village looks for the family.</summary>
    NobodyHome,
    Refused,
    AwayLongTerm
}
