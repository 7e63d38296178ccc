namespace Relief.Flow.Activities.Kin;

/// <summary>The flags of a case whose person is kin of somebody who works on relief.</summary>
public static class KinFlags
{
    /// <summary>The case is filed separately, or about to be (dibao rule art. 11).</summary>
    public const string KinFiling = nameof(KinFiling);

    /// <summary>Stands until the county has surveyed the household; no approval while it does.</summary>
    public const string CountySurveyDue = nameof(CountySurveyDue);
}
