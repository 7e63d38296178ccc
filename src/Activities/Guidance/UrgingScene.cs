using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Guidance;

/// <summary>What a step of an urging works with.</summary>
/// <param name="Db">The records, in the transaction of the burst.</param>
/// <param name="Urging">It as it stands.</param>
/// <param name="Bureau">The city's bureau.</param>
/// <param name="Context">Time and keys of this run.</param>
public sealed record UrgingScene(ReliefDbContext Db, Urging Urging, string Bureau, ActivityContext Context) : IAskedScene
{
    public string CountyCode => Urging.CountyCode;

    public string Title => Urging.Asked;

    public string Subject => Urging.Chain(Urging.Id);

    /// <summary>What is asked: words, and the figure by its key.</summary>
    public object Shown => new { wording = Urging.Wording, figure = Urging.Figure, from = Urging.PeriodFrom, to = Urging.PeriodTo, round = Urging.Round, judgement = Urging.Judgement, answer = Urging.Answer };

    /// <summary>A notice to the unit that is asked.</summary>
    public Message ToAsked(string template) => Tell.Unit(template, Urging.TownshipCode is null ? "K" : "C", Urging.Asked, new { unit = Urging.Asked, figure = Urging.Figure });

    /// <summary>A notice to the city's guides.</summary>
    public Message ToCity(string template) => Tell.Unit(template, "G", Bureau, new { unit = Urging.Asked, figure = Urging.Figure });

    /// <summary>The scene of an urging.</summary>
    public static async Task<UrgingScene> Of(ReliefDbContext db, string id, ActivityContext context, CancellationToken cancellationToken)
    {
        var urging = await db.Set<Urging>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) ?? throw new InvalidOperationException($"There is no urging {id}.");
        return new UrgingScene(db, urging, await new CityQueries(db).Bureau(urging.CityCode, cancellationToken) ?? urging.CityCode, context);
    }
}
