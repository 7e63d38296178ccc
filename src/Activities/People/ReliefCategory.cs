namespace Relief.Flow.Activities.People;

/// <summary>A relief identity that can open the way to service relief (CZ-010 to CZ-013, 0.2b).</summary>
public enum ReliefCategory
{
    Dibao,
    Tekun,
    Orphan,
    DeFactoUnattended,
    Margin,
    AntiPoverty,
    Expenditure,
    TemporaryRelief,
    ExPoverty,
    IllnessPovertyMonitored
}
