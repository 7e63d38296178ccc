namespace Relief.Flow.Activities.Matching;

/// <summary>Who compares.</summary>
public enum FileForm
{
    /// <summary>The partner sends everybody; it is compared here, and who is not in the register is of no interest.</summary>
    DataSet,

    /// <summary>The partner has compared: every row is a hit, also one of somebody whom the register does not know.</summary>
    HitList
}
