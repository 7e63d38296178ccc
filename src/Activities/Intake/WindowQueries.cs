using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;

namespace Relief.Flow.Activities.Intake;

/// <summary>Reads what the window prints: the receipt and the one-time supplement notice.</summary>
public sealed class WindowQueries(ReliefDbContext context)
{
    private const int Most = 20;

    /// <summary>What somebody took in last at a window.</summary>
    public async Task<IReadOnlyList<TakenAtWindow>> Latest(string by, CancellationToken cancellationToken) =>
        await context.Set<Application>().Where(row => row.CreatedBy == by && row.Channel == "window").OrderByDescending(row => row.CreatedAt).Take(Most)
            .Select(row => new TakenAtWindow(row.Id, row.Number, row.CreatedAt, row.Status)).ToListAsync(cancellationToken);

    /// <summary>The receipt of an application, or none.</summary>
    public async Task<WindowSlip?> Receipt(string applicationId, CancellationToken cancellationToken)
    {
        if (await context.Set<Application>().FirstOrDefaultAsync(row => row.Id == applicationId, cancellationToken) is not { } application)
            return null;
        var found = await context.Set<Case>().FirstOrDefaultAsync(row => row.Id == application.CaseId || row.ApplicationId == application.Id, cancellationToken);
        var village = await context.Set<Person>().Where(row => row.Id == application.PersonId).Select(row => row.AreaCode).SingleAsync(cancellationToken);
        var (areas, deadlines) = (new AreaQueries(context), new Deadlines(context));
        var township = await areas.TownshipOf(village, cancellationToken);
        var names = await areas.Names([township, village], cancellationToken);
        DateOnly? handIn = application.SupplementNotifiedAt is { } asked ? ChinaTime.DayOf((await deadlines.Of("intake.supplementWindow", village, asked, cancellationToken)).Due) : null;
        return new WindowSlip(
            application, found?.Number, names.GetValueOrDefault(township, township), names.GetValueOrDefault(village, village), handIn,
            found?.AcceptedAt is { } accepted ? ChinaTime.DayOf((await deadlines.Of("decision.total", village, accepted, cancellationToken)).Due) : null);
    }
}

/// <summary>An application that a clerk took in.</summary>
public sealed record TakenAtWindow(string Id, string Number, DateTimeOffset At, ApplicationStatus Status);

/// <summary>What the window prints.</summary>
/// <param name="HandIn">By when the missing papers are handed in; none when nothing was asked for.</param>
/// <param name="Decision">By when it is decided; none before it is accepted.</param>
public sealed record WindowSlip(Application Application, string? CaseNumber, string Township, string Village, DateOnly? HandIn, DateOnly? Decision);
