using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Renewals;

/// <summary>What a renewal works with.</summary>
/// <param name="Db">The records, in the transaction of the burst.</param>
/// <param name="Context">Time and keys of this run.</param>
/// <param name="CountyCode">The county.</param>
/// <param name="Held">What runs out; null once it is renewed or its holder serves no more.</param>
/// <param name="Subject">The business object.</param>
public sealed record RenewalScene(ReliefDbContext Db, ActivityContext Context, string CountyCode, Qualification? Held, string Subject) : IAskedScene
{
    /// <inheritdoc/>
    public string Title => Held?.Holder ?? "";

    /// <summary>What is told of it: references and its last day.</summary>
    /// <param name="template">Whether it is ending or has ended.</param>
    /// <param name="audience">Who is told.</param>
    public Message Told(string template, string audience) => audience == "N"
        ? Tell.Staff(template, audience, Held!.Holder, Reference)
        : Tell.Unit(template, audience, audience == "K" ? CountyCode : Held!.Unit, Reference);

    private object Reference => new { holder = Held!.Holder, validTo = Held.ValidTo };
}
