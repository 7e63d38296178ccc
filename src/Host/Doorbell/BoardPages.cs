using Microsoft.AspNetCore.Authorization;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Console;
using Relief.Flow.Host.Studio;

namespace Relief.Flow.Host.Doorbell;

/// <summary>The duty officer's live board at <c>/doorbell/board</c>: open alerts with tier and countdown, who was rung, the next tier or 120/110 with one press.</summary>
internal static class BoardPages
{
    private const int Most = 200;

    public static void MapBoard(this IEndpointRouteBuilder routes)
    {
        var board = routes.MapGroup("/doorbell").ExcludeFromDescription().WithMetadata(new Needs(Policies.Work, "/doorbell/board"));
        board.MapGet("/board", Show);
        board.MapGet("/board/alerts", Part);
        board.MapPost("/board/{id}", Do).DisableAntiforgery().AddEndpointFilter<RecordGate>();
    }

    private static async Task<IResult> Show(AlertDoor door, HttpContext context, IAuthorizationService rights) =>
        context.User.Identity is not { IsAuthenticated: true } ? SignIn.Ask(context)
        : !await May(rights, context) ? Results.Forbid()
        : DoorbellPage.Of(context, "board.html", 200, "爱心门铃值守", await Markup(door, context, null));

    private static async Task<IResult> Part(AlertDoor door, HttpContext context, IAuthorizationService rights) =>
        context.User.Identity is not { IsAuthenticated: true } ? Results.Unauthorized()
        : !await May(rights, context) ? Results.Forbid()
        : DoorbellPage.Part(context, await Markup(door, context, null));

    private static async Task<IResult> Do(AlertDoor door, HttpContext context, IAuthorizationService rights, string id)
    {
        if (context.User.Identity is not { IsAuthenticated: true })
            return SignIn.Ask(context);
        if (!await May(rights, context))
            return Results.Forbid();
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        string? Field(string name) => form[name].ToString().Trim() is { Length: > 0 and <= 200 } text ? text : null;
        var answer = await door.Decides(id, context.User.By(), (desk, deed) => Decide(desk, id, Field, deed));
        return answer is AlertAnswer.Done or AlertAnswer.Already
            ? Results.Redirect($"{context.Request.PathBase}/doorbell/board")
            : DoorbellPage.Of(context, "board.html", 422, "爱心门铃值守", await Markup(door, context, answer));
    }

    private static Task<AlertAnswer> Decide(AlertDesk desk, string id, Func<string, string?> field, Deed deed) => (field("deed"), field("text")) switch
    {
        ("escalate", _) => desk.Escalate(id, deed, CancellationToken.None),
        ("dispatch", { } reference) => desk.Dispatch(id, new EmergencyCall(field("line") is "110" or "119" ? field("line")! : "120", reference), deed, CancellationToken.None),
        ("decline", { } reason) => desk.Decline(id, reason, deed, CancellationToken.None),
        ("outcome", var reference) when Enum.TryParse<AlertOutcome>(field("outcome"), out var outcome) =>
            desk.Resolve(id, new Ending(outcome, field("how") ?? "", reference), deed, CancellationToken.None),
        ("dispatch", null) => Task.FromResult(AlertAnswer.ReferenceNeeded),
        _ => Task.FromResult(AlertAnswer.NotVerified)
    };

    private static async Task<string> Markup(AlertDoor door, HttpContext context, AlertAnswer? refused)
    {
        await using var db = door.Records.Reading();
        var alerts = await new AlertQueries(db).Open(Most, context.RequestAborted);
        return BoardMarkup.Of(alerts, await door.Records.Now(context.RequestAborted), context, refused);
    }

    private static async Task<bool> May(IAuthorizationService rights, HttpContext context) => (await rights.AuthorizeAsync(context.User, Policies.Work)).Succeeded;
}
