using Relief.Flow.Tests.Host;
using Relief.Flow.Workflows;
using static Relief.Flow.Tests.Scenarios.ReliefDesk;

namespace Relief.Flow.Tests.Scenarios;

/// <summary>A person of the second village with an order that runs, for tests that only look.</summary>
public abstract class RunningOrder(StorageKind kind) : IAsyncLifetime
{
    public TestHost Host => Desk.Host;

    public ReliefDesk Desk { get; private set; } = null!;

    public string CaseId { get; private set; } = "";

    public string Order { get; private set; } = "";

    /// <summary>The instance of the whole case.</summary>
    public string Instance { get; private set; } = "";

    /// <summary>The task of the survey, which is done.</summary>
    public string Survey { get; private set; } = "";

    public async Task InitializeAsync()
    {
        Desk = await ReliefDesk.On(kind);
        await Desk.Until(On(3, 30, 9));
        await Desk.IsConfirmed(Applicant.Wang, "nursing", 3);
        CaseId = Desk.CaseId;
        Order = (await Desk.List($"cases/{CaseId}/orders"))[0].Text("id")!;
        Survey = (await Desk.List("tasks?state=Completed&kind=survey"))[0].Text("id")!;
        Instance = (await Desk.List("instances?definitionId=case.lifecycle"))[0].Text("id")!;
        await Desk.Decides("supplier-a", "referral", "Accepted");
        await Desk.Decides("supplier-a", "plan", "Submitted", new { goals = "护理", lines = new[] { new { itemCode = "nursing", quantityPerMonth = 3, visitsPerMonth = 3 } } });
        await Desk.Decides("clerk-1", "plan.agree", "Agreed");
        await Desk.Sign("supplier-a");
    }

    public async Task DisposeAsync() => await Desk.DisposeAsync();

    public sealed class OnSqlite() : RunningOrder(StorageKind.Sqlite);

    public sealed class OnPostgres() : RunningOrder(StorageKind.PostgreSql);
}
