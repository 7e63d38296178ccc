using Relief.Flow.Activities;
using Relief.Flow.Activities.Appeals;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Decisions;
using Relief.Flow.Activities.People;
using Relief.Flow.Tests.Storage;
using Relief.Flow.Workflows;
using static System.Threading.CancellationToken;
using static Relief.Flow.Tests.Pathways.Town;
using Deed = Relief.Flow.Activities.Deed;

namespace Relief.Flow.Tests.Pathways;

/// <summary>"procedure.appeal": a denial that is looked at anew and stays, then goes to another body; one that comes too late; one whose appellant dies.</summary>
public abstract class AppealPathway : PathwayStory
{
    private static readonly object Delivered = new { deliveryProof = "EMS-9" };

    public override IReadOnlyList<string> Plays => ["procedure.appeal"];

    public override DateTimeOffset Begins => Local(4, 1);

    private protected override async Task Tell(Town town)
    {
        var first = await Denied(town, "person-zhang", Local(3, 20));
        await Appeals(town, first);
        await town.Complete("appeal.review", "township-reviewer-1", "Resurvey", new { });
        await town.Complete("appeal.review", "township-reviewer-1", "Resurvey", new { reason = "调查时本人住院" });
        await town.Publish(DeniedCase.Decided(first.CaseId), new { decision = "Denied" });
        await town.Complete("appeal.answer", "clerk-2", "Answered", new { });
        await town.Complete("appeal.answer", "clerk-2", "Answered", Delivered);
        await Outside(town, first);

        var late = await Denied(town, "person-wang", Local(1, 5));
        await Appeals(town, late);
        await town.Complete("appeal.late", "township-reviewer-1", "Refused", new { reason = "无正当理由" });
        await town.Complete("appeal.answer", "clerk-2", "Answered", Delivered);

        var died = await Denied(town, "person-feng", Local(3, 21));
        await Appeals(town, died);
        await town.Publish("interrupt:person-feng", new { kind = "PersonDied" });

        Assert.Equal(
            [("person-feng", AppealEnd.Died), ("person-wang", AppealEnd.TooLate), ("person-zhang", AppealEnd.Upheld)],
            (await town.Read(db => new AppealQueries(db).Of("999900", false, None))).Select(matter => (matter.PersonId!, matter.Outcome!.Value)).Order());
        Assert.DoesNotContain(DeniedCase.AppealOpen, (await town.Read(db => new CaseQueries(db).Find(first.CaseId, None)))!.Case.Flags);
    }

    // The other body takes its 30 days more, and finds no fault; the matter stays open until then, also beyond its own time.
    private static async Task Outside(Town town, (string CaseId, string DecisionId) denial)
    {
        var matter = (await town.Read(db => new AppealBook(db).About(AppealAbout.Decision, denial.DecisionId, None)))!;
        var (deed, day) = (new Deed("clerk-2", Local(4, 20), "outside-1"), new DateOnly(2026, 4, 20));
        await town.At(Local(4, 20));
        await town.Set(db => new AppealBook(db).Record(matter, (TrackKind.Reconsideration, "示例县人民政府", "FY-1", day), deed, None));
        await town.Publish(AppealBook.Changed(matter.Id), new { });
        var track = Assert.Single(await town.Read(db => new AppealBook(db).Tracks(matter.Id, None)));
        Assert.Equal(new DateOnly(2026, 6, 19), track.DueOn);
        await town.At(Local(6, 1));
        await town.Set(async db => track = await new AppealBook(db).Extend(matter, track, new DateOnly(2026, 6, 1), deed with { Key = "outside-2" }, None));
        Assert.Equal(new DateOnly(2026, 7, 19), track.DueOn);
        Assert.Null((await town.Read(db => new AppealBook(db).Get(matter.Id, None))).Outcome);
        await town.Set(db => new AppealBook(db).Decided(matter, track, (AppealEnd.Upheld, new DateOnly(2026, 6, 1), "维持"), deed with { Key = "outside-3" }, None));
        await town.Set(async db => track = await new AppealBook(db).Extend(matter, track, new DateOnly(2026, 6, 1), deed with { Key = "outside-4" }, None));
        Assert.Equal(AppealEnd.Upheld, track.Result);   // whoever has read it before does not take the result away
        await town.Publish(AppealBook.Changed(matter.Id), new { });
    }

    private static async Task<(string CaseId, string DecisionId)> Denied(Town town, string personId, DateTimeOffset at)
    {
        var (caseId, decisionId) = ("", "");
        await town.Set(async db =>
        {
            var deed = new Deed("reviewer-li", at, "denied-" + personId);
            var application = await new ApplicationBook(db).Enter(new ApplicationEntry
            {
                CountyCode = "999900", Channel = "window", ApplicantName = "某某", PersonId = personId, Category = ReliefCategory.Margin, ItemCodes = ["home-care"], Wording = "需要照料"
            }, deed, None);
            caseId = ((CaseResult.Done)await new CaseBook(db).Open(application.Id, "township-a", deed, None)).CaseId;
            foreach (var status in new[] { CaseStatus.Accepted, CaseStatus.Registered, CaseStatus.Surveying, CaseStatus.InReview, CaseStatus.Denied })
                await new CaseBook(db).Move(caseId, status, null, deed, None);
            await new CaseBook(db).RegisterNeeds(caseId, [new NeedEntry("home-care", "生活照料", "elderly", Urgency.Normal, "照料")], deed, None);
            var entry = new DecisionEntry
            {
                CaseId = caseId, CountyCode = "999900", Outcome = DecisionOutcome.Denied, ReasonCode = "NoCategory", RuleTrace = "[]", RuleVersion = "1", Authority = "township", EffectiveFrom = new DateOnly(2026, 3, 20)
            };
            decisionId = ((DecisionResult.Taken)await new DecisionBook(db).Decide(entry, deed, None)).DecisionId;
            await new DecisionBook(db).Delivered(decisionId, "EMS-1", deed with { By = "clerk-1" }, None);
        });
        return (caseId, decisionId);
    }

    private static async Task Appeals(Town town, (string CaseId, string DecisionId) denial)
    {
        Appeal? matter = null;
        await town.Set(async db =>
        {
            var (target, _) = await new AppealTargets(db).Of(AppealAbout.Decision, denial.DecisionId, Local(4, 1), None);
            matter = await new AppealBook(db).Take(new AppealEntry(AppealAbout.Decision, denial.DecisionId, PartyKind.Person, target!.PersonId!, "不服"), target, new Deed("window", Local(4, 1), denial.DecisionId), None);
        });
        await town.Start("procedure.appeal", new { appealId = matter!.Id }, Guid.ParseExact(matter.Id, "N"));
    }

    public sealed class OnSqlite : AppealPathway
    {
        public override StorageKind Kind => StorageKind.Sqlite;
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : AppealPathway
    {
        public override StorageKind Kind => StorageKind.PostgreSql;
    }
}
