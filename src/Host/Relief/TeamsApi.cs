using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Linkage;
using Relief.Flow.Activities.Orders;
using Relief.Flow.Activities.RedVest;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Relief;

/// <summary>What member units, agencies and Red Vest teams do with a person: who was where, who is in the team, which sessions were held.</summary>
internal static class TeamsApi
{
    public static void MapTeams(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/orders/{id}").WithTags("Partners").RequireAuthorization(Policies.See);
        group.MapGet("/attendance", Attended).WithSummary("Who was at which session of a member unit or agency, by day");
        group.MapGet("/team", Team).WithSummary("The Red Vest team of an order as it is now");
        group.MapGet("/sessions", Sessions).WithSummary("A team's sessions by day: notes for its social worker only, volunteers see only their own sessions");
        group.MapPost("/sessions", Hold).WithSummary("Write down a session; only the team's social worker may")
            .RequireAuthorization(Policies.Work).WithMetadata(Repeatable.Kept).Refuses(403, 404, 409, 422);
    }

    private static async Task<Ok<Listing<Attendance>>> Attended(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<Attendance>(await new AttendanceBook(db).Of(id, cancellationToken)));
    }

    private static async Task<Ok<Listing<TeamMember>>> Team(ReliefRecords records, string id, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<TeamMember>(await new TeamBook(db).Of(id, cancellationToken)));
    }

    private static async Task<Ok<Listing<HelpSession>>> Sessions(ReliefRecords records, string id, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        return TypedResults.Ok(new Listing<HelpSession>(await new SessionBook(db).As(context.User.By(), id, cancellationToken)));
    }

    private static async Task<Results<Created<HeldTeamSession>, ProblemHttpResult>> Hold(
        ReliefRecords records, string id, SessionForm body, HttpContext context, CancellationToken cancellationToken)
    {
        await using var db = records.Reading();
        if (await new OrderQueries(db).Find(id, cancellationToken) is null)
            return Refusal.Of(404, "order.notFound", "There is no such order.");
        var deed = await records.DeedOf(context, cancellationToken);
        var (session, problem) = await records.Change(changing => new SessionBook(changing).Hold(id, body, deed, cancellationToken), cancellationToken);
        return problem switch
        {
            null => TypedResults.Created($"/api/v1/orders/{id}/sessions", new HeldTeamSession(session!)),
            "NotTheTeamsSocialWorker" => Refusal.Of(403, "session.notTheTeamsSocialWorker", "Only the social worker of the team writes its sessions down."),
            "NoTask" or "NoHours" or "NotYetHeld" => Refusal.Of(422, "session.incomplete", $"The session cannot be written down: {problem}.", ("reason", problem)),
            _ => Refusal.Of(409, "session.refused", $"The session cannot be written down: {problem}.", ("reason", problem))
        };
    }
}

/// <summary>A session that was written down.</summary>
public sealed record HeldTeamSession(string Id);
