using Microsoft.AspNetCore.Http.HttpResults;
using Relief.Flow.Activities.Doorbell;
using Relief.Flow.Host.Answers;

namespace Relief.Flow.Host.Doorbell;

/// <summary>What a deed on an alert is answered: what was done, or a problem with a stable code.</summary>
internal static class AlertAnswers
{
    public static IResult Of(AlertAnswer answer) => answer switch
    {
        AlertAnswer.Done or AlertAnswer.Already or AlertAnswer.Second => TypedResults.Ok(new DoneToAlert(answer)),
        AlertAnswer.Taken => Refusal.Of(409, "alert.taken", "Somebody else took it first. Please stand by."),
        AlertAnswer.Ended => Refusal.Of(409, "alert.ended", "The alert has ended."),
        AlertAnswer.NotRung => Refusal.Of(409, "alert.notRung", "This responder is not rung for this device."),
        AlertAnswer.NotYours => Refusal.Of(409, "alert.notAccepted", "This responder did not accept the alert."),
        AlertAnswer.ReferenceNeeded => Refusal.Of(422, "alert.referenceNeeded", "This outcome needs the reference that 120, 110 or 119 gave."),
        AlertAnswer.NotVerified => Refusal.Of(422, "alert.notVerified", "Say whether the resident was spoken with or seen."),
        _ => Unknown()
    };

    public static ProblemHttpResult Unknown() => Refusal.Of(404, "alert.notFound", "There is no such alert.");
}

/// <summary>Done, Already, or Second for one who goes along.</summary>
public sealed record DoneToAlert(AlertAnswer Result);
