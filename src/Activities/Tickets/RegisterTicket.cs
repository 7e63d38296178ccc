using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.Requests;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Tickets;

/// <summary>Confirms a ticket with its code and says which way it goes; many complaints about one supplier lead to an inspection (P15 steps 1 to 3).</summary>
/// <remarks>A plea for help is a discovery and gets a human's answer within 24 hours by that procedure; the ticket itself is settled with it.</remarks>
[ChangesRecords]
[Activity("Relief Oversight", "Confirms a ticket and says which way it goes.", Chinese = "工单登记")]
[Outcomes("Consultation", "Handed", "Transfer", "County")]
public sealed class RegisterTicket : Activity
{
    [Input("The ticket.", Chinese = "工单")]
    public required string TicketId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var scene = await TicketStep.SceneOf(db, TicketId, context, cancellationToken);
        Message[] receipt = scene.ToComplainant("ticket.receipt", new { code = scene.Ticket.Code });
        Message[] inspection = await new TicketDesk(db).Many(scene.Ticket, cancellationToken) is { } complaints ? [await Inspect(scene, complaints, cancellationToken)] : [];
        switch (scene.Ticket.Type)
        {
            case TicketType.Consultation:
                return new Completed("Consultation") { Send = [.. receipt] };
            case TicketType.HelpRequest:
                return new Completed("Handed") { Send = [.. receipt, .. await HandOn(scene, cancellationToken)] };
            case TicketType.Praise:
                return new Completed("Handed") { Send = [.. receipt, scene.ToUnit("ticket.praise"), .. await Settle(scene, "已记录并转达", cancellationToken)] };
            default:
                return new Completed(scene.Ticket.Type == TicketType.Inspection || scene.Ticket.ParentId is not null ? "County" : "Transfer") { Send = [.. receipt, .. inspection] };
        }
    }

    private static async Task<Message> Inspect(TicketScene scene, IReadOnlyList<string> complaints, CancellationToken cancellationToken)
    {
        var ticket = scene.Ticket;
        var entry = new TicketEntry
        {
            CountyCode = ticket.CountyCode, Channel = ticket.Channel!, Type = TicketType.Inspection, PlaceCode = ticket.PlaceCode!, AboutSupplierId = ticket.AboutSupplierId,
            Wording = $"30日内投诉{complaints.Count}件，需检查：{string.Join('、', complaints.Select(TicketDesk.Short))}"
        };
        var opened = await new TicketDesk(scene.Db).Take(entry, scene.Context.DeedOf("inspection"), cancellationToken);
        return Message.Of(TicketDesk.StartOf(scene.Context.KeyFor("inspection"), opened.Id));
    }

    private static async Task<Message[]> HandOn(TicketScene scene, CancellationToken cancellationToken)
    {
        var (ticket, deed) = (scene.Ticket, scene.Context.DeedOf("discovery"));
        var who = ticket.ComplainantRef ?? TicketDesk.Chain(ticket.Id);
        var found = await new DiscoveryBook(scene.Db).Register(new Discovery
        {
            Id = deed.Key, CountyCode = ticket.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = ticket.PlaceCode!, Origin = DiscoveryOrigin.Hotline, OriginId = ticket.Id,
            PersonRef = who, Seen = ticket.Reason, Risk = ticket.LifeRisk ? DiscoveryRisk.High : DiscoveryRisk.Normal
        }, deed, cancellationToken);
        var request = await new RequestBook(scene.Db).Receive(new RequestEntry(ticket.CountyCode, ticket.Channel!, ticket.PlaceCode!, who, ticket.Reason), scene.Context.DeedOf("request"), cancellationToken);
        var report = await Settle(scene, "已转24小时求助反馈：" + TicketDesk.Short(request.Id), cancellationToken);
        return
        [
            Message.Of(DiscoveryBook.StartOf(found)),
            Message.Of(new ChildStart(scene.Context.KeyFor("help"), "procedure.request24h", Json(new { requestId = request.Id }), "request:" + request.Id, "request:" + request.Id)),
            .. report
        ];
    }

    private static async Task<Message[]> Settle(TicketScene scene, string answer, CancellationToken cancellationToken)
    {
        var desk = new TicketDesk(scene.Db);
        await desk.Resolve(scene.Ticket.Id, ("Founded", answer, answer), scene.Context.DeedOf("resolve"), cancellationToken);
        return await TicketReport.Reply(scene, await desk.Close(scene.Ticket.Id, scene.Context.DeedOf("close"), cancellationToken), cancellationToken);
    }
}
