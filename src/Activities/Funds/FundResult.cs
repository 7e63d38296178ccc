namespace Relief.Flow.Activities.Funds;

/// <summary>What became of a change of a fund account.</summary>
public abstract record FundResult
{
    /// <summary>It is posted, now or by the first call with the same key.</summary>
    /// <param name="EntryIds">The ledger entries.</param>
    public sealed record Posted(IReadOnlyList<string> EntryIds) : FundResult;

    /// <summary>F3 would exceed 1 % of the pooled social-relief funds (INV-03).</summary>
    /// <param name="Cap">The cap in yuan.</param>
    public sealed record CapExceeded(decimal Cap) : FundResult;

    /// <summary>The account does not hold that much (INV-01).</summary>
    /// <param name="Available">What it holds, in yuan.</param>
    public sealed record Short(decimal Available) : FundResult;

    /// <summary>The posting would break a rule: another source, another year, a maker who checks.</summary>
    /// <param name="Rule">Which.</param>
    public sealed record RuleViolation(string Rule) : FundResult;
}
