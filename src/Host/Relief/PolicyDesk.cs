using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>Looks through what policy is to set, and sets it: for the API and for the console.</summary>
internal sealed class PolicyDesk(ReliefRecords records)
{
    public ReliefRecords Records => records;

    /// <summary>Lets a value hold from a day on; 404 for an unknown key, 422 with each field, 409 when a later value stands.</summary>
    public async Task<Results<Ok<PolicyParameter>, ProblemHttpResult>> SetParameter(string key, NewParameter body, string by, CancellationToken cancellationToken)
    {
        if (PolicyPresets.All.FirstOrDefault(one => one.Key == key) is not { } preset)
            return Refusal.Of(404, "parameter.unknown", "There is no such policy parameter.");
        await using var db = records.Reading();
        if (await Faults(db, preset, body, cancellationToken) is { } refused)
            return refused;

        var (area, from) = (body.AreaCode ?? ParameterQueries.Everywhere, body.ValidFrom!.Value);
        var change = new ParameterChange { Key = key, AreaCode = area, Value = body.Value!, Unit = preset.Unit, ValidFrom = from, Basis = body.Basis! };
        var deed = await records.DeedOf(by, cancellationToken);
        return await records.Change(changing => new ParameterBook(changing).Set(change, deed, cancellationToken), cancellationToken)
            ? TypedResults.Ok((await new ParameterQueries(db).Find(key, area, from, cancellationToken))!)
            : Refusal.Of(409, "parameter.laterValue", "A value from that day or a later one on stands already for this area.");
    }

    /// <summary>Says that a county works or rests on a day and computes open deadlines again; 404 for what is no county, 422 with each field.</summary>
    public async Task<Results<Ok<WorkingDaySet>, ProblemHttpResult>> SetDay(DayOfCounty at, NewWorkingDay body, string by, CancellationToken cancellationToken)
    {
        var fields = new Fields()
            .Check("working", body.Working is not null, "Whether work is done on the day.")
            .Check("reason", body.Reason is { Length: > 0 and <= 200 }, "The document that it rests on, 1 to 200 characters.");
        if (fields.Refused is { } refused)
            return refused;
        await using var db = records.Reading();
        if (await new AreaQueries(db).ChainOf(at.County, cancellationToken) is not [{ Level: AreaLevel.County }, ..])
            return Refusal.Of(404, "calendar.noCounty", "There is no such county.");

        var change = new CalendarChange(at.County, at.Day, body.Working!.Value, body.Reason!);
        var deed = await records.DeedOf(by, cancellationToken);
        var version = await records.Change(changing => new CalendarBook(changing).Set(change, deed, cancellationToken), cancellationToken);
        return TypedResults.Ok(new WorkingDaySet(at.County, at.Day, change.Working, version, await records.RecomputeDeadlines(cancellationToken)));
    }

    private static async Task<ProblemHttpResult?> Faults(ReliefDbContext db, PolicyParameter preset, NewParameter body, CancellationToken cancellationToken)
    {
        var fault = body.Value is { Length: > 0 } value ? ParameterShape.Fault(preset, value) : "The value is needed.";
        var isArea = body.AreaCode is null or ParameterQueries.Everywhere || (await new AreaQueries(db).ChainOf(body.AreaCode, cancellationToken)).Count > 0;
        return new Fields()
            .Check("value", fault is null, fault ?? "")
            .Check("areaCode", isArea, "There is no such area; leave it out for the whole installation.")
            .Check("validFrom", body.ValidFrom is not null, "The first day on which it holds.")
            .Check("basis", body.Basis is { Length: > 0 and <= 200 }, "The document that it rests on, 1 to 200 characters.").Refused;
    }
}
