using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities;
using Relief.Flow.Activities.HelpDays;

namespace Relief.Flow.Host.Relief;

/// <summary>Makes of a form what it asks for, by the same doors as everywhere: the intake, a conference, help on behalf (P30).</summary>
internal static class HelpFormDesk
{
    /// <summary>The record that was made, once per deed; or why not.</summary>
    public static async Task<(string? ObjectId, ProblemHttpResult? Refused)> Make(
        ReliefRecords records, (HelpDay Day, HelpForm Form) of, Deed deed, CancellationToken cancellationToken)
    {
        switch (of.Form.Kind)
        {
            case HelpKind.Application:
                var answer = await IntakeApi.Receive(records, of.Form.Application! with { CountyCode = of.Day.CountyCode }, (deed.By, deed.Key), cancellationToken);
                return answer.Result is Accepted<TakenApplication> taken ? (taken.Value!.ApplicationId, null) : (null, (ProblemHttpResult)answer.Result);
            case HelpKind.Escalation:
                var (conference, notAsked) = await ConferencesApi.Call(records, of.Form.Escalation!, deed, cancellationToken);
                return (conference, notAsked);
            case HelpKind.Mandate:
                var (mandate, notHelped) = await MandatesApi.Call(records, of.Form.Mandate! with { CountyCode = of.Day.CountyCode }, deed, cancellationToken);
                return (mandate, notHelped);
            default:
                return (null, null);
        }
    }
}
