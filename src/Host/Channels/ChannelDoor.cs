using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.Calls;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Channels;
using Relief.Flow.Activities.Intake;
using Relief.Flow.Activities.Surveys;
using Relief.Flow.Activities.Tickets;
using Relief.Flow.Host.Answers;
using Relief.Flow.Host.Relief;
using Relief.Flow.Host.Tasks;
using Relief.Flow.Workflows;
using Relief.Flow.Workflows.Runtime;

namespace Relief.Flow.Host.Channels;

/// <summary>Carries out what a channel asks, through the intake, the requests and the tickets that everybody uses; a channel sees what it started and nothing else.</summary>
internal sealed class ChannelDoor(ReliefRecords records, SignedMessages messages, ChannelDesk desk, SurveyDesk surveys)
{
    /// <summary>Takes a message and answers as its channel wants to be answered.</summary>
    public async Task<IResult> Take(HttpContext context, string channelId, string operation)
    {
        var (message, refused) = await messages.Read(context.Request, channelId, operation, context.RequestAborted);
        if (message is null)
            return refused!;
        // Let in: whether the caller still listens changes nothing.
        var answer = await (operation switch
        {
            "applications" => Apply(message, CancellationToken.None),
            "requests" => Ask(message, CancellationToken.None),
            "calls" => Call(message, CancellationToken.None),
            "surveys" => Survey(message, CancellationToken.None),
            _ => desk.About(message, CancellationToken.None)
        });
        if (answer.Refused is { } problem)
            return messages.Logged(problem, channelId);
        var given = JsonSerializer.SerializeToNode(answer.Given, ChannelDesk.Options)!;
        var shaped = MappedFields.Write(message.Mapping.Operations[operation].Answer, given) ?? new JsonObject();
        return Results.Text(shaped.ToJsonString(ChannelDesk.Options), "application/json", Encoding.UTF8, answer.Status);
    }

    private async Task<ChannelAnswer> Apply(ChannelMessage message, CancellationToken cancellationToken)
    {
        var fields = new Fields();
        if (message.To<ApplicationRequest>(fields) is not { } request)
            return ChannelAnswer.No(fields.Refused!);
        // Who is somebody else than the user's token says is applied for by the user.
        var isOther = message.IdNumber is { } own && request.Person?.IdNumber is { } person && !string.Equals(own, person, StringComparison.OrdinalIgnoreCase);
        request = request with { CountyCode = message.Channel.CountyCode, Channel = message.Mapping.Channel, OnBehalf = request.OnBehalf || isOther, MandateId = null };
        return await Begins(message, MatterKind.Application, async () =>
        {
            var taken = await IntakeApi.Receive(records, request, (message.By, message.Key), cancellationToken);
            return (taken.Result as Accepted<TakenApplication>)?.Value is { } receipt
                ? (receipt.ApplicationId, new TakenMatter(message.Number, receipt.ApplicationNumber, receipt.CaseNumber, null), null)
                : (null, null, taken.Result as ProblemHttpResult);
        }, cancellationToken);
    }

    private async Task<ChannelAnswer> Ask(ChannelMessage message, CancellationToken cancellationToken)
    {
        var fields = new Fields();
        if (message.To<SentRequest>(fields) is not { } request)
            return ChannelAnswer.No(fields.Refused!);
        request = request with { CountyCode = message.Channel.CountyCode, Channel = message.Mapping.Channel, Sender = $"{message.Channel.Id}:{message.User}" };
        return await Begins(message, MatterKind.Request, async () =>
        {
            var taken = await RequestsApi.Receive(records, request, (message.By, InstanceIds.Of("request:" + message.Key)), cancellationToken);
            return (taken.Result as Accepted<TakenRequest>)?.Value is { } receipt
                ? (receipt.RequestId, new TakenMatter(message.Number, TicketDesk.Short(receipt.RequestId), null, receipt.Due), null)
                : (null, null, taken.Result as ProblemHttpResult);
        }, cancellationToken);
    }

    private async Task<ChannelAnswer> Call(ChannelMessage message, CancellationToken cancellationToken)
    {
        var fields = new Fields();
        if (message.To<HotlineCall>(fields) is not { } call)
            return ChannelAnswer.No(fields.Refused!);
        await using var db = records.ReadingAll();
        var person = call.Caller is { Length: > 0 } phone ? await new CallBook(db).PersonOf(message.Channel.CountyCode, phone, cancellationToken) : null;
        if (call.Lost)
            return await Begins(message, MatterKind.Call, () => Lose(message, call, person, cancellationToken), cancellationToken);
        var user = message.User == ChannelMessage.NoUser ? null : $"{message.Channel.Id}:{message.User}";
        var ticket = new NewTicket(
            message.Channel.CountyCode, message.Mapping.Channel, call.Type, call.PlaceCode, call.Wording, person ?? user, call.LifeRisk, null, call.AboutUnitId, call.AboutSupplierId, message.Number, call.ExternalDue, call.Recording);
        return await Begins(message, MatterKind.Ticket, async () =>
        {
            var taken = await TicketsApi.Receive(records, ticket, (message.By, InstanceIds.Of("ticket:" + message.Key)), cancellationToken);
            return (taken.Result as Accepted<TakenTicket>)?.Value is { } receipt
                ? (receipt.TicketId, new TakenMatter(message.Number, receipt.Code, null, receipt.Due), null)
                : (null, null, taken.Result as ProblemHttpResult);
        }, cancellationToken);
    }

