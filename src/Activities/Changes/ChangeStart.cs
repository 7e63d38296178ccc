using Relief.Flow.Workflows;

namespace Relief.Flow.Activities.Changes;

/// <summary>Starts the procedure of a change, once for its origin, whoever starts it.</summary>
public static class ChangeStart
{
    /// <summary>The start. A death stops the instances of its person; the one that hands it on is not among them.</summary>
    /// <param name="personId">The person.</param>
    /// <param name="kind">What has changed.</param>
    /// <param name="origin">Where it was noticed, and the report, visit, hit or occurrence.</param>
    /// <param name="said">What was seen, who says so, and the day it is about when it is not today.</param>
    public static ChildStart Of(string personId, ChangeKind kind, (ChangeOrigin Of, string Id) origin, (string Seen, string By, DateOnly? On) said) => new(
        InstanceIds.Of(ChangeBook.KeyOf(origin.Of, origin.Id)), "procedure.change",
        Answer.Json(new { personId, kind = kind.ToString(), origin = origin.Of.ToString(), originId = origin.Id, seen = said.Seen, by = said.By, on = said.On }),
        "person:" + personId, ChangeBook.Chain(ChangeBook.IdOf(origin.Of, origin.Id)), kind == ChangeKind.Death ? null : "person:" + personId);
}
