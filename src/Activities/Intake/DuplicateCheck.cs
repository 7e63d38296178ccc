using Microsoft.EntityFrameworkCore;
using Relief.Flow.Activities.Cases;
using Relief.Flow.Activities.People;
using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Intake;

/// <summary>Looks for an open case of the same person, or of one who may be the same (A02, E07).</summary>
[Activity("Relief Intake", "Looks for an open case of the same person, or of one who may be the same.", Chinese = "查重")]
[Outcomes(None, SameOpenCase, Probable)]
public sealed class DuplicateCheck(ReliefDatabase database) : Activity
{
    private const string None = nameof(None);
    private const string SameOpenCase = nameof(SameOpenCase);
    private const string Probable = nameof(Probable);

    [Input("The application.", Chinese = "申请")]
    public required string ApplicationId { get; init; }

    [Output("The open case it belongs to, or the first that may be the same person's.", Chinese = "已有个案")]
    public string? OtherCaseId { get; private set; }

    [Output("Cases of persons with the same name, birth date and village.", Chinese = "疑似重复")]
    public string[] Matches { get; private set; } = [];

    protected override async Task<ActivityResult> Start(ActivityContext context, CancellationToken cancellationToken)
    {
        await using var records = database.Reading();
        var application = await records.Set<Application>().SingleAsync(row => row.Id == ApplicationId, cancellationToken);
        var cases = new CaseQueries(records);
        if (await cases.OpenCaseOf(application.PersonId, application.CountyCode, cancellationToken) is { } open && open.ApplicationId != ApplicationId)
        {
            OtherCaseId = open.Id;
            return await Complete(SameOpenCase);
        }

        var person = await records.Set<Person>().SingleAsync(row => row.Id == application.PersonId, cancellationToken);
        List<string> matches = [];
        foreach (var twin in await new PersonQueries(records).Probable(person, cancellationToken))
        {
            if (await cases.OpenCaseOf(twin.Id, application.CountyCode, cancellationToken) is { } other)
                matches.Add(other.Id);
        }

        Matches = [.. matches];
        OtherCaseId = Matches.FirstOrDefault();
        return await Complete(Matches.Length > 0 ? Probable : None);
    }
}
