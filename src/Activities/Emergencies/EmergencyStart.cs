using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Emergencies;

/// <summary>Starts the fast track of a person's emergency, once for its origin, whoever starts it (P29).</summary>
public static class EmergencyStart
{
    /// <summary>The start.</summary>
    /// <param name="personId">The person.</param>
    /// <param name="origin">Where it was seen, and the application, alert, ticket or request.</param>
    /// <param name="by">Who saw it.</param>
    public static ChildStart Of(string personId, (EmergencyOrigin Of, string Id) origin, string by)
    {
        var id = InstanceIds.Of($"emergency:{origin.Of}:{origin.Id}");
        var input = Answer.Json(new { personId, origin = origin.Of.ToString(), originId = origin.Id, by });
        return new ChildStart(id, "procedure.fasttrack", input, EmergencyRelief.Chain(id.ToString("N")), "emergency:" + personId, "person:" + personId);
    }
}
