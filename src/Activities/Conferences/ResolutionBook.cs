using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Funds;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Conferences;

/// <summary>Turns what a conference resolved into measures: each within its unit's own authority and funds, each with a day (P16 step 6, INV-22).</summary>
public sealed class ResolutionBook(ReliefDbContext context)
{
    private const int MostMeasures = 50;

    /// <summary>Why it cannot be resolved so: a stable code; null when it can. Nothing is written.</summary>
    public async Task<string?> Problem(Conference conference, IReadOnlyList<MeasureForm> measures, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (measures.Count is 0 or > MostMeasures)
            return "MeasuresInvalid";
        var opinions = (await new ConferenceQueries(context).Opinions(conference, cancellationToken)).Where(opinion => opinion is { Present: true, Conflict: false }).ToDictionary(opinion => opinion.UnitCode);
        var last = (await new Deadlines(context).Of("conference.implement", conference.CountyCode, now, cancellationToken)).Due;
        foreach (var measure in measures)
        {
            if (measure is not { UnitCode: { } unit, What: { Length: > 0 and <= 500 }, DueOn: { } day, Amount: >= 0 } || decimal.Round(measure.Amount, 2) != measure.Amount)
                return "MeasureIncomplete";
            if (!opinions.ContainsKey(unit))
                return "UnitNotThere";
            if (ChinaTime.EndOf(day) > last || day < ChinaTime.DayOf(now))
                return "DueInvalid";
            if (measure.AccountId is { } account && await FundProblem(account, measure, cancellationToken) is { } problem)
                return problem;
        }

        return measures.GroupBy(measure => measure.UnitCode!).Any(unit => unit.Sum(measure => measure.Amount) > opinions[unit.Key].UpTo) ? "AboveAuthority" : null;
    }

    /// <summary>Whether a town goes beyond what it may decide alone.</summary>
    public async Task<bool> IsOverLimit(Conference conference, IReadOnlyList<MeasureForm> measures, DateTimeOffset now, CancellationToken cancellationToken) =>
        conference.Level == ConferenceLevel.Town
        && measures.Sum(measure => measure.Amount) > await new ParameterQueries(context).Number("conference.townLimit", conference.CountyCode, ChinaTime.DayOf(now), cancellationToken);

    /// <summary>Writes the measures, and sets aside the money of those that a fund of ours pays: all of it, or nothing and why not.</summary>
    public async Task<string?> Write(Conference conference, IReadOnlyList<MeasureForm> measures, Deed deed, CancellationToken cancellationToken)
    {
        List<(string Id, string Reservation)> reserved = [];
        foreach (var (measure, number) in measures.Select((measure, at) => (measure, at + 1)).Where(one => one.measure.AccountId is not null))
        {
            var id = IdOf(conference, number);
            var result = await new ReservationBook(context).Reserve(RequestOf(conference, id, measure, deed.At), deed.Step("reserve-" + number), cancellationToken);
            if (result is ReservationResult.Reserved(var reservation, _))
            {
                reserved.Add((id, reservation));
                continue;
            }

            foreach (var (_, earlier) in reserved)
                await new ReservationBook(context).Close(earlier, deed.Step("undo-" + earlier), cancellationToken);
            return result switch { ReservationResult.NotEligibleFund => "FundNotForThis", ReservationResult.Blocked => "CapExceeded", _ => "FundShort" };
        }

        await context.InsertAll([.. measures.Select((measure, at) => new ConferenceMeasure
        {
            Id = IdOf(conference, at + 1), CountyCode = conference.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, ConferenceId = conference.Id, UnitCode = measure.UnitCode!, What = measure.What!,
            Amount = measure.Amount, DueAt = ChinaTime.EndOf(measure.DueOn!.Value), AccountId = measure.AccountId, Status = MeasureStatus.Open,
            ReservationId = reserved.Find(one => one.Id == IdOf(conference, at + 1)).Reservation
        })], cancellationToken);
        return null;
    }

    /// <summary>Pays a measure out of the money set aside for it, or gives that back when it failed.</summary>
    public Task<FundResult> Settle(ConferenceMeasure measure, bool isPaid, Deed deed, CancellationToken cancellationToken) =>
        new ReservationBook(context).Settle(measure.ReservationId!, isPaid ? "measure:" + measure.Id : null, deed, cancellationToken);

    private async Task<string?> FundProblem(string accountId, MeasureForm measure, CancellationToken cancellationToken) =>
        await context.Set<FundAccount>().FirstOrDefaultAsync(row => row.Id == accountId, cancellationToken) switch
        {
            null => "AccountUnknown",
            { Unit: var owner } when owner != measure.UnitCode => "NotItsFund",
            var account when FundQueries.AvailableOf(account) < measure.Amount => "FundShort",
            _ => measure.Amount > 0 ? null : "AmountMissing"
        };

    // A conference grants temporary relief and nothing else: what a fund is ear-marked for stays so (INV-02).
    private static ReservationRequest RequestOf(Conference conference, string id, MeasureForm measure, DateTimeOffset now) => new()
    {
        OrderId = "measure:" + id, CountyCode = conference.CountyCode, Amount = measure.Amount, PeriodFrom = ChinaTime.DayOf(now), PeriodTo = measure.DueOn!.Value,
        Purpose = new FundPurpose(ReliefCategory.TemporaryRelief, [], [], "P16"), CandidateAccounts = [measure.AccountId!]
    };

    private static string IdOf(Conference conference, int number) => $"{conference.Id}-m{number:00}";
}
