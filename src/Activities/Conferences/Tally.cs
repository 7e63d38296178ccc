namespace Relief.Flow.Activities.Conferences;

/// <summary>How a round of votes stands.</summary>
/// <param name="Invited">Units invited.</param>
/// <param name="Quorum">How many of them must be there.</param>
/// <param name="Present">How many are, without a conflict of interest.</param>
/// <param name="Yes">Votes for.</param>
/// <param name="No">Votes against.</param>
/// <param name="Abstained">Abstentions: they are there, but not cast.</param>
public sealed record Tally(int Invited, int Quorum, int Present, int Yes, int No, int Abstained)
{
    // The parameter writes two thirds as 0.6667: six of nine are two thirds.
    private const decimal Rounding = 0.0001m;

    /// <summary>The share of the votes cast that must be exceeded.</summary>
    public decimal Pass { get; init; } = 0.5m;

    /// <summary>How it is passed.</summary>
    public VoteRule Rule { get; init; }

    /// <summary>Whether enough units are there to be convened.</summary>
    public bool IsQuorate => Present >= Quorum;

    /// <summary>Whether all who are there have voted.</summary>
    public bool IsComplete => Yes + No + Abstained >= Present;

    /// <summary>What the votes come to: who is there and does not vote is absent.</summary>
    public string Outcome => this switch
    {
        _ when Yes + No + Abstained < Quorum => "NoQuorum",
        { Rule: VoteRule.Unanimous } => Yes > 0 && No == 0 ? "Passed" : "Failed",
        _ when Yes > Pass * (Yes + No) => "Passed",
        _ => Yes > 0 && Yes == No ? "Tied" : "Failed"
    };

    /// <summary>The least number of units that is a share of those invited.</summary>
    public static int QuorumOf(decimal share, int invited) => decimal.ToInt32(decimal.Ceiling((share - Rounding) * invited));
}
