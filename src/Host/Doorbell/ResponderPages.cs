using Relief.Flow.Activities;
using Relief.Flow.Activities.Doorbell;

namespace Relief.Flow.Host.Doorbell;

/// <summary>The page of a responder's phone: <c>/r/{token}</c>. Looking changes nothing, so a messenger's preview accepts nothing; each deed uses its link up.</summary>
/// <remarks>After the acceptance each step has a link of its own, so that a link that was passed on is worth nothing any more.</remarks>
internal static class ResponderPages
{
    public static void MapResponderPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/r/{token}", Show).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/r/{token}", Do).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        routes.MapGet("/doorbell/own/{file}", DoorbellPage.File).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Show(AlertDoor door, HttpContext context, string token)
    {
        if (await Open(door, token, context.RequestAborted) is not { } visit)
            return ResponderMarkup.Wrong(context);
        if (Kindly(context, visit) is { } kindly)
            return kindly;
        if (visit.Mine is null)
            return ResponderMarkup.Ask(context, visit);
        CareNotes notes = new(null, null);
        await door.Records.Change(async db =>
        {
            var deed = new Deed(visit.Ring.Target, visit.Now, Guid.CreateVersion7().ToString("N"));
            notes = await new DeviceBook(db, door.Records.Key).Notes(visit.Device, visit.Alert, visit.Ring.LinkId, deed, CancellationToken.None);
            return true;
        }, CancellationToken.None);
        return ResponderMarkup.Working(context, visit, notes, refused: null);
    }

    private static async Task<IResult> Do(AlertDoor door, HttpContext context, string token)
    {
        if (await Open(door, token, context.RequestAborted) is not { } visit)
            return ResponderMarkup.Wrong(context);
        if (Kindly(context, visit) is { } kindly)
            return kindly;
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        string? Field(string name) => form[name].ToString().Trim() is { Length: > 0 and <= 200 } text ? text : null;
        var wish = new ResponderWish(Field("deed") ?? "", Field("outcome"), Field("how"), Field("reference"));
        AlertNotification? pass = null;
        var wasUsed = false;
        var answer = await door.Does(visit.Alert.Id, visit.Ring.Target, async (db, deed) =>
        {
            var rings = new RingBook(db);
            wasUsed = !await rings.IsFree(visit.Ring.Id, CancellationToken.None);
            if (wasUsed)
                return AlertAnswer.NotYours;
            var done = await Deed(db, visit, wish, deed);
            if (done is not (AlertAnswer.Done or AlertAnswer.Second or AlertAnswer.Already))
                return done;
            pass = await rings.Use(visit.Ring.Id, wish.Deed, deed.At, CancellationToken.None);
            return done;
        }, CancellationToken.None);
        if (wasUsed)
            return ResponderMarkup.Used(context);
        return answer switch
        {
            AlertAnswer.Done or AlertAnswer.Second or AlertAnswer.Already when wish.Deed is "release" or "outcome" => ResponderMarkup.Thanks(context, wish.Deed),
            // Relative to the link itself, so that it works behind any prefix.
            AlertAnswer.Done or AlertAnswer.Second or AlertAnswer.Already => Results.Redirect(RingToken.Of(pass!.Id, door.Records.Key)),
            AlertAnswer.Taken => ResponderMarkup.Taken(context),
            AlertAnswer.ReferenceNeeded or AlertAnswer.NotVerified when visit.Mine is not null => ResponderMarkup.Working(context, visit, new CareNotes(null, null), answer),
            _ => ResponderMarkup.Over(context)
        };
    }

    private static Task<AlertAnswer> Deed(ReliefDbContext db, ResponderVisit visit, ResponderWish wish, Deed deed) => wish.Deed switch
    {
        "accept" => new AlertBook(db).Accept(visit.Alert.Id, visit.Ring.LinkId, "page", deed, CancellationToken.None),
        "arrive" => new AlertBook(db).Arrive(visit.Alert.Id, visit.Ring.LinkId, deed, CancellationToken.None),
        "release" => new AlertBook(db).Release(visit.Alert.Id, visit.Ring.LinkId, deed, CancellationToken.None),
        "noEntry" when visit.Mine is not null => new AlertDesk(db).NoEntry(visit.Alert.Id, deed, CancellationToken.None),
        "outcome" when visit.Mine is not null && Enum.TryParse<AlertOutcome>(wish.Outcome, out var outcome) =>
            new AlertDesk(db).Resolve(visit.Alert.Id, new Ending(outcome, wish.How ?? "", wish.Reference), deed, CancellationToken.None),
        _ => Task.FromResult(AlertAnswer.NotYours)
    };

    private static IResult? Kindly(HttpContext context, ResponderVisit visit) => visit switch
    {
        { Ring.UsedAt: not null } => ResponderMarkup.Used(context),
        { Alert.ResolvedAt: not null } => ResponderMarkup.Over(context),
        _ when visit.Ring.ExpiresAt < visit.Now => ResponderMarkup.Late(context),
        _ => null
    };

    private static async Task<ResponderVisit?> Open(AlertDoor door, string token, CancellationToken cancellationToken)
    {
        if (RingToken.Read(token, door.Records.Key) is not { } ringId)
            return null;
        await using var db = door.Records.Reading();
        return await new ResponderVisits(db).Find(ringId, await door.Records.Now(cancellationToken), cancellationToken);
    }
}

/// <summary>What somebody wants to do on their page.</summary>
internal sealed record ResponderWish(string Deed, string? Outcome, string? How, string? Reference);
