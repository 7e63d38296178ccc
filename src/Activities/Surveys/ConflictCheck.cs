using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.Staff;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Surveys;

/// <summary>Compares staff with the relations they have declared to the person of a case (A07, E09).</summary>
[Activity("Relief Survey", "Compares staff with the relations they have declared to the person.", Chinese = "回避核验")]
[Outcomes(Ok, Conflict)]
public sealed class ConflictCheck(ReliefDatabase database) : Activity
{
    private const string Ok = nameof(Ok);
    private const string Conflict = nameof(Conflict);

    [Input("The case.", Chinese = "个案")]
    public required string CaseId { get; init; }

    [Input("The staff to look at.", Chinese = "工作人员")]
    public required string[] Staff { get; init; }

    [Input("Staff found in conflict before.", Chinese = "已回避人员")]
    public string[] Before { get; init; } = [];

    [Output("Staff in conflict, with those found before.", Chinese = "回避人员")]
    public string[] Conflicts { get; private set; } = [];

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Reading();
        var scene = await new CaseDesk(records).Open(CaseId, cancellationToken);
        var found = await new StaffQueries(records).Conflicts(scene.Case.PersonId, Staff, cancellationToken);
        Conflicts = [.. Before.Concat(found.Select(row => row.StaffId)).Distinct().Order(StringComparer.Ordinal)];
        return await Complete(found.Count == 0 ? Ok : Conflict);
    }
}
