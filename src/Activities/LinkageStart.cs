using Relief.Flow.Workflows;

namespace Relief.Flow.Activities;

/// <summary>Starts the linkage of a person's need beside service relief, once for its origin, whoever starts it (P28).</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Need">Temporary, Medical, Education, Housing, Employment, Judicial or Disaster.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="OriginId">What it comes from; each leads to one linkage.</param>
/// <param name="By">Who saw the need.</param>
public sealed record LinkageStart(string PersonId, string Need, string Origin, string OriginId, string By = ActivityDeeds.System)
{
    /// <summary>Yuan of temporary relief that the fast track has proposed already, and what they are for.</summary>
    public (decimal Amount, string Purpose)? Proposed { get; init; }

    /// <summary>The start: its instance has the id of the linkage.</summary>
    public ChildStart Child()
    {
        var key = $"linkage:{Origin}:{OriginId}";
        var input = Proposed is var (amount, purpose)
            ? Answer.Json(new { personId = PersonId, need = Need, origin = Origin, originId = OriginId, by = By, amount, purpose })
            : Answer.Json(new { personId = PersonId, need = Need, origin = Origin, originId = OriginId, by = By });
        return new ChildStart(InstanceIds.Of(key), "procedure.linkage", input, key, $"linkage:{PersonId}:{Need}", "person:" + PersonId);
    }
}
