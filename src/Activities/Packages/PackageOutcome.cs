namespace Relief.Flow.Activities.Packages;

/// <summary>What became of the package that was offered to who leaves the county.</summary>
public enum PackageOutcome
{
    /// <summary>They wanted none.</summary>
    Refused,

    /// <summary>They did not answer in time: silence is no consent.</summary>
    NoAnswer,

    /// <summary>They took their consent back before it was handed over.</summary>
    Withdrawn,

    /// <summary>It was handed over, against a receipt.</summary>
    HandedOver,

    /// <summary>The person died before.</summary>
    PersonDied
}
