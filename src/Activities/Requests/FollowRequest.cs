using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Discoveries;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Requests;

/// <summary>What follows the first answer: help to apply, a complaint's way, or the emergency number, each with the reference of what was done (P21 steps 2 and 4).</summary>
/// <remarks>Who needs a service is a discovery, and followed as one until it is closed (P02).</remarks>
[ChangesRecords]
[Activity("Relief Requests", "Follows a request up until something came of it.", Chinese = "跟进求助", Waits = true)]
[Outcomes("Followed", "NothingNeeded")]
public sealed class FollowRequest : Activity
{
    [Input("The request.", Chinese = "求助")]
    public required string RequestId { get; init; }

    [Input("Emergency, Service, Question or Complaint.", Chinese = "类别")]
    public required string Kind { get; init; }

    [Output("The application, ticket or call that followed.", Chinese = "后续编号")]
    public string Reference { get; private set; } = "";

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var request = (await new RequestBook(db).Find(RequestId, cancellationToken))!;
        if (Kind == "Service")
            return await Discover(db, request, context.DeedOf("discovery", request.FeedbackBy ?? ActivityDeeds.System), cancellationToken);
        var township = await new AreaQueries(db).TownshipOf(request.AreaCode, cancellationToken);
        var deadline = Kind == "Emergency"
            ? new Parameters.Deadline(context.Now, context.Now.AddMinutes(30), null)
            : await new Parameters.Deadlines(db).WorkingDays(3, township, context.Now, cancellationToken);
        return new Waiting([.. deadline.Bookmarks("follow", new HumanTask
        {
            Title = "求助后续办理",
            Kind = "request.follow",
            Role = ReliefRoles.ReliefClerk,
            Unit = township,
            Subject = "request:" + RequestId,
            Outcomes = ["Followed", "NothingNeeded"],
            Form = [new FormField("reference", "后续编号", "string", ["Followed"]), new FormField("reason", "说明", "string", ["NothingNeeded"])],
            Data = Json(new { Kind, request.Wording }),
            Priority = Kind == "Emergency" ? 100 : 50
        })]) { Send = Kind == "Emergency" ? [ActivityDeeds.Tell("request.emergency", "C", township, new { request = RequestId })] : [] };
    }

    private async Task<ActivityResult> Discover(ReliefDbContext db, HelpRequest request, Deed deed, CancellationToken cancellationToken)
    {
        var found = await new DiscoveryBook(db).Register(new Discovery
        {
            Id = deed.Key, CountyCode = request.CountyCode, CreatedAt = deed.At, CreatedBy = deed.By, AreaCode = request.AreaCode, Origin = DiscoveryOrigin.Request, OriginId = request.Id,
            PersonRef = request.Sender, Seen = request.Wording, Risk = DiscoveryRisk.Normal
        }, deed, cancellationToken);
        Reference = found.MergedInto ?? found.Id;
        return new Completed("Followed") { Send = [Message.Of(DiscoveryBook.StartOf(found))] };
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (!wakeup.IsTimer)
        {
            var answer = Answer.From(wakeup);
            Reference = answer.Text("reference") ?? "";
            return new Completed(answer.Decision);
        }

        await using var db = ReliefDbContext.Over(context.Records);
        var request = (await new RequestBook(db).Find(RequestId, cancellationToken))!;
        return new Waiting([]) { Send = [ActivityDeeds.Tell("request.remind", "K", request.CountyCode, new { request = RequestId, hours = 0 })] };
    }
}
