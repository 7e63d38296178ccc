using Relief.Flow.Host.Demo;
using Relief.Flow.Tests.Storage;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>SC-01 from application to payment over REST, to the cent and the day: the story that <c>-- demo</c> tells.</summary>
public abstract class SC01 : IAsyncLifetime
{
    private ReliefDesk desk = null!;

    protected abstract Task<ReliefDesk> Open();

    [Fact]
    public async Task Home_care_is_applied_for_on_16_March_and_paid_on_15_May()
    {
        var figures = await new FirstPurchase(desk.Caller, TextWriter.Null).Play(CancellationToken.None);

        Assert.Equal("Submitted Accepted Registered Surveying InReview Confirmed Referring Planned InService", string.Join(' ', figures.CaseStates));
        Assert.Equal((new DateOnly(2026, 3, 19), new DateOnly(2026, 3, 30)), (figures.Due["survey-team"], figures.Due["survey"]));
        Assert.Equal((new DateOnly(2026, 3, 27), new DateOnly(2026, 3, 26)), (figures.Due["approval"], figures.Due["referral"]));
        Assert.Equal(new DateOnly(2026, 4, 6), figures.Due["first-visit"]);
        Assert.Equal(("999900-2026-000001", "999900-2026-000001 一村 服务类救助"), (figures.ServiceNumber, figures.Notice));
        Assert.Equal(new FundFigures(Reserved: 10_260, Released: 0, Spent: 0, Available: 109_740), figures.WhenReserved);
        Assert.Equal(new FundFigures(Reserved: 9_120, Released: 60, Spent: 1_080, Available: 109_800), figures.WhenPaid);
        Assert.Equal(new BatchFigures(15, 1_080, 60, "NoAcceptedRecord", new DateOnly(2026, 5, 12), new DateOnly(2026, 5, 15)), figures.April);
        ThePeopleWereTold();
        Assert.Equal(0, figures.Violations);
        await desk.IsSound();
    }

    public async Task InitializeAsync() => desk = await Open();

    public async Task DisposeAsync() => await desk.DisposeAsync();

    /// <summary>Receipt, appointment, decision and dispatch, each to whom it concerns and once; nothing was asked for later, and no deadline passed.</summary>
    private void ThePeopleWereTold()
    {
        Assert.Equal(["person:person-zhang 03-16 09:00"], desk.Told("intake.receipt"));
        Assert.Equal("您的救助申请已收到,受理编号SQ999900-2026-000001。请保存此编号以便查询。", Assert.Single(desk.Texts("intake.receipt")));
        Assert.Equal(["person:person-zhang 03-18 09:00", "staff:surveyor-qian 03-18 09:00", "staff:surveyor-sun 03-18 09:00"], desk.Told("survey.appointment").Order());
        Assert.Equal(["person:person-zhang 03-24 10:00", "unit:999901 03-24 10:00"], desk.Told("decision.confirmed").Order());
        Assert.Equal(["unit:PV-A 03-24 10:00"], desk.Told("referral.new"));
        Assert.Equal(["person:person-zhang 03-25 09:00"], desk.Told("referral.accepted"));
        Assert.All(desk.Told("visit.dispatch"), told => Assert.StartsWith("staff:worker-a", told, StringComparison.Ordinal));
        Assert.Equal(["unit:PV-A 05-15 09:00"], desk.Told("settlement.paid"));
        foreach (var trouble in new[] { "intake.supplement", "task.overdue", "task.late", "service.gap", "visit.missed", "settlement.late" })
            Assert.Empty(desk.Told(trouble));
    }

    public sealed class OnSqlite : SC01
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : SC01
    {
        protected override Task<ReliefDesk> Open() => ReliefDesk.OnPostgres();
    }
}
