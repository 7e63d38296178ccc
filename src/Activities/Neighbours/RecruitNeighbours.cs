using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Calendar;
using Relief.Flow.Activities.Pairs;
using Relief.Flow.Activities.Parameters;
using Relief.Flow.Activities.People;
using Relief.Flow.Activities.Referrals;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Neighbours;

/// <summary>The village names willing neighbours (PW6 step 1): 18 or older, healthy enough, of another household, no conflict.</summary>
[ChangesRecords]
[Activity("Relief Neighbours", "The village names willing neighbours.", Chinese = "招募邻里帮扶人", Waits = true)]
[Outcomes("Recruited", "NoCandidate")]
public sealed class RecruitNeighbours : OrderStep
{
    [Output("Who is willing.", Chinese = "帮扶人")]
    public string[] Helpers { get; private set; } = [];

    protected override Task<Question> Ask(StepScene scene, CancellationToken cancellationToken) => Task.FromResult(
        new Question("helper.recruit", "招募邻里帮扶人", ReliefRoles.VillageWorker, scene.Order.Case.AreaCode)
        {
            Outcomes = ["Recruited", "NoCandidate"],
            Form =
            [
                FormField.Of("helpers", "帮扶人名单", "array", "Recruited").Made(
                    FormField.Of("helperId", "帮扶人编号", "string"), FormField.Of("name", "姓名", "string"), FormField.Of("birthDate", "出生日期", "string"), FormField.Of("bankAccount", "收款账户编号", "string"),
                    FormField.Of("healthy", "身体健康", "boolean"), FormField.Of("noConflict", "无利害关系", "boolean")),
                FormField.Of("reason", "说明", "string", "NoCandidate")
            ],
            WhenStopped = "NoCandidate",
            WorkingDays = 10,
            Audience = "V"
        });

    protected override async Task<StepEnd> Decide(StepScene scene, Answer answer, CancellationToken cancellationToken)
    {
        if (answer.Decision == "NoCandidate")
            return StepEnd.By("NoCandidate");
        var willing = FormData.Read<RecruitForm>(answer.Data)?.Helpers ?? [];
        var least = await new ParameterQueries(scene.Db).Whole("neighbour.helpersMin", scene.Order.TownshipCode, ChinaTime.DayOf(scene.Context.Now), cancellationToken);
        if (willing.Select(helper => helper.HelperId).Distinct().Count() < least)
            return StepEnd.Not("TooFewHelpers");
        foreach (var helper in willing)
        {
            if (await FaultOf(scene, helper, cancellationToken) is { } fault)
                return StepEnd.Not(fault);
        }

        foreach (var helper in willing)
            await new NeighbourBook(scene.Db).Enrol(RowOf(scene, helper, answer.By), scene.Context.DeedOf("enrol-" + helper.HelperId, answer.By), cancellationToken);
        Helpers = [.. willing.Select(helper => helper.HelperId!).Distinct()];
        return StepEnd.By("Recruited") with { Kept = new { Helpers } };
    }

    private static async Task<string?> FaultOf(StepScene scene, WillingNeighbour helper, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(helper.HelperId) || string.IsNullOrWhiteSpace(helper.Name) || string.IsNullOrWhiteSpace(helper.BankAccount))
            return "HelperIncomplete";
        if (helper.BirthDate.AddYears(18) > ChinaTime.DayOf(scene.Context.Now))
            return "NotOfAge";
        if (!helper.Healthy)
            return "NotHealthy";
        var person = await scene.Db.Set<Person>().SingleAsync(row => row.Id == scene.Order.Order.PersonId, cancellationToken);
        if (helper.PersonId == person.Id || (helper.HouseholdId is not null && helper.HouseholdId == person.HouseholdId)
            || await new NeighbourQueries(scene.Db).IsHousehold(helper.HelperId, person.Id, cancellationToken))
            return "HouseholdMember";
        var free = await new PairQueries(scene.Db).Free(scene.Order.Order.PersonId, PairKind.Neighbour, [helper.HelperId], cancellationToken);
        return free.Count == 0 || !helper.NoConflict ? "Conflict" : null;
    }

    private static NeighbourVolunteer RowOf(StepScene scene, WillingNeighbour helper, string by) => new()
    {
        Id = helper.HelperId!,
        CountyCode = scene.Order.Order.CountyCode,
        CreatedAt = scene.Context.Now,
        CreatedBy = by,
        AreaCode = scene.Order.Case.AreaCode,
        Name = helper.Name!,
        BirthDate = helper.BirthDate,
        PersonId = helper.PersonId,
        HouseholdId = helper.HouseholdId,
        BankAccount = helper.BankAccount!
    };

    private sealed record RecruitForm(IReadOnlyList<WillingNeighbour>? Helpers);

    private sealed record WillingNeighbour(string? HelperId, string? Name, DateOnly BirthDate, string? BankAccount)
    {
        public bool Healthy { get; init; }

        public bool NoConflict { get; init; }

        public string? PersonId { get; init; }

        public string? HouseholdId { get; init; }
    }
}