    private async Task<(string? RecordId, TakenMatter? Receipt, ProblemHttpResult? Refused)> Lose(ChannelMessage message, HotlineCall call, string? person, CancellationToken cancellationToken)
    {
        var county = message.Channel.CountyCode;
        await using var db = records.ReadingAll();
        if (call.PlaceCode is { } place && !await new ApplicationCounter(db, records.Key).Knows(county, place, cancellationToken))
            return (null, null, new Fields().Add("placeCode", "The village is not known in this county.").Refused);
        var id = InstanceIds.Of("lost-call:" + message.Key);
        var deed = new Deed(message.By, await records.Now(cancellationToken), id.ToString("N"));
        var lost = await records.Change(changing => new CallBook(changing).Lose(new LostCallEntry(county, message.Channel.Id, message.Number, call.PlaceCode ?? county, person), deed, cancellationToken), cancellationToken);
        await records.Flows.Start(new StartInstance("procedure.callback", FlowJson.Of(new { callId = lost.Id }), message.By) { InstanceId = id, CorrelationId = CallBook.Chain(lost.Id), BusinessKey = CallBook.Chain(lost.Id) }, cancellationToken);
        return (lost.Id, new TakenMatter(message.Number, TicketDesk.Short(lost.Id), null, lost.DueAt), null);
    }

    private async Task<ChannelAnswer> Survey(ChannelMessage message, CancellationToken cancellationToken)
    {
        var fields = new Fields();
        if (message.To<ImportedSurvey>(fields) is not { } imported)
            return ChannelAnswer.No(fields.Refused!);
        await using var db = records.ReadingAll();
        var phone = new PhoneBook(db, records.Key);
        // What came in before has ended the survey: its receipt answers a repeat.
        var survey = (await phone.OpenOf(imported.CaseNumber ?? "", cancellationToken))?.Id ?? (await phone.Receipt(ImportedSurvey.NumberFor(message), cancellationToken))?.SurveyId;
        if (survey is null)
            return ChannelAnswer.No(Refusal.Of(404, "survey.notFound", "No open survey is kept for this case number."));
        var (taken, refused) = await surveys.Submit(survey, imported.ToSurvey(message), (imported.SurveyorId ?? "", message.Mapping.Channel), cancellationToken);
        return taken is null ? ChannelAnswer.No(refused!) : ChannelAnswer.Of(new TakenMatter(message.Number, taken.SurveyId, imported.CaseNumber, null), StatusCodes.Status202Accepted);
    }

    // The number belongs to what was sent under it first; sent again it gets the first receipt.
    private async Task<ChannelAnswer> Begins(
        ChannelMessage message, MatterKind kind, Func<Task<(string? RecordId, TakenMatter? Receipt, ProblemHttpResult? Refused)>> take, CancellationToken cancellationToken)
    {
        var content = records.Key.Sign($"{message.Operation} {message.User} {Encoding.UTF8.GetString(CanonicalJson.Of(JsonSerializer.SerializeToUtf8Bytes(message.Contract)))}");
        await using var db = records.ReadingAll();
        if (await new MatterBook(db).Find(message.Channel.Id, message.Number, cancellationToken) is { } known && known.Content != content)
            return Reused();
        var (recordId, receipt, refused) = await take();
        if (refused is not null)
            return ChannelAnswer.No(refused);
        var matter = new ChannelMatter
        {
            Id = MatterBook.IdOf(message.Channel.Id, message.Number), CountyCode = message.Channel.CountyCode, CreatedAt = await records.Now(cancellationToken), CreatedBy = message.By,
            ChannelId = message.Channel.Id, Number = message.Number, UserRef = message.User, Kind = kind, RecordId = recordId!, Content = content, ToldApplication = kind == MatterKind.Application ? ApplicationStatus.Submitted : null,
            ToldCase = kind == MatterKind.Application ? CaseStatus.Submitted : null, Tellings = 0,
            // Of anything else nothing is told.
            Ended = kind != MatterKind.Application
        };
        var kept = await records.Change(changing => new MatterBook(changing).Begin(matter, cancellationToken), cancellationToken);
        return kept.Content == content ? ChannelAnswer.Of(receipt!, StatusCodes.Status202Accepted) : Reused();
    }

    private static ChannelAnswer Reused() => ChannelAnswer.No(Refusal.Of(409, "channel.numberReused", "This number was used for something else."));
}

/// <summary>What a channel is answered, before its mapping gives it its form.</summary>
internal sealed record ChannelAnswer(object? Given, int Status, ProblemHttpResult? Refused)
{
    public static ChannelAnswer Of(object given, int status = StatusCodes.Status200OK) => new(given, status, null);

    public static ChannelAnswer No(ProblemHttpResult refused) => new(null, 0, refused);
}

/// <summary>The receipt of what a channel started.</summary>
/// <param name="Number">The channel's own number.</param>
/// <param name="Receipt">The number here; of a ticket, the code by which its answer is read.</param>
/// <param name="Due">By when somebody answers; none of an application.</param>
internal sealed record TakenMatter(string Number, string Receipt, string? CaseNumber, DateTimeOffset? Due);

/// <summary>A call as a hotline tells it.</summary>
/// <param name="Caller">The telephone number, to find whose it is; it is not kept.</param>
/// <param name="Lost">True when nobody took it.</param>
internal sealed record HotlineCall(
    TicketType? Type, string? PlaceCode, string? Wording, bool LifeRisk, string? Recording, DateTimeOffset? ExternalDue, string? AboutUnitId, string? AboutSupplierId, string? Caller, bool Lost);
