using Relief.Flow.Activities.Adapters;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Visits;

/// <summary>Shows the big-data platform what was dispatched and what was accepted, where policy wants it (S06). A mere mirror: our own records are what counts, and nobody has to do it by hand.</summary>
internal static class VisitMirror
{
    /// <summary>A visit was given to a worker.</summary>
    public static Task<Message[]> Dispatched(ReliefDbContext db, VisitSlot slot, string workerId, Deed deed, CancellationToken cancellationToken) => Send(
        db, ("Dispatch", "dispatches", slot.CountyCode, slot.PersonId, "visit:" + slot.Id), new { visitId = slot.Id, slot.OrderId, workerId, slot.PlannedStart }, deed, cancellationToken);

    /// <summary>A record was accepted.</summary>
    public static Task<Message[]> Accepted(ReliefDbContext db, VisitRecord record, Deed deed, CancellationToken cancellationToken) => Send(
        db, ("RecordPush", "records", record.CountyCode, record.PersonId, "record:" + record.Id),
        new { recordId = record.Id, record.VisitId, record.OrderId, record.WorkerId, record.ItemCode, record.StartAt, record.EndAt, record.Quantity }, deed, cancellationToken);

    private static async Task<Message[]> Send(ReliefDbContext db, (string Operation, string Path, string County, string Person, string Subject) of, object body, Deed deed, CancellationToken cancellationToken)
    {
        if (await new ParameterQueries(db).Find("dispatchMirror.required", of.County, ChinaTime.DayOf(deed.At), cancellationToken) is not { Value: "true" })
            return [];
        var entry = new ExchangeEntry(Adapter.Dispatch, of.Operation, of.Subject, ExchangeEntry.Of(body))
        {
            CountyCode = of.County, PersonId = of.Person, Path = of.Path, IsMirror = true, LegalBasis = "池民社救〔2023〕38号：服务信息经平台派发并录入"
        };
        return [await new ExchangeBook(db).Send(entry, deed.Step("mirror"), cancellationToken)];
    }
}
