namespace Relief.Flow.Activities.PolicyLibrary;

/// <summary>The eight classes of help that people get to know by a code on a poster (ZZ-005, PL-033).</summary>
public enum PolicyClass
{
    /// <summary>基本生活救助.</summary>
    Living,

    /// <summary>医疗救助.</summary>
    Medical,

    /// <summary>教育救助.</summary>
    Education,

    /// <summary>住房救助.</summary>
    Housing,

    /// <summary>就业救助.</summary>
    Employment,

    /// <summary>司法救助.</summary>
    Judicial,

    /// <summary>临时救助.</summary>
    Temporary,

    /// <summary>受灾人员救助.</summary>
    Disaster
}
