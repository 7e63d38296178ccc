using Relief.Flow.Activities.Tickets;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.hotline": a complaint that finds its unit at the second try and is extended, five about one supplier that lead to an inspection, a question, a plea, thanks.</summary>
public abstract class HotlinePathway : PathwayStory
{
    public override IReadOnlyList<string> Plays => ["procedure.hotline", "procedure.request24h"];

    public override DateTimeOffset Begins => Local(3, 2, 14);

    private protected override async Task Tell(Town town)
    {
        await Calls(town, "complaint-1", TicketType.Complaint);
        await town.Complete("ticket.transfer", "hotline-1", "Transferred", new { unit = "999902" });
        await town.Complete("ticket.accept", "clerk-b", "WrongUnit", new { reason = "不属本街道" });
        await town.Complete("ticket.transfer", "hotline-1", "Transferred", new { unit = "999901" });
        await town.Complete("ticket.accept", "clerk-1", "Accepted");
        await town.Complete("ticket.resolve", "clerk-1", "Extend", new { reason = "需入户核实" });
        await town.Complete("ticket.resolve", "clerk-1", "Founded", new { measures = "重新服务", answer = "已安排重新服务" });
        await town.Complete("ticket.review", "reviewer-li", "Back", new { reason = "答复不清" });
        await town.Complete("ticket.resolve", "clerk-1", "Founded", new { measures = "重新服务", answer = "已于3月2日重新服务" });
        await town.Complete("ticket.review", "reviewer-li", "Closed");
        Assert.Equal(("Founded", TicketStatus.Settled, 1), (await Find(town, "complaint-1") is var found ? (found.Outcome, found.Status, found.Reroutes) : default));

        await Calls(town, "question-1", TicketType.Consultation);
        await town.Complete("ticket.consultation", "hotline-1", "Answered", new { answer = "可向村委会申请", rating = 5 });
        await Calls(town, "praise-11", TicketType.Praise);
        await Calls(town, "plea-help", TicketType.HelpRequest);
        await town.Complete("request.feedback", "duty-1", "Answered", new { kind = "Question", content = "已联系" });

        foreach (var number in Enumerable.Range(2, 5))
            await Calls(town, $"complaint-{number}", TicketType.Complaint, "PV-A");
        // Nobody hands them on or takes them: the county has them by itself.
        await town.At(Local(3, 2, 16, 30));
        await town.Complete("ticket.resolve", "county-officer-1", "Unfounded", new { measures = "无", answer = "经检查未发现问题" });
        Assert.Single(await town.Rows($"select id from {(Kind == StorageKind.Sqlite ? "relief_" : "relief.")}ticket where type = 'Inspection' and finding = 'Unfounded'"));
    }

    private static async Task Calls(Town town, string key, TicketType type, string? supplier = null)
    {
        var entry = new TicketEntry
        {
            CountyCode = "999900", Channel = "12349", Type = type, PlaceCode = "99990101", Wording = "服务未按时到达", ComplainantRef = "caller-" + key, AboutSupplierId = supplier, Code = "CODE" + key.ToUpperInvariant()
        };
        await town.Set(db => new TicketDesk(db).Take(entry, new Deed("hotline", Local(3, 2, 14), key), None));
        await town.Start("procedure.hotline", new { ticketId = key });
    }

    private static async Task<Ticket> Find(Town town, string key) => (await town.Read(db => new TicketDesk(db).Find(key, None)))!;

    public sealed class OnSqlite : HotlinePathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : HotlinePathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
