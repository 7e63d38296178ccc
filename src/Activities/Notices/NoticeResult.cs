namespace Relief.Flow.Activities.Notices;

/// <summary>What became of a notice.</summary>
public abstract record NoticeResult
{
    /// <summary>It may hang.</summary>
    /// <param name="NoticeId">The notice.</param>
    /// <param name="Content">What hangs on the board.</param>
    public sealed record Prepared(string NoticeId, string Content) : NoticeResult;

    /// <summary>Nothing is published: Minor, Confidential, NoServiceNumber, NoLegalBasis.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record DoNotPublish(string Reason) : NoticeResult;
}
