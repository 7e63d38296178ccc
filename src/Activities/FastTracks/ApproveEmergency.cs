using System.Globalization;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Emergencies;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.FastTracks;

/// <summary>A reviewer other than who proposed says yes or no, in the app or by phone; by which way, when and who is kept and never changed (P29 step 2).</summary>
/// <remarks>A reviewer on the phone is entered by a colleague who may review as well, with the time of the call and its recording: never by who proposed it.</remarks>
[ChangesRecords]
[Activity("Relief Emergency", "A reviewer approves by phone or in the app.", Chinese = "急难审批", Waits = true, Approves = true)]
[Outcomes("Go", "NoGo")]
public sealed class ApproveEmergency : EmergencyStep
{
    protected override Task<Question> Ask(EmergencyScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("emergency.approve", "审批急难救助", ReliefRoles.TownshipReviewer, scene.Township)
        {
            Outcomes = ["Go", "NoGo"],
            Form =
            [
                FormField.Of("channel", "审批方式", "string", "Go").OneOf(Enum.GetNames<ApprovalChannel>()), FormField.Of("approver", "来电审批人(电话审批)", "string"),
                FormField.Of("calledAt", "通话时间(电话审批)", "string"), FormField.Of("callRef", "录音编号(电话审批)", "string"), FormField.Of("reason", "不同意的理由", "string", "NoGo")
            ],
            Data = new { scene.Emergency.PersonId, scene.Emergency.ItemCode, scene.Emergency.Quantity, serviceDays = scene.Emergency.Days, scene.Emergency.Amount, scene.Emergency.ProposedBy },
            Excluded = [scene.Emergency.ProposedBy!], DueKey = "emergency.approve", Audience = "R"
        });

    protected override async Task<StepEnd> Decide(EmergencyScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (book, deed) = (new EmergencyBook(scene.Db), scene.Deed("approve", answer.By));
        if (answer.By == scene.Emergency.ProposedBy)
            return StepEnd.Not("SamePerson");
        if (answer.Decision == "NoGo")
        {
            if (answer.Reason is not { Length: > 0 and <= 1000 } reason)
                return StepEnd.Not("ReasonMissing");
            await book.Change(EmergencyId, ("EmergencyRefused", new { reason }), row => row with { Reason = reason, RecordedBy = deed.By }, deed, cancellationToken);
            return StepEnd.By("NoGo", scene.ToPerson("emergency.refused"));
        }

        var (said, problem) = await Said(scene, answer, cancellationToken);
        if (said is null)
            return StepEnd.Not(problem!);
        var deadlines = new Deadlines(scene.Db);
        var approved = said with
        {
            DispatchDue = (await deadlines.Of("emergency.dispatch", scene.Township, said.ApprovedAt!.Value, cancellationToken)).Due,
            RegulariseDue = (await deadlines.Of("emergency.regularise", scene.Township, said.ApprovedAt.Value, cancellationToken)).Due
        };
        await book.Change(EmergencyId, ("EmergencyApproved", new { approved.Channel, approved.ApprovedBy, approved.ApprovedAt, approved.CallRef, approved.Amount }), _ => approved, deed, cancellationToken);
        await new CaseBook(scene.Db).Flag(approved.CaseId!, EmergencyRelief.Flag, true, deed.Step("flag"), cancellationToken);
        return StepEnd.By("Go");
    }

    private static async Task<(EmergencyRelief? Said, string? Problem)> Said(EmergencyScene scene, Answer answer, CancellationToken cancellationToken)
    {
        var (emergency, now) = (scene.Emergency, scene.Context.Now);
        if (!Enum.TryParse<ApprovalChannel>(answer.Text("channel"), out var channel))
            return (null, "ChannelMissing");
        var said = emergency with { Channel = channel, ApprovedBy = answer.By, ApprovedAt = now, RecordedBy = answer.By };
        if (channel == ApprovalChannel.App)
            return (said, null);
        if (!DateTimeOffset.TryParse(answer.Text("calledAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) || at < emergency.ProposedAt || at > now || answer.Text("callRef") is not { Length: > 0 and <= 100 } call)
            return (null, "CallNotProven");
        var reviewer = answer.Text("approver") is { Length: > 0 } other ? other : answer.By;
        return reviewer != emergency.ProposedBy && await new StaffQueries(scene.Db).Holds(reviewer, ReliefRoles.TownshipReviewer, scene.Township, ChinaTime.DayOf(at), cancellationToken)
            ? (said with { ApprovedBy = reviewer, ApprovedAt = at.ToUniversalTime(), CallRef = call }, null)
            : (null, "NotAReviewer");
    }
}
