using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Areas;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Channels;

/// <summary>Tells the channel by which somebody applied how the application stands; where the channel cannot be reached, the township tells them by hand within a working day (3.0.4, E16).</summary>
/// <remarks>
/// What is told is what the channel's user may ask at any time (<see cref="MatterStatus"/>): numbers, words and days, nothing about a person.
/// Who applied may be the guardian: where one is alleged to have abused the person, the township tells it by hand, to somebody else (E10).
/// </remarks>
[ChangesRecords]
[Activity("Relief Intake", "Tells a channel how an application stands, or has it told by hand.", Chinese = "渠道回告", Waits = true)]
[Outcomes("Told", "ByHand")]
public sealed class TellChannel : Activity
{
    private const string Kind = "channel.byHand";

    [Input("The channel's matter.", Chinese = "渠道事项")]
    public required string MatterId { get; init; }

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var db = ReliefDbContext.Over(context.Records);
        var matter = (await new MatterBook(db).Get(MatterId, cancellationToken))!;
        var about = await About(db, matter, cancellationToken);
        if (GuardianRule.NotTold(about.Person) is not null)
            return await ByHand(db, matter, about, context, cancellationToken);
        var status = await new MatterQueries(db).Of(matter, isEnglish: false, cancellationToken);
        var notice = new Notice("channel.status", "A", "channel:" + matter.ChannelId, matter.UserRef, Json(status)) { Reference = matter.Number };
        return new Waiting([Bookmark.Reply("told", Message.Of(notice) with { Class = EffectClass.Request })]);
    }

    protected override async Task<ActivityResult> Resume(ActivityContext context, Wakeup wakeup, CancellationToken cancellationToken)
    {
        if (wakeup.Kind == BookmarkKind.Task)
            return new Completed("ByHand");
        if (wakeup.Kind == BookmarkKind.Reply && wakeup.As<HttpReply>() is { Status: >= 200 and < 300, Error: null })
            return new Completed("Told");

        await using var db = ReliefDbContext.Over(context.Records);
        var matter = (await new MatterBook(db).Get(MatterId, cancellationToken))!;
        var about = await About(db, matter, cancellationToken);
        return wakeup.IsTimer
            ? new Waiting([]) { Send = [Tell.Unit("task.reminder", "C", await new AreaQueries(db).TownshipOf(about.Person.AreaCode, cancellationToken), new { caseNumber = about.Application.Number, kind = Kind })] }
            : await ByHand(db, matter, about, context, cancellationToken);
    }

    private static async Task<(Application Application, Person Person)> About(ReliefDbContext db, ChannelMatter matter, CancellationToken cancellationToken)
    {
        var application = (await new ApplicationBook(db).Find(matter.RecordId, cancellationToken))!;
        return (application, await db.Set<Person>().SingleAsync(row => row.Id == application.PersonId, cancellationToken));
    }

    private static async Task<ActivityResult> ByHand(ReliefDbContext db, ChannelMatter matter, (Application Application, Person Person) about, ActivityContext context, CancellationToken cancellationToken)
    {
        var (application, person) = about;
        var township = await new AreaQueries(db).TownshipOf(person.AreaCode, cancellationToken);
        var deadline = await new Deadlines(db).Of(Kind, township, context.Now, cancellationToken);
        return new Waiting([.. deadline.Bookmarks("byHand", new HumanTask
        {
            Title = GuardianRule.NotTold(person) is null ? $"渠道未通,改用电话或书面告知 {application.Number}" : $"勿告知监护人,改由他人知悉 {application.Number}",
            Kind = Kind,
            Role = ReliefRoles.ReliefClerk,
            Unit = township,
            Subject = "application:" + application.Id,
            Outcomes = ["Told"],
            Form = [FormField.Of("how", "告知方式", "string", "Told")],
            Data = Json(await new MatterQueries(db).Of(matter, isEnglish: false, cancellationToken))
        })]);
    }
}
